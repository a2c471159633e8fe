"""Word endings of the desk's languages: what a folded word is filed under, so that its forms fall together.

Folded text is what both sides have, so the letters a stemmer needs are put back first. Where no stemmer exists or the
one there is knows nouns only, a short rule of our own does more: it need not be grammar, it must be the same each time.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Final

import Stemmer

from pointinfo.directory.text import fold, stems

SHORTEST: Final = 3
"""Words of so many letters or fewer are filed as they are, but where a language has rules for them."""

_SNOWBALL: Final = {
    "bcs": "serbian",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "it": "italian",
    "pt": "portuguese",
}

_THIRD: Final = re.compile("(.{2,}[nr]d)(?:re|s|u|ue|us|ues|ent|ait|aient)?")
"""Verbs like «perdre» and «attendre»: what stays of them."""
_IRREGULAR: Final = """
apprendre apprennent appris
asseoir assis assise
battre bats bat battent battait battu battue battus battues
boire bois boit boivent buvait buvais bu
comprendre comprennent compris
conduire conduis conduit conduisent conduisait
connaitre connais connait connaissent connu connue
coudre couds coud cousu
courir courent couru
craindre crains craint
croire crois croit croient
devenir deviens devient deviennent devenu devenue
devoir dois doit doivent
dormir dors dort dorment
ecrire ecris ecrit ecrivent ecrivait
enfuir enfuis enfuit enfui enfuie
eteindre eteint eteinte
fuir fuis fuit fuient fui
inscrire inscris inscrit inscrite inscrits inscrivent
lire lis lisent lisait
maintenir maintient maintenu
mettre mets met mettent mis mise
mourir meurs meurt meurent
naitre nait naissent
obtenir obtiens obtient obtenu
offrir offert offerte offerts
ouvrir ouvert ouverte ouverts
partir pars partent
payer paie paies paye payes paient payent
pouvoir peux peut peuvent
prendre prennent pris
prevenir previens previent
recevoir recois recoit recoivent recu recue
revenir reviens revient revenu
savoir sais sait savent savais savait
sentir sens sentent
servir sers sert servent
sortir sors sortent
souffrir souffert
suivre suit suivent suivi suivie
tenir tient tiennent tenu
traduire traduis traduit traduite traduisent
venir vient viennent venu venue
vivre vis vit vivent vecu vivait
voir vois voit voient voyait
vouloir veux veut veulent
"""
"""French verbs whose forms no rule brings together, folded; not those that are other words, too («lit», «cours»)."""
_OF_US: Final = """
aider appeler apporter apprecier arriver arreter attaquer attraper avancer baptiser bosser boucler bouger changer
chercher commencer compter consulter contacter couper danser declarer demander demenager depenser desirer deposer
deranger discuter disputer divorcer donner effectuer elever emmenager emprunter enseigner envoyer epargner essayer
etudier expliquer feter fonder frapper gagner garder habiter heberger ignorer jeter jouer laver loger louer manger
manquer marier menacer nettoyer obliger occuper organiser oublier parler partager passer payer pleurer porter
postuler preparer presenter priver prolonger proposer quitter raconter rassembler recuperer refuser regler rembourser
remplacer rencontrer renouveler rentrer reparer reprocher reserver respecter rester retourner retrouver reveiller
risquer sejourner separer signer signaler soigner souhaiter soulager telephoner toucher tomber tourner traiter
travailler traverser trouver utiliser vacciner verser visiter voyager
"""
"""Verbs in «-er» whose «nous travaillons» Snowball leaves whole: the ending alone is that of «maisons», too."""

_APART: Final = """
amiante
batiment batiments
chantier chantiers
franc francs
gare gares
marier marie maries marient mariee mariees mariez mariait marions
papi papis papy papys
parlement
pays
pompier pompiers
punaise punaises
quart quarts
repit
soulier souliers
taxi taxis
tennis
terrasse terrasses
testament testaments
voirie
voyant voyante voyants
"""
"""French words that their stem would take for others, folded: «pays» for «payer», «francs» for «français»."""

_TURKISH: Final = tuple(
    sorted(
        (
            *("lar", "ler", "im", "um", "in", "un", "imiz", "umuz", "iniz", "unuz", "nin", "nun", "si", "su", "m"),
            *("i", "u", "a", "e", "yi", "yu", "ya", "ye", "da", "de", "ta", "te", "dan", "den", "tan", "ten", "ca"),
            *("siz", "suz", "li", "lu", "lik", "luk", "ki", "yla", "yle", "ce"),
            *("mek", "mak", "me", "ma", "mem", "mam", "meli", "mali", "ecek", "acak", "di", "du", "ti", "tu", "mis"),
            *("iyor", "uyor", "yor", "iyorum", "uyorum", "yorum", "iyoruz", "uyoruz", "yoruz", "emi", "ami", "yemi"),
            *("yami", "mi", "mu", "dim", "dum", "tim", "tum", "dik", "duk", "tik", "tuk", "yim", "ebil", "abil", "ir"),
        ),
        key=len,
        reverse=True,
    )
)
_ALBANIAN: Final = re.compile(
    "(?<=...)(?:eve|ave|ive|ove|ese|esh|ash|ish|osh|ens|oj|es|en|et|at|it|ut|in|un|an|se|ve|te|ne|[aeiunstj])$"
)
_ARABIC_BEFORE: Final = ("وال", "بال", "کال", "فال", "لل", "ال")
_ARABIC_AFTER: Final = ("ها", "ان", "ات", "ون", "ین", "یه", "ه", "ی")
_TAMIL_SIGNS: Final = re.compile("[\u0bbe-\u0bcd\u0bd7]")
_TAMIL_ONLY_SIGNS: Final = {code: None for code in range(0x0B80, 0x0C00) if not 0x0BBE <= code <= 0x0BCC}
_TWICE: Final = re.compile(r"(.)\1")
_TAMIL_AFTER: Final = frozenset("லனகயவமத")
_TIGRINYA_BEFORE: Final = frozenset("ክንብዝይትምእኣ")
_TIGRINYA_AFTER: Final = frozenset("ትይን")
_FLEETING: Final = re.compile("[ое]?к$")
_SHORT_I: Final = re.compile("(?<=[аеиоуыэюя])и$")


def filed(word: str, language: str) -> str:
    """What a folded word is filed under in `language` («» for French)."""
    return _filed(word, language or "fr")


@lru_cache(131_072)
def _filed(word: str, language: str) -> str:
    rule = _RULES.get(language)
    if rule is not None and not (language == "fr" and len(word) <= SHORTEST and word not in _infinitives()):
        return f"{language}:{rule(word)}"
    if len(word) <= SHORTEST or language not in _SNOWBALL:
        return word
    return f"{language}:{fold(_stemmer(_SNOWBALL[language]).stemWord(word))}"


def _french(word: str) -> str:
    """Snowball's stem, which knows neither the third conjugation nor, on folded text, a participle («gardée»)."""
    whole = _apart().get(word)
    if whole is not None:
        return f"{whole}="
    word = _infinitives().get(word, word)
    third = _THIRD.fullmatch(word)
    if third:
        return third[1]
    if len(word) > 5 and word.endswith(("ee", "ees")):
        word = word.rstrip("s")[:-1]
    stem = re.sub("y$", "i", stems(word)[0])
    return stem[:-1] if len(stem) > 4 and stem.endswith("i") else stem


@cache
def _apart() -> Mapping[str, str]:
    return {form: word for word, *forms in map(str.split, _APART.strip().splitlines()) for form in (word, *forms)}


@cache
def _infinitives() -> Mapping[str, str]:
    first = {f"{verb[:-1] if verb.endswith('ger') else verb[:-2]}ons": verb for verb in _OF_US.split()}
    return first | {form: verb for verb, *forms in map(str.split, _IRREGULAR.strip().splitlines()) for form in forms}


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


def _turkish(word: str) -> str:
    """Endings off, then the first five letters (Can et al., «Information retrieval on Turkish texts», JASIST 2008)."""
    found = True
    while found:
        found = False
        for ending in _TURKISH:
            rest = len(word) - len(ending)
            if word.endswith(ending) and rest >= (2 if len(ending) > 1 else 3):
                word, found = word[:rest], True
                break
    word = word[:5]
    return word[:-1] + {"g": "k", "b": "p", "d": "t"}.get(word[-1], word[-1]) if len(word) > 2 else word


def _arabic(word: str) -> str:
    """The light stem «light10» (Larkey, Ballesteros and Connell, 2007)."""
    if word.startswith("و") and len(word) > 4:
        word = word[1:]
    for before in _ARABIC_BEFORE:
        if word.startswith(before) and len(word) - len(before) >= 2:
            word = word[len(before) :]
            break
    for after in _ARABIC_AFTER:
        if word.endswith(after) and len(word) - len(after) >= 2:
            word = word[: -len(after)]
    return word


def _russian(word: str) -> str:
    """Snowball's; folding took the breve from «й», which its endings need. «садок» and «садка» are one."""
    stem = fold(_stemmer("russian").stemWord(_SHORT_I.sub("й", word)))
    return _FLEETING.sub("", stem) if len(stem) > 4 else stem


def _ukrainian(word: str) -> str:
    """Russian endings on Ukrainian letters."""
    return _russian(word.replace("і", "и").replace("є", "е").replace("ґ", "г").replace("'", ""))


def _albanian(word: str) -> str:
    """The definite and plural endings off, then five letters."""
    return _ALBANIAN.sub("", word)[:5]


def _somali(word: str) -> str:
    """The first four letters without a vowel at their end: articles and possessives follow the root."""
    return word[:4].rstrip("aeiou") or word


def _tamil(word: str) -> str:
    """The first syllable, then consonants, none twice, up to four without a case ending: the rest changes by case.

    Snowball's stemmer cuts «மருத்துவர்» (physician) down to two.
    """
    bare = _TWICE.sub(r"\1", _TAMIL_SIGNS.sub("", word))[:4]
    bare = bare[:-1] if len(bare) > 2 and bare[-1] in _TAMIL_AFTER else bare
    return word[1:3].translate(_TAMIL_ONLY_SIGNS) + bare


def _tigrinya(word: str) -> str:
    """Three consonants, after the letters that are put before nouns and verbs: a root has mostly three."""
    bare = "".join(chr(ord(letter) & ~7 | 5) if "\u1200" <= letter <= "\u137f" else letter for letter in word)
    if len(bare) > 3 and bare[-1] in _TIGRINYA_AFTER:
        bare = bare[:-1]
    while len(bare) > 3 and bare[0] in _TIGRINYA_BEFORE:
        bare = bare[1:]
    return bare[:3]


_RULES: Final[dict[str, Callable[[str], str]]] = {
    "ar": _arabic,
    "fr": _french,
    "ru": _russian,
    "so": _somali,
    "sq": _albanian,
    "ta": _tamil,
    "ti": _tigrinya,
    "tr": _turkish,
    "uk": _ukrainian,
}
