"""A paragraph in each language of a sheet: nothing missing, and its words whole when it is copied or searched."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo.leaflets import conformance
from pointinfo.leaflets.faces import Family
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.shaping import shaped
from pointinfo.leaflets.structure import Element, TaggedCanvas
from pointinfo.leaflets.typesetting import Paragraph
from tests.paragraphs import TEXTS

PUNCTUATION: Final = "()«»“”¿?!.,;:،؛…፡።፦፧"
WHOLE: Final = {"ar": 0.95, "fa": 0.95}
"""The part of the words that readers give back whole; all of them in every other language."""


def paper(language: str, width: float = 230) -> tuple[bytes, TaggedCanvas]:
    canvas = TaggedCanvas(300, 500)
    document = Element("Document", language=language)
    paragraph = Paragraph(TEXTS[language], TextStyle(10.5, 15), document.add("P"))
    _, height = paragraph.wrap(width, 1000)
    paragraph.drawOn(canvas, 30, 450 - height)
    canvas.showPage()
    return conformance.write(canvas, document, title=language, language=language), canvas


def whole_words(language: str, copied: str) -> float:
    """The part of the words of a text that are whole in a copy of it; of Chinese, the characters."""

    def plain(text: str) -> list[str]:
        text = re.sub("[\u00ad\ufffe\u0002](\r?\n| )?|[\u200b\u200e\u200f\u2066-\u2069\f]", "", text)
        text = re.sub("[\u202a-\u202e]", " ", text)  # poppler sets runs of the other direction apart with these
        text = re.sub(r"(?<=[^\W\d])- ?\r?\n", "-", text)  # a line that ends with the hyphen of its own word
        text = unicodedata.normalize("NFC", text)
        return (
            [c for c in text if not c.isspace()]
            if language == "zh"
            else [word for part in text.split() if (word := part.strip(PUNCTUATION))]
        )

    words, found = plain(TEXTS[language]), set(plain(copied))
    return sum(word in found for word in words) / len(words)


@pytest.mark.parametrize("language", TEXTS)
def test_no_character_is_missing(language: str) -> None:
    _, canvas = paper(language)
    assert not canvas.missing


@pytest.mark.parametrize("width", [110, 230])
@pytest.mark.parametrize("language", TEXTS)
def test_pdfium_gives_the_words_back(language: str, width: float) -> None:
    pdf, _ = paper(language, width)
    document = pypdfium2.PdfDocument(pdf)
    try:
        copied = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    assert whole_words(language, copied) >= WHOLE.get(language, 1), (whole_words(language, copied), copied)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("width", [110, 230])
@pytest.mark.parametrize("language", TEXTS)
def test_poppler_gives_the_words_back(language: str, width: float, tmp_path: Path) -> None:
    pdf, _ = paper(language, width)
    (tmp_path / "a.pdf").write_bytes(pdf)
    copied = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True).stdout.decode()
    assert whole_words(language, copied) >= WHOLE.get(language, 1), (whole_words(language, copied), copied)


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters() | st.sampled_from("אجdه٣9() \u2066\u2067\u2069\u202e\u200c\u0651க்ሀ中“。"), max_size=60),
    st.sampled_from(sorted(TEXTS)),
    st.sampled_from(["sans", "legible"]),
    st.floats(5, 300),
)
def test_any_text_in_any_language_is_set_and_every_line_is_in_its_place(
    text: str, language: str, family: Family, width: float
) -> None:
    canvas = TaggedCanvas(300, 500)
    document = Element("Document", language=language)
    paragraph = Paragraph(text, TextStyle(10, 14, family=family), document.add("P"))
    paragraph.wrap(width, 1000)
    paragraph.drawOn(canvas, 0, 100)
    canvas.showPage()
    opened = pypdfium2.PdfDocument(conformance.write(canvas, document, title="a", language=language))
    try:
        assert len(opened) == 1
    finally:
        opened.close()
    assert {missing.text for missing in canvas.missing} <= {text}


def test_markup_and_orders_to_turn_round_are_printed_as_plain_text() -> None:
    paragraph = Paragraph("<b>&amp;\u202e abc\u202c", TextStyle(10, 14), "Layout", language="fr")
    assert paragraph.text == "<b>&amp; abc"


def test_large_print_is_set_in_its_own_face_and_goes_on_in_others() -> None:
    faces = {run.face.name for run in shaped("Genève Женева جنيف", "legible", "Bold", "fr").runs}
    assert faces == {"AtkinsonHyperlegibleNext-Bold", "NotoSans-Bold", "Vazirmatn-Bold"}
