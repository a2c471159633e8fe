"""Exports: what is public goes out and comes back as it was, nothing internal goes along, no cell is a formula."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import msgspec
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo import i18n, paths
from pointinfo.database import Database
from pointinfo.database.schema import Contact, Name, Origin, Schedule, Wording
from pointinfo.desk import Desk
from pointinfo.directory import Calendar, Directory, EntryRecord, Exchange, Revisions
from pointinfo.directory.exchange import json_lines
from pointinfo.directory.exchange.cells import neutral, restored
from pointinfo.directory.record import Link
from tests.conftest import MONDAY

WORDS = i18n.words("fr")
CANARY = "Zanzibarcanari"


class Empty:
    """A counter without any entry."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.database = Database(folder / "pointinfo.sqlite", WORDS)
        self.directory = Directory(self.database, lambda: MONDAY, "here", WORDS, Calendar())
        self.exchange = Exchange(self.database, lambda: MONDAY, "here", WORDS)
        self.revisions = Revisions(self.database, lambda: MONDAY, "here", WORDS)

    def takes(self, file: Path) -> None:
        self.exchange.bring_in(self.exchange.preview(file, source="annuaire"), "Ana", confirmed=True)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    """A counter without any entry."""
    made = Empty(tmp_path / "empty")
    yield made
    made.database.close()


@pytest.fixture
def rich(desk: Desk) -> Desk:
    """The demonstration directory, one of whose entries says everything that an entry can."""
    first, second = desk.directory.entries(["point-info-servette", "points-info-ligne-gratuite"])
    record = desk.revisions.present(first.uid).record
    full = msgspec.structs.replace(
        record,
        names=(
            Name("PI"),
            Name("PIS", "acronym"),
            Name("Info point", "alias", "en"),
            Name("Guichet (Servette)", "former"),
        ),
        wordings={"fr": Wording(summary="=SOMME(A1)", fee="-5 %\nou rien"), "en": Wording(summary="Help | advice")},
        contacts=(
            Contact("phone", "+41 22 418 00 00", "secrétariat (matin)", "Mo-Fr 09:00-12:00"),
            Contact("web", "https://example.ch/a_(b)?c=|d"),
            Contact("email", "info@example.ch", "accueil"),
            Contact("phone", "0800 44 77 00"),
        ),
        schedules=(Schedule("14:00", "16:00", "Atelier; dessin", weekdays=(1, 3), dates=("2026-11-24",)),),
        stop="@Servette",
        longitude=6.142345678901234,
        latitude=46.2,
        age_from=0.5,
        important=True,
        verified_on="2026-09-14",
        links=(Link("see_first", second.uid), Link("part_of", second.uid)),
        origins=(Origin("Ville/CH", "12", {"Couleur [x]": "vert", "=note": "a|b"}), Origin("autre", "7")),
        internal_note=CANARY,
        internal_street=CANARY,
        internal_contacts=(Contact("phone", "022 999 99 99", CANARY),),
    )
    desk.revisions.save(full, "Zoé")
    return desk


def written(desk: Desk | Empty, folder: Path, name: str, *, internal: bool = False) -> Path:
    file = folder / name
    desk.exchange.write(file, internal=internal)
    return file


def unpacked(file: Path) -> str:
    """All the text in a file, that in a workbook or zip too."""
    if not zipfile.is_zipfile(file):
        return file.read_text("utf-8")
    with zipfile.ZipFile(file) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_internal_table_comes_back_as_it_went_out(rich: Desk, empty: Empty, tmp_path: Path, suffix: str) -> None:
    first = written(rich, tmp_path, f"un{suffix}", internal=True)
    assert rich.exchange.preview(first).counts.unchanged == 191
    empty.takes(first)
    here, there = (written(desk, tmp_path, "deux.csv", internal=True).read_bytes() for desk in (rich, empty))
    assert here == there
    before = rich.revisions.present("point-info-servette").record
    after = empty.revisions.present("point-info-servette").record
    assert after.origins == before.origins
    assert set(after.contacts) == set(before.contacts)
    assert set(after.links) == set(before.links)
    assert after.internal_note == before.internal_note == CANARY


def test_json_lines_lose_nothing_of_any_entry(rich: Desk, empty: Empty, tmp_path: Path) -> None:
    first = written(rich, tmp_path, "un.jsonl", internal=True)
    empty.takes(first)
    assert written(empty, tmp_path, "deux.jsonl", internal=True).read_bytes() == first.read_bytes()
    for entry in rich.directory.entries([json.loads(line)["uid"] for line in first.read_text("utf-8").splitlines()]):
        assert empty.revisions.present(entry.uid).record == rich.revisions.present(entry.uid).record


def test_a_column_we_have_no_field_for_goes_in_and_out_again(empty: Empty, tmp_path: Path) -> None:
    file = tmp_path / "ville.csv"
    file.write_text("id;nom;Couleur préférée\n1;Maison;vert foncé\n", encoding="utf-8")
    empty.exchange.bring_in(empty.exchange.preview(file), "Ana")
    out = written(empty, tmp_path, "x.csv", internal=True)
    [row] = csv.DictReader(io.StringIO(out.read_text("utf-8-sig")), delimiter=";")
    assert row["Couleur préférée [extra/ville/Couleur préférée]"] == "vert foncé"
    assert "vert foncé" not in written(empty, tmp_path, "y.csv").read_text("utf-8-sig")


PUBLIC = ["annuaire.csv", "annuaire.xlsx", "annuaire.jsonl", "annuaire.zip", "annuaire.json"]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_file_read_again_changes_nothing_and_loses_nothing(rich: Desk, tmp_path: Path, name: str) -> None:
    format_name = "hsds-json" if name.endswith(".json") else ""
    rich.exchange.write(tmp_path / name, format_name)
    uid = "point-info-servette"
    before = rich.revisions.present(uid).record
    same = rich.exchange.preview(tmp_path / name)
    assert (same.counts.unchanged, same.counts.changed, same.counts.new, same.counts.lost) == (191, 0, 0, 0)
    rich.revisions.save(msgspec.structs.replace(before, stop="Servette, provisoire"), "Zoé")
    rich.exchange.bring_in(rich.exchange.preview(tmp_path / name), "Ana", confirmed=True)
    assert rich.revisions.present(uid).record == before


@pytest.mark.parametrize(
    ("name", "format_name"), [("a.zip", ""), ("a.json", "hsds-json"), ("a.json", "data-inclusion"), ("a.jsonl", "")]
)
def test_what_a_service_offers_comes_back_however_it_is_written(
    desk: Desk, empty: Empty, tmp_path: Path, name: str, format_name: str
) -> None:
    """An activity of the Hospice, which is a service here, held where an association is; a course of a house."""
    [hospice, course, house] = [
        EntryRecord(uid="hospice", kind="service", name="Hospice général"),
        EntryRecord(uid="cours", kind="activity", name="Cours de français"),
        EntryRecord(uid="0d9f3c1e-3a70-4a53-8d5e-6f5d7f6b1a11", kind="place", name="Maison de quartier"),
    ]
    club = EntryRecord(uid="club", kind="association", name="Club des aînés")
    course = msgspec.structs.replace(course, links=(Link("offered_by", "hospice"), Link("takes_place_at", "club")))
    chess = EntryRecord(uid="echecs", kind="activity", name="Échecs", links=(Link("offered_by", house.uid),))
    for record in (hospice, house, club, course, chess):
        desk.revisions.save(record, "Zoé")
    chosen = [record.uid for record in (course, chess, hospice, house, club)]
    desk.exchange.write(tmp_path / name, format_name, uids=chosen)
    here = desk.exchange.preview(tmp_path / name)
    assert here.counts.refused == here.counts.new == 0
    there = empty.exchange.preview(tmp_path / name)
    assert (there.counts.new, there.counts.refused) == (5, 0)
    empty.exchange.bring_in(there, "Ana")
    assert {entry.name for entry in empty.directory.entries(chosen)} == {
        r.name for r in (hospice, house, club, course, chess)
    }
    carried = course.links[:1] if format_name == "data-inclusion" else course.links
    assert empty.revisions.present("cours").record.links == carried
    assert empty.revisions.present("echecs").record.links == chess.links


def test_data_inclusion_read_again_changes_nothing_that_it_has_no_room_for(rich: Desk, tmp_path: Path) -> None:
    file = tmp_path / "annuaire.json"
    rich.exchange.write(file, "data-inclusion")
    same = rich.exchange.preview(file)
    assert (same.counts.unchanged, same.counts.changed, same.counts.new, same.counts.lost) == (191, 0, 0, 0)


def test_what_is_changed_in_a_data_inclusion_file_comes_in_and_nothing_else(rich: Desk, tmp_path: Path) -> None:
    uid, file = "point-info-servette", tmp_path / "annuaire.json"
    before = rich.revisions.present(uid).record
    rich.exchange.write(file, "data-inclusion")
    data = json.loads(file.read_text("utf-8"))
    [element] = [each for each in (*data["structures"], *data["services"]) if each["id"].endswith(f"--{uid}")]
    element |= {"telephone": "+41 22 418 11 11", "adresse": "Rue Neuve 1", "courriel": None}
    file.write_text(json.dumps(data), encoding="utf-8")
    preview = rich.exchange.preview(file)
    assert (preview.counts.changed, preview.counts.unchanged) == (1, 190)
    rich.exchange.bring_in(preview, "Ana")
    after = rich.revisions.present(uid).record
    assert after.street == "Rue Neuve 1"
    numbers = [contact.value for contact in after.contacts if contact.kind == "phone"]
    assert numbers == ["022 418 11 11", "0800 44 77 00"]
    assert [contact.kind for contact in after.contacts if contact.kind == "email"] == []
    kept = msgspec.structs.replace(after, street=before.street, contacts=before.contacts)
    assert kept == before
    again = rich.exchange.preview(file)
    assert (again.counts.changed, again.counts.unchanged) == (0, 191)
    rich.exchange.write(file, "data-inclusion")
    assert rich.exchange.preview(file).counts.unchanged == 191


def test_an_entry_without_a_date_does_not_come_back_as_fresh(desk: Desk, empty: Empty, tmp_path: Path) -> None:
    desk.revisions.save(EntryRecord(uid="vieux", kind="service", name="Vieux service"), "Zoé")
    desk.exchange.write(tmp_path / "a.json", "data-inclusion", uids=["vieux"])
    assert desk.exchange.preview(tmp_path / "a.json").counts.unchanged == 1
    empty.takes(tmp_path / "a.json")
    assert empty.revisions.present("vieux").record.as_of == ""


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "jsonl", "hsds", "hsds-json", "data-inclusion", "vcard"])
def test_a_format_without_room_for_internal_fields_says_so(rich: Desk, tmp_path: Path, format_name: str) -> None:
    said: list[str] = []
    rich.exchange.write(tmp_path / "a", format_name, internal=True, tell=said.append)
    if CANARY in unpacked(tmp_path / "a"):
        assert said == []
    else:
        assert said == [
            "Ce format n’a pas de place pour les champs réservés au personnel : ils ne sont pas dans le fichier."
        ]
    said.clear()
    rich.exchange.write(tmp_path / "a", format_name, tell=said.append)
    assert said == []


@pytest.mark.parametrize("name", PUBLIC)
def test_what_sources_say_beside_our_fields_stays_inside(rich: Desk, tmp_path: Path, name: str) -> None:
    """A town's list may say in a column of its own what nobody outside should read."""
    uid = "point-info-servette"
    record = rich.revisions.present(uid).record
    origins = (
        *(Origin(source, "9", {"Remarque": CANARY, "wait_time": CANARY}) for source in ("ville", "hsds")),
        Origin("hsds:ville", uid, {CANARY: "oui"}),
    )
    rich.revisions.save(msgspec.structs.replace(record, origins=origins), "Zoé")
    rich.exchange.write(tmp_path / name, "hsds-json" if name.endswith(".json") else "")
    assert CANARY not in unpacked(tmp_path / name)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_what_only_the_staff_may_read_goes_out_only_when_asked_for(rich: Desk, tmp_path: Path, suffix: str) -> None:
    public = unpacked(written(rich, tmp_path, f"a{suffix}"))
    assert CANARY not in public
    assert "022 999 99 99" not in public
    assert CANARY in unpacked(written(rich, tmp_path, f"b{suffix}", internal=True))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_a_file_without_internal_fields_takes_none_away(rich: Desk, tmp_path: Path, suffix: str) -> None:
    file = written(rich, tmp_path, f"a{suffix}")
    desk = rich
    changed = msgspec.structs.replace(
        desk.revisions.present("points-info-ligne-gratuite").record, stop="ailleurs", internal_note=CANARY
    )
    desk.revisions.save(changed, "Zoé")
    desk.exchange.bring_in(desk.exchange.preview(file), "Ana", confirmed=True)
    assert desk.revisions.present("points-info-ligne-gratuite").record.stop == ""
    assert desk.revisions.present("points-info-ligne-gratuite").record.internal_note == CANARY


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_no_cell_of_a_table_is_a_formula(rich: Desk, tmp_path: Path, suffix: str) -> None:
    file = written(rich, tmp_path, f"a{suffix}")
    if suffix == ".csv":
        cells = [cell for row in csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";") for cell in row]
    else:
        sheet = openpyxl.load_workbook(file).active
        assert sheet is not None
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        cells = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    assert "'=SOMME(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.text())
def test_what_is_made_harmless_is_restored(text: str) -> None:
    assert restored(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_published_schema_is_that_of_the_code_and_every_line_keeps_it(rich: Desk, tmp_path: Path) -> None:
    published = json.loads((paths.resources() / "schemas" / "entry.schema.json").read_text("utf-8"))
    assert published == json_lines.schema()
    check = jsonschema.Draft202012Validator(published)
    check.check_schema(published)
    for line in written(rich, tmp_path, "a.jsonl", internal=True).read_text("utf-8").splitlines():
        check.validate(json.loads(line))
    assert not check.is_valid({"kind": "service", "name": "sans identifiant"})
    assert not check.is_valid({"uid": "x", "kind": "service", "name": 3})


def test_a_chosen_few_are_written_in_their_order(desk: Desk, tmp_path: Path) -> None:
    uids = ["point-info-servette", "points-info-ligne-gratuite"]
    assert desk.exchange.write(tmp_path / "a.jsonl", uids=[*uids, "absent"]) == 2
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["uid"] for line in lines] == uids


@pytest.mark.parametrize("name", ["data-inclusion", "vcard", "icalendar"])
def test_a_format_that_cant_say_closed_says_so_when_closed_entries_are_asked_for(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    told: list[str] = []
    desk.exchange.write(tmp_path / "a", name, tell=told.append)
    assert not any("fermée" in each for each in told)
    desk.exchange.write(tmp_path / "a", name, closed=True, tell=told.append)
    assert "Ce format ne peut pas dire qu’une fiche est fermée" in " ".join(told)


def test_closed_entries_go_out_only_when_asked_for(desk: Desk, tmp_path: Path) -> None:
    desk.revisions.close("points-info-ligne-gratuite", "n’existe plus", "Zoé")
    assert desk.exchange.write(tmp_path / "a.csv") == 190
    assert desk.exchange.write(tmp_path / "a.csv", closed=True) == 191


def test_a_broken_line_is_refused_alone_and_named(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    lines = [
        json.dumps({"uid": f"x{number}", "kind": "service", "name": f"Maison {number}"}) for number in range(10_000)
    ]
    lines[9_998] = lines[9_998][:-1]
    lines[5] = json.dumps({"uid": "y", "kind": "palais", "name": "Palais"})
    lines[6] = json.dumps({"uid": "z", "kind": "service", "name": "Z", "terms": {"fee": ["inconnu", "gratuit"]}})
    lines[7] = json.dumps(
        {"uid": "w", "kind": "service", "name": "W", "hours": "n’importe quand", "verified_on": "hier"}
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    preview = desk.exchange.preview(file)
    assert (preview.counts.new, preview.counts.refused) == (9_998, 2)
    refused = list(preview.rows("refused"))
    assert [row.row for row in refused] == [6, 9_999]
    broken = refused[1].remarks[0]
    assert (broken.row, broken.sentence) == (
        9_999,
        f"Ce n’est pas du JSON à partir de la colonne {len(lines[9_998]) + 1}.",
    )
    desk.exchange.bring_in(preview, "Ana")
    assert desk.revisions.present("z").record.terms == {"fee": ("gratuit",)}
    assert desk.revisions.present("w").record.hours == ""


def test_a_leaflet_that_is_not_here_is_left_out_and_said(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    leaflet = {"sha256": "0" * 64, "title": "Dépliant", "media_type": "application/pdf", "size": 3}
    file.write_text(json.dumps({"uid": "x", "kind": "service", "name": "X", "attachments": [leaflet]}), "utf-8")
    [row] = desk.exchange.preview(file).rows("new")
    assert row.record is not None
    assert row.record.attachments == ()
    assert [remark.column for remark in row.remarks] == ["attachments"]


WORD = st.text(st.characters(blacklist_categories=["C", "Z"], blacklist_characters="\u0085"), min_size=1, max_size=12)
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
TEXT = st.lists(LINE, max_size=3).map("\n".join)
RECORDS = st.builds(
    EntryRecord,
    uid=st.uuids().map(str),
    kind=st.sampled_from(["service", "association", "activity", "place"]),
    name=LINE,
    names=st.lists(
        st.builds(Name, LINE, st.sampled_from(["alias", "former"]), st.sampled_from(["", "en"])), max_size=3
    ).map(lambda names: tuple(sorted(dict.fromkeys(names), key=lambda name: name.kind))),
    wordings=st.builds(lambda summary, fee: {"fr": Wording(summary=summary, fee=fee)}, LINE, TEXT),
    street=st.one_of(st.just(""), LINE),
    age_from=st.one_of(st.none(), st.floats(0.1, 99)),
    contacts=st.lists(
        st.builds(
            Contact,
            st.just("phone"),
            st.from_regex(r"0\d\d \d{3} \d\d \d\d", fullmatch=True),
            st.one_of(st.just(""), LINE),
        ),
        max_size=3,
    ).map(lambda contacts: tuple(dict.fromkeys(contacts))),
    important=st.booleans(),
    terms=st.sampled_from([{}, {"fee": ("gratuit", "payant")}, {"audience": ("enfance",), "language": ("fr", "ar")}]),
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Empty, Empty]]:
    """Two counters that entries go back and forth between."""
    one, two = Empty(tmp_path_factory.mktemp("one")), Empty(tmp_path_factory.mktemp("two"))
    yield one, two
    one.database.close()
    two.database.close()


@settings(max_examples=25, deadline=None)
@given(records=st.lists(RECORDS, min_size=1, max_size=4, unique_by=lambda record: record.uid))
def test_whatever_an_entry_says_a_table_says_it_again(records: list[EntryRecord], pair: tuple[Empty, Empty]) -> None:
    one, two = pair
    uids = [record.uid for record in records]
    one.directory.load(records)
    one.exchange.write(one.folder / "un.csv", uids=uids)
    assert one.exchange.preview(one.folder / "un.csv").counts.unchanged == len(records)
    two.takes(one.folder / "un.csv")
    two.exchange.write(two.folder / "deux.csv", uids=uids)
    assert (two.folder / "deux.csv").read_bytes() == (one.folder / "un.csv").read_bytes()
    for record in records:
        assert two.revisions.present(record.uid).record == one.revisions.present(record.uid).record
