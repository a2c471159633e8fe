from typing import Final

import pytest

from pointinfo.leaflets.faces import Weight, face
from pointinfo.leaflets.fonts import REPLACEMENT, missing_characters, printable
from pointinfo.leaflets.shaping import shaped

WEIGHTS: Final[tuple[Weight, ...]] = ("Regular", "SemiBold", "Bold")


def test_every_weight_holds_the_same_characters() -> None:
    assert len({face(f"NotoSans-{weight}").coverage for weight in WEIGHTS}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "œuvre, Œdipe, aîné·e·s, naïve, Zürich, çà et là, 12ᵉ, n° 5, CHF 20.–, 15 €, ½",
        "«\u00a0Où\u202f?\u00a0»…\u2011 – — “a” ‘b’",
        "Shqipëri, português, Türkçe, Українська, Ελληνικά, Tiếng Việt",
        "→ ✓ ☎ ●",
    ],
)
def test_what_an_editor_writes_in_latin_greek_and_cyrillic_has_glyphs(text: str) -> None:
    assert missing_characters(text) == set()
    assert printable(text) == text


def test_a_character_without_a_glyph_is_named_and_leaves_a_visible_mark() -> None:
    assert missing_characters("Bureau ᓀ A \U000f0000") == {"ᓀ", "\U000f0000"}
    assert printable("Bureau ᓀ A") == f"Bureau {REPLACEMENT} A"
    assert missing_characters(REPLACEMENT) == set()


def test_a_lone_surrogate_prints_as_a_missing_character() -> None:
    assert printable("a\ud800b") == f"a{REPLACEMENT}b"


def test_controls_and_format_characters_are_dropped() -> None:
    assert printable("a\x00\x07\u200b\u00ad\ufe0f\x7fb\tc") == "ab c"


def test_letters_in_parts_are_composed() -> None:
    assert printable("e\u0301") == "é"


def test_a_text_is_cut_where_the_face_changes_and_nothing_is_lost() -> None:
    text = "Tram 14 → Meyrin ☎ 022"
    cut = shaped(text, "sans", "Bold", "fr").runs
    assert "".join(text[run.start : run.end] for run in cut) == text
    assert [text[run.start : run.end] for run in cut if run.face is not face("NotoSans-Bold")] == ["→", "☎"]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_figures_are_tabular(weight: Weight) -> None:
    assert len({glyph.advance for glyph in face(f"NotoSans-{weight}").shape("0123456789")}) == 1
