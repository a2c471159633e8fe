"""The printed check sheet: what the counter reads, room to write, a reference to find it again by."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from pointinfo.config import Settings
from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, fields

BIPE = EntryRecord(
    uid="bipe",
    kind="service",
    name="BIPE – Petite enfance",
    wordings={"fr": Wording(summary="Renseigne les parents et inscrit en crèche.", how_to_apply="En ligne\nPuis ici")},
    contacts=(Contact("phone", "022 418 81 81"), Contact("email", "bipe@example.org")),
    hours="Mo-Fr 08:30-12:00",
)


def pages(pdf: bytes) -> list[str]:
    """What each page says, words as they are read."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
        return texts
    finally:
        document.close()


def printed(desk: Desk, *records: EntryRecord) -> bytes:
    """The sheets of these entries."""
    desk.directory.load(records)
    desk.keep_settings(Settings(counter_name="Point info Servette", counter_address="Rue Hoffmann 8"))
    return desk.leaflets.check_sheets([desk.check_sheets.sheet(record.uid) for record in records]).pdf


def test_a_sheet_says_what_the_counter_reads_and_by_what_it_is_found_again(own: Desk) -> None:
    [page] = pages(printed(own, BIPE))
    for said in (
        "Point info Servette",
        "Votre fiche est-elle exacte",
        "BIPE – Petite enfance",
        "022 418 81 81",
        "1 / 1",
    ):
        assert said in page
    assert "Lundi 08:30-12:00" in page
    assert "En ligne Puis ici" in page
    assert f"[PointInfo bipe {own.revisions.present('bipe').id}]" in page


def test_each_entry_begins_on_a_page_of_its_own(own: Desk) -> None:
    other = EntryRecord(uid="deux", kind="place", name="Salle de quartier")
    found = pages(printed(own, BIPE, other))
    assert ["BIPE" in page for page in found] == [True, False]
    assert "Salle de quartier" in found[1]
    assert [re.findall(r"\d / \d", page) for page in found] == [["1 / 1"], ["1 / 1"]]


def test_a_very_long_entry_goes_on_over_as_many_pages_as_it_takes(own: Desk) -> None:
    long = EntryRecord(
        uid="longue",
        kind="service",
        name="Une permanence " * 20,
        wordings={"fr": Wording(summary="Renseigne sur tout. " * 200, eligibility="x" * 3_000)},
    )
    found = pages(printed(own, long))
    assert len(found) > 1
    assert "Date" in found[-1]
    assert all(f"{number} / {len(found)}" in page for number, page in enumerate(found, 1))


@pytest.mark.parametrize("name", sorted(fields.INTERNAL))
def test_no_internal_field_is_printed(own: Desk, name: str) -> None:
    secret = "zxsecretzx"
    value = (Contact("phone", secret, secret),) if "contacts" in name else secret
    record = EntryRecord(uid="bipe", kind="service", name="BIPE", **{name: value})  # type: ignore[arg-type]
    assert all(secret not in page for page in pages(printed(own, record)))


def test_a_sheet_is_tagged_and_says_its_language_and_title(own: Desk) -> None:
    with pikepdf.open(io.BytesIO(printed(own, BIPE))) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr-CH"
        assert str(document.docinfo["/Title"]) == "Feuille de contrôle – Point info Servette"
        tags = {str(each.get("/S")) for each in document.objects if isinstance(each, pikepdf.Dictionary)}
    assert {"/H1", "/H2", "/LI", "/Lbl", "/LBody"} <= tags
