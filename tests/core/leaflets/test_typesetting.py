import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo.leaflets import fonts
from pointinfo.leaflets.line_breaking import TextStyle, break_lines, natural_width
from pointinfo.leaflets.typesetting import address

STYLE = TextStyle(10.5, 14.5)


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
