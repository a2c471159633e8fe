"""A paragraph in each language of a sheet, with figures, brackets and a telephone number among its words."""

from typing import Final

TEXTS: Final = {
    "fr": "Le guichet d’information sociale est ouvert du lundi au vendredi, de 9 h 00 à 12 h 00 (sauf jours fériés). "
    "Téléphonez au 022 420 52 00 ou venez sans rendez-vous, rue du Cœur 12.",
    "en": "The information desk is open from Monday to Friday, 9:00–12:00. Interviews are free and confidential: "
    "call 022 420 52 00 or simply come in; staff speak your language.",
    "de": "Die Krankenversicherungsprämienverbilligung wird von der Sozialversicherungsanstalt berechnet; Auskünfte "
    "über Aufenthaltsbewilligungsverlängerungen gibt das Büro, Telefon 022 420 52 00.",
    "it": "Lo sportello è aperto dal lunedì al venerdì, dalle 9.00 alle 12.00. I colloqui sono gratuiti e riservati: "
    "telefonate allo 022 420 52 00; c’è sempre qualcuno, perché la città è vostra.",
    "es": "¿Dónde encontrar ayuda? La oficina está abierta de lunes a viernes, de 9:00 a 12:00. Llame al 022 420 52 00 "
    "o venga sin cita previa; mañana también.",
    "pt": "Onde encontrar ajuda? O balcão de informações está aberto de segunda a sexta-feira, das 9:00 às 12:00. "
    "As conversas são gratuitas e confidenciais: ligue 022 420 52 00.",
    "sq": "Sporteli i informacionit social është i hapur nga e hëna deri të premten, ora 9:00–12:00. Bisedat janë "
    "falas dhe konfidenciale; çdo ditë, përveç festave: 022 420 52 00.",
    "ar": "مكتب المعلومات الاجتماعية مفتوح من الاثنين إلى الجمعة، من الساعة 9:00 إلى 12:00 (ما عدا أيام العطل). "
    "المقابلات مجانية وسرية: اتصلوا بالرقم 022 420 52 00 أو تفضلوا بالحضور دون موعد إلى Hospice général.",
    "uk": "Соціально-інформаційний центр працює з понеділка по п’ятницю, з 9:00 до 12:00 (крім свят). Консультації "
    "безкоштовні та конфіденційні: телефонуйте 022 420 52 00; ґанок, їжа, єдність.",
    "ru": "Социально-информационный центр открыт с понедельника по пятницу, с 9:00 до 12:00 (кроме праздников). "
    "Консультации бесплатные и конфиденциальные: звоните 022 420 52 00.",
    "tr": "Sosyal danışma bürosu pazartesiden cumaya, 9.00–12.00 arası açıktır. Görüşmeler ücretsiz ve gizlidir: "
    "İşçi, ığdır, çağrı, şehir, GÜNEŞ; telefon 022 420 52 00.",
    "fa": "دفتر اطلاعات اجتماعی از دوشنبه تا جمعه، ساعت ۹:۰۰ تا ۱۲:۰۰ باز است (به جز روزهای تعطیل). گفت‌وگوها رایگان "
    "و محرمانه است: با شمارهٔ 022 420 52 00 تماس بگیرید یا بدون وقت قبلی بیایید. می‌خواهم، خانه‌ها، پیچ، گربه.",
    "ti": "ቤት ጽሕፈት ማሕበራዊ ሓበሬታ ካብ ሰኑይ ክሳብ ዓርቢ፡ ካብ ሰዓት 9:00 ክሳብ 12:00 ክፉት እዩ (ብዘይካ በዓላት)። ዝርርብ ብናጻን "
    "ብምስጢርን እዩ፦ ናብ 022 420 52 00 ደውሉ ወይ ብዘይ ቆጸራ ምጹ።",
    "so": "Xafiiska macluumaadka bulshada wuxuu furan yahay Isniinta ilaa Jimcaha, 9:00–12:00. Wareysigu waa bilaash "
    "oo waa qarsoodi; la’aan ballan: 022 420 52 00.",
    "ta": "சமூக தகவல் மையம் திங்கள் முதல் வெள்ளி வரை, காலை 9:00 மணி முதல் 12:00 மணி வரை திறந்திருக்கும். "
    "உரையாடல்கள் இலவசம், இரகசியமானவை: 022 420 52 00 என்ற எண்ணை அழையுங்கள். ஸ்ரீ, க்ஷ, கொ, கோ, கௌ, பெண், நூறு.",
    "zh": "社会信息服务窗口星期一至星期五上午9:00至12:00开放（节假日除外）。咨询免费且保密：请致电022 420 52 00，"
    "或不经预约直接前来。“您好”，欢迎光临——我们会说您的语言。",
}
