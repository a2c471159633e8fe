"""The visit sheet in Arabic: everything stands on the other side, what is dialled or scanned stays as it is."""

from collections.abc import Iterator

import pypdfium2
import pytest
import zxingcpp

from pointinfo.leaflets.content import Day, Fact, Sheet, SheetEntry, Slot, WeekGrid
from pointinfo.leaflets.visit_sheet import typeset

DAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
ENTRY = SheetEntry(
    uid="bipe",
    name="مكتب معلومات الطفولة",
    kind="خدمة",
    summary="يقدم المعلومات للوالدين.",
    facts=(
        Fact("الهاتف", ("022 418 81 81",), "phone"),
        Fact("الوثائق", ("وثيقة هوية",), "checklist"),
    ),
    hours=(WeekGrid("", tuple(Day(name, (Slot("8:30", "12:00", "بموعد"),)) for name in DAYS)),),
    hours_note="",
    checked="",
    source="",
    qr_payload="https://www.geneve.ch/",
    qr_caption="",
)
SHEET = Sheet(
    lang="ar",
    title="معلوماتكم",
    printed_on="23 نوفمبر 2026",
    counter_name="Point info Servette",
    header_lines=(),
    footer_lines=(),
    demonstration="",
    hours_label="الساعات",
    closed_word="مغلق",
    notes_label="ملاحظات",
    page_words="صفحة {page} من {pages}",
    entries=(ENTRY,),
)


@pytest.fixture(scope="module")
def page() -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(typeset(SHEET))
    yield document[0]
    document.close()


def left(page: pypdfium2.PdfPage, words: str) -> float:
    """Where the first character of `words` stands, in points."""
    text = page.get_textpage()
    place = text.get_text_range().index(words)
    edge: float = text.get_charbox(text.search(words).get_next()[0])[0]
    assert place >= 0
    return edge


def test_labels_stand_at_the_right_of_what_they_label(page: pypdfium2.PdfPage) -> None:
    assert left(page, "الهاتف") > left(page, "وثيقة")
    assert left(page, "الاثنين") > left(page, "8:30")


def test_the_code_stands_at_the_left_and_is_scanned(page: pypdfium2.PdfPage) -> None:
    picture = page.render(scale=100 / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == "https://www.geneve.ch/"
    assert code.position.bottom_right.x < picture.width / 2


def test_the_digits_of_a_telephone_number_stand_from_left_to_right(page: pypdfium2.PdfPage) -> None:
    text = page.get_textpage()
    large = [
        (text.get_charbox(place), text.get_text_range(place, 1))
        for place in range(text.count_chars())
        if text.get_text_range(place, 1).isdigit()
    ]
    highest = max(box[3] - box[1] for box, _digit in large)
    phone = sorted((box[0], digit) for box, digit in large if box[3] - box[1] > 0.9 * highest)
    assert "".join(digit for _left, digit in phone) == "0224188181"
