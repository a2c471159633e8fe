import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo.leaflets import conformance, fonts
from pointinfo.leaflets.bidi import LTR_ISOLATE, POP_ISOLATE
from pointinfo.leaflets.contacts import set_apart
from pointinfo.leaflets.line_breaking import TextStyle, break_lines, natural_width
from pointinfo.leaflets.structure import Element, Missing, TaggedCanvas
from pointinfo.leaflets.typesetting import Paragraph, address

STYLE = TextStyle(10.5, 14.5)
DOCUMENT = Element("Document", language="fr")


def broken(text: str, width: float) -> list[str]:
    return [text[start:end].rstrip(" ") for start, end, _hyphen in break_lines(text, STYLE, width)]


def test_lines_fill_the_width_and_break_between_words() -> None:
    lines = broken("Renseigne les parents et inscrit en crèche, dès la douzième semaine", 120)
    assert len(lines) > 2
    assert " ".join(lines) == "Renseigne les parents et inscrit en crèche, dès la douzième semaine"
    assert all(natural_width(line, STYLE) <= 120.01 for line in lines)


@pytest.mark.parametrize(
    "kept",
    [
        "022 418 81 81",
        "+41 22 418 81 81",
        "8:30 – 12:00",
        "« bonjour »",
        "quoi ?",
        "Prix : gratuit"[:6],
        "habitant-e-s",
        "50 %",
        "de 12 h 00"[3:],
    ],
)
def test_what_belongs_together_stays_on_one_line(kept: str) -> None:
    for padding in range(30):
        text = f"{'a' * padding} {kept} suite du texte"
        assert any(kept in line for line in broken(text, natural_width("a" * 31, STYLE)))


def test_a_word_wider_than_the_column_is_cut_and_nothing_is_lost() -> None:
    word = "x" * 10_000
    lines = broken(word, 200)
    assert "".join(lines) == word
    assert all(natural_width(line, STYLE) <= 200.01 for line in lines)


def test_a_long_address_is_cut_after_a_separator() -> None:
    lines = broken("https://www.geneve.ch/fr/demarches/inscription-bibliotheque/formulaire", 150)
    assert len(lines) > 1
    assert all(line[-1] in "/-" for line in lines[:-1])


@given(st.text(max_size=80), st.floats(1, 300))
def test_any_text_is_broken_into_lines_that_give_it_back(text: str, width: float) -> None:
    printed = fonts.printable(text)
    lines = break_lines(printed, STYLE, width)
    assert "".join(printed[start:end] for start, end, _hyphen in lines) == printed


@pytest.mark.parametrize(
    ("printed", "uri"),
    [
        ("www.geneve.ch", "https://www.geneve.ch"),
        ("https://www.geneve.ch/à-propos?a=1&b=2#c", "https://www.geneve.ch/%C3%A0-propos?a=1&b=2#c"),
        ("bipe@ville-ge.ch", "mailto:bipe@ville-ge.ch"),
        ("http://exemple.ch/a b", "http://exemple.ch/a%20b"),
        ("https://exemple.ch/@compte", "https://exemple.ch/@compte"),
    ],
)
def test_a_printed_address_leads_where_it_says(printed: str, uri: str) -> None:
    assert address(printed) == uri


def drawn(canvas: TaggedCanvas, paragraph: Paragraph, width: float) -> list[tuple[str, float]]:
    """The lines as they stand on a page, each with its left edge in points."""
    _, height = paragraph.wrap(width, 1000)
    paragraph.drawOn(canvas, 0, 500 - height)
    canvas.showPage()
    document = pypdfium2.PdfDocument(conformance.write(canvas, DOCUMENT, title="a", language="fr"))
    try:
        page = document[0].get_textpage()
        boxes = [page.get_rect(place) for place in range(page.count_rects())]
        return [(page.get_text_bounded(*box), box[0]) for box in boxes]
    finally:
        document.close()


def test_arabic_stands_at_the_right_and_french_at_the_left() -> None:
    for language, text in (("ar", "مكتب المعلومات"), ("fr", "Bureau d’information")):
        paragraph = Paragraph(text, STYLE, "Layout", language=language)
        canvas = TaggedCanvas(300, 500)
        lefts = [left for _text, left in drawn(canvas, paragraph, 300)]
        assert (min(lefts) > 150) == (language == "ar")


def test_a_text_can_keep_to_the_side_of_its_page() -> None:
    paragraph = Paragraph("Bureau", STYLE, "Layout", language="fr", side="right")
    assert min(left for _text, left in drawn(TaggedCanvas(300, 500), paragraph, 300)) > 150


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("اتصلوا بالرقم 022 420 52 00 اليوم", "022 420 52 00"),
        ("العنوان: 12, rue du Cœur, 1204 Genève، الطابق ٣", "12, rue du Cœur, 1204 Genève"),
        ("اكتبوا إلى info@ville-ge.ch.", "info@ville-ge.ch"),
        ("الموقع https://www.geneve.ch/fr/x?y=1 هنا", "https://www.geneve.ch/fr/x?y=1"),
        ("مكتب (BIPE)", "BIPE"),
    ],
)
def test_what_is_dialled_typed_or_addressed_keeps_its_order(text: str, kept: str) -> None:
    assert f"{LTR_ISOLATE}{kept}{POP_ISOLATE}" in set_apart(text)


def test_hours_run_with_their_language() -> None:
    assert set_apart("من 8:30 – 12:00 إلى 9:15") == "من 8:30 – 12:00 إلى 9:15"


def test_a_missing_character_is_counted_and_printed_as_a_square() -> None:
    canvas = TaggedCanvas(300, 500)
    paragraph = Paragraph("Salle ᓀ et ᓀ", STYLE, "Layout", language="fr")
    assert paragraph.text == "Salle □ et □"
    drawn(canvas, paragraph, 300)
    assert canvas.missing == [Missing("ᓀ", 0, "Salle ᓀ et ᓀ", 2)]


@pytest.mark.parametrize("language", ["de", "fr", "en", "it", "es", "pt", "uk", "ru", "sq"])
def test_a_long_word_is_hyphenated_where_its_language_has_patterns(language: str) -> None:
    words = {
        "uk": "конфіденційність",
        "ru": "конфиденциальность",
        "de": "Sozialversicherungsanstalt",
        "sq": "konfidencialitetit",
    }
    word = words.get(language, "administration")
    lines = break_lines(word, STYLE, natural_width(word, STYLE) * 0.7, language)
    assert len(lines) == 2
    assert lines[0].hyphen
    assert not lines[1].hyphen


def test_words_are_not_hyphenated_where_lines_are_even_enough() -> None:
    text = "Renseigne les parents et inscrit en crèche dès la douzième semaine de grossesse " * 5
    assert not any(line.hyphen for line in break_lines(text, STYLE, 300, "fr"))


@pytest.mark.parametrize("language", ["fr", "de", "ar", "zh", "ta"])
def test_words_of_ten_thousand_characters_neither_hang_nor_overflow(language: str) -> None:
    for letter in "xم社க":
        word = letter * 10_000
        lines = break_lines(word, STYLE, 200, language)
        assert "".join(word[line.start : line.end] for line in lines) == word
        assert all(natural_width(word[line.start : line.end], STYLE, language) < 205 for line in lines)


@given(st.floats(70, 160))
def test_no_chinese_line_begins_with_what_closes_or_ends_with_what_opens(width: float) -> None:
    text = "社会信息服务窗口（星期一至星期五）开放，咨询“免费”且保密：请致电《日内瓦》。欢迎您！" * 3
    for start, end, _hyphen in break_lines(text, STYLE, width, "zh"):
        assert text[start] not in "），”：》。！"
        assert text[end - 1] not in "（“《"
