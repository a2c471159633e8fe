"""Cards of an address book: ours come back as they went out, those of others become entries."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.desk import Desk
from pointinfo.directory import Calendar, Contact, Directory, EntryRecord, Exchange, Name, Revisions
from pointinfo.directory.exchange.preview import Preview
from pointinfo.errors import InputError
from tests.conftest import MONDAY

WORDS = i18n.words("fr")
UID = "point-info-servette"
OTHERS = """BEGIN:VCARD\r
VERSION:3.0\r
N:;;;;\r
FN:Maison de quartier\\, Les Cygnes\r
ORG:Maison de quartier;Accueil\r
TEL;TYPE=WORK,VOICE:022 418 50 00\r
item1.TEL:+41 22 418 50 01\r
item1.X-ABLabel:Secrétariat\r
item2.EMAIL;TYPE=INTERNET:accueil@cygnes.example\r
URL:cygnes.example\r
ADR;TYPE=WORK:;;Rue du Môle 3;Genève;GE;1201;Suisse\r
GEO:46.2101;6.1470\r
CATEGORIES:Crèche,Chose inconnue\r
NOTE:Accueil libre des enfants de\r
  quatre à douze ans.\r
PHOTO;ENCODING=b:AAAA\r
X-SALLE:12\r
END:VCARD\r
"""


class Counter:
    """A counter without any entry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(folder / "pointinfo.sqlite", WORDS)
        Directory(self.database, lambda: MONDAY, "here", WORDS, Calendar())
        self.exchange = Exchange(self.database, lambda: MONDAY, "here", WORDS)
        self.revisions = Revisions(self.database, lambda: MONDAY, "here", WORDS)

    def looks_at(self, data: bytes | str) -> Preview:
        file = self.folder / "carnet.vcf"
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return self.exchange.preview(file)

    def takes(self, data: bytes | str) -> list[EntryRecord]:
        preview = self.looks_at(data)
        uids = [row.uid for row in preview.rows()]
        self.exchange.bring_in(preview, "Ana", confirmed=True)
        return [self.revisions.present(uid).record for uid in uids]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    yield made
    made.database.close()


def test_our_own_cards_read_again_change_nothing(desk: Desk, tmp_path: Path) -> None:
    count = desk.exchange.write(tmp_path / "a.vcf")
    preview = desk.exchange.preview(tmp_path / "a.vcf")
    assert (preview.counts.unchanged, preview.counts.changed, preview.counts.new) == (count, 0, 0)
    assert preview.counts.closing == preview.counts.refused == 0


def test_what_was_changed_on_a_card_of_ours_comes_in_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    record = desk.revisions.present(UID).record
    labelled = Contact("email", "info@example.ch", "secrétariat; matin", "Mo 09:00-10:00")
    names = (Name("PIS", "acronym"), Name("Info, Servette", "former"))
    desk.revisions.save(msgspec.structs.replace(record, contacts=(*record.contacts, labelled), names=names), "Zoé")
    before = desk.revisions.present(UID).record
    file = tmp_path / "a.vcf"
    desk.exchange.write(file)
    assert desk.exchange.preview(file).counts.changed == 0
    others, mark, card = file.read_text("utf-8").partition(f"UID:{UID}")
    file.write_text(others + mark + card.replace("Rue Hoffmann 8", "Rue Neuve 1", 1), encoding="utf-8")
    preview = desk.exchange.preview(file)
    assert preview.counts.changed == 1
    desk.exchange.bring_in(preview, "Ana")
    assert desk.revisions.present(UID).record == msgspec.structs.replace(before, street="Rue Neuve 1")


def test_a_card_of_ours_brings_all_that_it_says_to_another_counter(
    desk: Desk, counter: Counter, tmp_path: Path
) -> None:
    desk.exchange.write(tmp_path / "a.vcf", uids=[UID])
    [came] = counter.takes((tmp_path / "a.vcf").read_bytes())
    record = desk.revisions.present(UID).record
    assert (came.uid, came.name, came.source) == (UID, record.name, record.source)
    assert (came.street, came.postcode, came.city) == (record.street, record.postcode, record.city)
    assert came.terms["topic"] == record.terms["topic"]
    assert came.wordings["fr"].summary == record.wordings["fr"].summary
    assert [contact.value.replace(" ", "") for contact in came.contacts] == [
        contact.value.replace(" ", "") for contact in record.contacts
    ]


def test_the_card_of_others_becomes_an_entry(counter: Counter) -> None:
    [came] = counter.takes(OTHERS)
    assert came.name == "Maison de quartier, Les Cygnes"
    assert came.names == (Name("Maison de quartier – Accueil", "alias"),)
    assert came.contacts == (
        Contact("phone", "022 418 50 00"),
        Contact("phone", "022 418 50 01", "Secrétariat"),
        Contact("email", "accueil@cygnes.example"),
        Contact("web", "https://cygnes.example"),
    )
    assert (came.street, came.postcode, came.city) == ("Rue du Môle 3", "1201", "Genève")
    assert (came.longitude, came.latitude) == (6.147, 46.2101)
    assert came.terms["topic"] == ("creche",)
    assert came.wordings["fr"].summary == "Accueil libre des enfants de quatre à douze ans."
    assert came.origins[0].extra == {"CATEGORIES": "Crèche\nChose inconnue", "X-SALLE": "12"}
    assert counter.looks_at(OTHERS).counts.unchanged == 1
    assert counter.looks_at(OTHERS.replace("50 00", "50 09")).counts.changed == 1


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 de=\n la Gare\nEND:VCARD\n",
        "BEGIN:VCARD\nVERSION:2.1\nFN:Café de la Gare\nEND:VCARD\n".encode("cp1252"),
        "\ufeffbegin:vcard\nfn:Café de \n la Gare\nend:vcard\n".encode(),
    ],
)
def test_what_old_address_books_write_is_read(data: bytes, counter: Counter) -> None:
    assert [each.name for each in counter.takes(data)] == ["Café de la Gare"]


def test_two_cards_of_one_name_are_two_entries_and_one_without_a_name_is_refused(counter: Counter) -> None:
    card = "BEGIN:VCARD\nFN:{name}\nTEL:abc\nEND:VCARD\n"
    preview = counter.looks_at(card.format(name="Lieu") * 2 + card.format(name=""))
    assert (preview.counts.new, preview.counts.refused) == (2, 1)
    assert [(row.row, row.remarks[0].sentence) for row in preview.rows()][:2] == [
        (1, "Ce n’est pas un numéro de téléphone."),
        (5, "Ce n’est pas un numéro de téléphone."),
    ]
    [refused] = preview.rows("refused")
    assert refused.row == 9


def test_a_line_without_end_is_refused_and_a_card_without_end_is_none(counter: Counter) -> None:
    with pytest.raises(InputError, match="La ligne 2 n’a pas de fin"):
        counter.looks_at(b"BEGIN:VCARD\nPHOTO:" + b"A" * 5_000_000)
    with pytest.raises(InputError, match="aucune fiche"):
        counter.looks_at("BEGIN:VCARD\nFN:Lieu\n")
    assert len(counter.looks_at("BEGIN:VCARD\nFN:Lieu\n" + "TEL:1\n" * 3_000 + "END:VCARD\n")) == 1


def test_a_calendar_is_refused_with_what_to_do(counter: Counter) -> None:
    with pytest.raises(InputError, match=r"est un calendrier : PointInfo en écrit, mais n’en lit pas"):
        counter.looks_at("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n")
