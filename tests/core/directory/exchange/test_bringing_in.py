"""Importing: looked at before it counts, brought in whole or not at all, what editors wrote is kept, undone at once."""

from pathlib import Path

import msgspec
import openpyxl
import pytest

from pointinfo.database.schema import Contact, Origin
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Query
from pointinfo.directory.exchange.incoming import UnknownWord, uid_of
from pointinfo.directory.exchange.preview import Preview, PreviewRow
from pointinfo.errors import InputError

HEAD = "id;nom;téléphone;public;prix;couleur"
ROWS = (
    "1;Maison verte;022 111 22 33;Enfance;Gratuit;vert",
    "2;Club des aînés;022 222 33 44;Aîné-e-s;Payant;bleu",
    "3;Café rencontre;022 333 44 55;Toute la population;Gratuit;rouge",
)


def csv_file(folder: Path, *rows: str, head: str = HEAD, name: str = "source.csv") -> Path:
    file = folder / name
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return file


def brought_in(desk: Desk, folder: Path, *rows: str, head: str = HEAD) -> Preview:
    preview = desk.exchange.preview(csv_file(folder, *rows, head=head))
    desk.exchange.bring_in(preview, "Ana", confirmed=True)
    return preview


def entry(desk: Desk, ident: str) -> EntryRecord:
    return desk.revisions.present(uid_of("source", ident)).record


def edit(desk: Desk, ident: str, **fields: object) -> None:
    desk.revisions.save(msgspec.structs.replace(entry(desk, ident), **fields), "Zoé")


def row_of(preview: Preview, row: int) -> PreviewRow:
    return next(each for each in preview.rows() if each.row == row)


def test_a_table_becomes_entries_with_codes_contacts_and_what_we_have_no_field_for(desk: Desk, tmp_path: Path) -> None:
    counts = brought_in(desk, tmp_path, *ROWS).counts
    assert (counts.new, counts.refused, counts.remarked) == (3, 0, 0)
    green = entry(desk, "1")
    assert (green.name, green.kind) == ("Maison verte", "service")
    assert green.contacts == (Contact("phone", "022 111 22 33"),)
    assert green.terms == {"audience": ("enfance",), "fee": ("gratuit",)}
    assert green.origins == (Origin("source", "1", {"couleur": "vert"}),)
    assert desk.revisions.history(green.uid)[0].author == "Ana"
    found = desk.directory.rows([hit.id for hit in desk.directory.search(Query("maison verte")).hits])
    assert green.uid in [row.uid for row in found]


def test_looking_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = desk.directory.count()
    assert desk.exchange.preview(csv_file(tmp_path, *ROWS)).counts.new == 3
    assert desk.directory.count() == before


def test_the_same_file_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    again = brought_in(desk, tmp_path, *ROWS)
    assert (again.counts.unchanged, again.counts.changed, again.counts.new) == (3, 0, 0)
    assert len(desk.revisions.history(uid_of("source", "1"))) == 1


def test_what_the_source_changed_is_shown_field_by_field_and_brought_in(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    preview = desk.exchange.preview(csv_file(tmp_path, ROWS[0].replace("Gratuit", "Payant"), *ROWS[1:]))
    [row] = preview.rows("changed")
    [change] = row.changes
    assert (row.row, change) == (2, ("terms/fee", ("gratuit",), ("payant",)))
    desk.exchange.bring_in(preview, "Ana")
    assert entry(desk, "1").terms["fee"] == ("payant",)


def test_what_an_editor_wrote_stays_while_the_source_says_the_same(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    edited = (Contact("phone", "022 999 99 99"), Contact("web", "https://verte.ch"))
    edit(desk, "1", contacts=edited, street="Rue de Berne 1", internal_note="clé chez la voisine")
    assert brought_in(desk, tmp_path, *ROWS).counts.changed == 0
    brought_in(desk, tmp_path, ROWS[0].replace("Maison verte", "Maison Verte et bleue"), *ROWS[1:])
    green = entry(desk, "1")
    assert green.name == "Maison Verte et bleue"
    assert green.contacts == edited
    assert (green.street, green.internal_note) == ("Rue de Berne 1", "clé chez la voisine")


def test_where_both_changed_a_field_the_editors_word_stays_and_the_sources_is_shown_once(
    desk: Desk, tmp_path: Path
) -> None:
    brought_in(desk, tmp_path, *ROWS)
    edit(desk, "1", contacts=(Contact("phone", "022 999 99 99"),))
    moved = ROWS[0].replace("022 111 22 33", "022 777 77 77")
    preview = desk.exchange.preview(csv_file(tmp_path, moved, *ROWS[1:]))
    [row] = [row for row in preview.rows() if row.kept]
    assert row.kept == ("contacts/phone",)
    assert row.said is not None
    assert row.said.contacts == (Contact("phone", "022 777 77 77"),)
    desk.exchange.bring_in(preview, "Ana")
    assert entry(desk, "1").contacts == (Contact("phone", "022 999 99 99"),)
    assert desk.revisions.proposals() == []
    again = desk.exchange.preview(csv_file(tmp_path, moved, *ROWS[1:]))
    assert not [row for row in again.rows() if row.kept]
    desk.exchange.bring_in(again, "Ana")
    brought_in(desk, tmp_path, moved.replace("vert", "jaune"), *ROWS[1:])
    assert entry(desk, "1").contacts == (Contact("phone", "022 999 99 99"),)
    assert entry(desk, "1").origins[0].extra == {"couleur": "jaune"}


def test_a_column_that_a_later_file_lacks_takes_nothing_away(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    short = tuple(f"{row.split(';')[0]};{row.split(';')[1]}" for row in ROWS)
    assert brought_in(desk, tmp_path, *short, head="id;nom").counts.unchanged == 3
    assert entry(desk, "1").origins[0].extra == {"couleur": "vert"}
    assert entry(desk, "1").contacts == (Contact("phone", "022 111 22 33"),)
    assert entry(desk, "1").terms["fee"] == ("gratuit",)


def test_an_emptied_cell_empties_the_field(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    brought_in(desk, tmp_path, ROWS[0].replace("022 111 22 33", ""), *ROWS[1:])
    assert entry(desk, "1").contacts == ()


def test_an_emptied_or_understood_cell_is_no_longer_kept_beside(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, ROWS[0].replace("Enfance", "Martiens"), *ROWS[1:])
    assert entry(desk, "1").origins[0].extra == {"couleur": "vert", "public": "Martiens"}
    brought_in(desk, tmp_path, ROWS[0].replace(";vert", ";"), *ROWS[1:])
    assert entry(desk, "1").origins[0].extra == {}


def test_a_cell_that_is_not_understood_is_said_kept_beside_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    preview = brought_in(
        desk, tmp_path, ROWS[0].replace("Enfance", "Martiens").replace("022 111 22 33", "?"), *ROWS[1:]
    )
    remarks = row_of(preview, 2).remarks
    assert [(remark.row, remark.column, remark.value) for remark in remarks] == [
        (2, "téléphone", "?"),
        (2, "public", "Martiens"),
    ]
    green = entry(desk, "1")
    assert green.contacts == (Contact("phone", "022 111 22 33"),)
    assert green.terms["audience"] == ("enfance",)
    assert green.origins[0].extra == {"couleur": "vert", "public": "Martiens", "téléphone": "?"}


def test_rows_that_cant_come_in_say_why_and_the_others_do(desk: Desk, tmp_path: Path) -> None:
    preview = desk.exchange.preview(csv_file(tmp_path, *ROWS, "4;;022 444 55 66;;;", "1;Encore;;;;"))
    refused = {row.row: row.remarks[-1].sentence for row in preview.rows("refused")}
    assert refused == {
        5: "Cette ligne n’a pas de nom.",
        6: "Cet identifiant est déjà celui de la ligne 2.",
    }
    desk.exchange.bring_in(preview, "Ana")
    assert entry(desk, "1").name == "Maison verte"


def test_a_row_that_is_refused_closes_nothing(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    preview = desk.exchange.preview(csv_file(tmp_path, *ROWS[:2], "3;;;;;"))
    assert (preview.counts.refused, preview.counts.closing) == (1, 0)


def test_what_the_source_no_longer_has_is_closed_only_once_confirmed_and_comes_back_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    brought_in(desk, tmp_path, *ROWS)
    preview = desk.exchange.preview(csv_file(tmp_path, *ROWS[:2]))
    assert [row.name for row in preview.rows("closing")] == ["Café rencontre"]
    with pytest.raises(InputError, match="1 fiche sur 3"):
        desk.exchange.bring_in(preview, "Ana")
    assert entry(desk, "3").status == "active"
    desk.exchange.bring_in(preview, "Ana", confirmed=True)
    assert entry(desk, "3").status == "closed"
    brought_in(desk, tmp_path, *ROWS)
    assert (entry(desk, "3").status, entry(desk, "3").status_reason) == ("active", "")


def test_an_editors_closing_is_not_undone_by_the_source(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    desk.revisions.close(uid_of("source", "3"), "n’existe plus", "Zoé")
    brought_in(desk, tmp_path, *ROWS[:2], ROWS[2].replace("rouge", "rose"))
    assert entry(desk, "3").status == "closed"


def test_a_mapping_that_empties_most_fields_asks_first(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    empty = [f"{number};{row.split(';')[1]};;;;" for number, row in enumerate(ROWS, 1)]
    preview = desk.exchange.preview(csv_file(tmp_path, *empty))
    with pytest.raises(InputError, match="3 fiches sur 3"):
        desk.exchange.bring_in(preview, "Ana")


VERTE = EntryRecord(
    uid="verte",
    kind="association",
    name="Maison Verte",
    street="Rue de Berne 1",
    contacts=(Contact("phone", "+41 22 111 22 33"), Contact("web", "https://verte.ch")),
    internal_note="clé chez la voisine",
    terms={"audience": ("aines",)},
)


def test_an_entry_that_is_surely_here_already_is_updated_and_known_from_then_on(desk: Desk, tmp_path: Path) -> None:
    desk.revisions.save(VERTE, "Zoé")
    preview = desk.exchange.preview(csv_file(tmp_path, *ROWS))
    [row] = [row for row in preview.rows() if row.twin]
    assert row.twin is not None
    assert (row.state, row.name, row.uid, row.twin.name) == ("changed", "Maison verte", "verte", "Maison Verte")
    assert row.twin.reasons == ("même nom", "même téléphone")
    assert (preview.counts.new, preview.counts.changed, preview.counts.twins) == (2, 1, 1)
    desk.exchange.bring_in(preview, "Ana")
    here = desk.revisions.present("verte").record
    assert (here.name, here.kind, here.street) == ("Maison verte", "association", "Rue de Berne 1")
    assert here.contacts == VERTE.contacts
    assert (here.terms["audience"], here.internal_note) == (("aines", "enfance"), "clé chez la voisine")
    assert here.origins == (Origin("source", "1", {"couleur": "vert"}),)
    again = desk.exchange.preview(csv_file(tmp_path, *ROWS))
    assert (again.counts.unchanged, again.counts.twins) == (3, 0)
    moved = brought_in(desk, tmp_path, ROWS[0].replace("Gratuit", "Payant"), *ROWS[1:])
    assert moved.counts.changed == 1
    here = desk.revisions.present("verte").record
    assert (here.terms["fee"], here.street) == (("payant",), "Rue de Berne 1")
    assert [row.name for row in desk.exchange.preview(csv_file(tmp_path, *ROWS[1:])).rows("closing")] == [here.name]


def test_the_person_decides_otherwise_of_a_twin_and_the_import_is_taken_back_whole(desk: Desk, tmp_path: Path) -> None:
    desk.revisions.save(VERTE, "Zoé")
    before = desk.revisions.present("verte").record
    preview = desk.exchange.preview(csv_file(tmp_path, *ROWS))
    [number] = preview.twins()
    preview.decide(number, update=False)
    assert (preview.row(number).state, preview.counts.new, preview.counts.changed) == ("new", 3, 0)
    preview.decide(number, update=True)
    assert (preview.row(number).uid, preview.counts.new, preview.counts.changed) == ("verte", 2, 1)
    desk.exchange.bring_in(preview, "Ana")
    assert desk.exchange.take_back(preview, "Ana") == 3
    assert desk.revisions.present("verte").record == before


def test_an_uncertain_twin_is_a_new_entry_unless_the_person_says_otherwise(desk: Desk, tmp_path: Path) -> None:
    desk.revisions.save(msgspec.structs.replace(VERTE, contacts=()), "Zoé")
    preview = desk.exchange.preview(csv_file(tmp_path, *ROWS))
    [number] = preview.twins()
    row = preview.row(number)
    assert row.twin is not None
    assert (row.state, row.twin.uid) == ("new", "verte")
    assert 0.6 < row.twin.score < 0.98
    preview.decide(number, update=True)
    desk.exchange.bring_in(preview, "Ana")
    assert desk.revisions.present("verte").record.contacts == (Contact("phone", "022 111 22 33"),)


def test_what_leads_to_a_row_that_updates_another_entry_leads_to_that_entry(desk: Desk, tmp_path: Path) -> None:
    desk.revisions.save(VERTE, "Zoé")
    head = "id;nom;téléphone;Proposé par [links/offered_by]"
    rows = ("1;Maison verte;022 111 22 33;", "2;Cours de dessin;;1", "3;Sortie;;Maison verte")
    preview = brought_in(desk, tmp_path, *rows, head=head)
    assert preview.counts.twins == 1
    assert [link.uid for ident in ("2", "3") for link in entry(desk, ident).links] == ["verte", "verte"]
    assert desk.exchange.preview(csv_file(tmp_path, *rows, head=head)).counts.unchanged == 3


def test_no_two_rows_update_one_entry_and_none_that_has_a_row_of_its_own(desk: Desk, tmp_path: Path) -> None:
    desk.revisions.save(VERTE, "Zoé")
    twice = (ROWS[0], ROWS[0].replace("1;", "4;", 1))
    assert [row.row for row in desk.exchange.preview(csv_file(tmp_path, *twice)).rows() if row.twin] == [2]
    own = csv_file(
        tmp_path, "a;;Maison verte;022 111 22 33", "b;verte;Maison verte;022 111 22 33", head="id;uid;nom;tél"
    )
    preview = desk.exchange.preview(own)
    assert (preview.counts.new, preview.counts.changed, preview.counts.twins) == (1, 1, 0)


def test_thousands_of_rows_find_their_twins_as_a_few_do(desk: Desk, tmp_path: Path) -> None:
    rows = [f"{number};Amicale {number} des Bains;022 {number:03} 44 55;;;" for number in range(900)]
    brought_in(desk, tmp_path, *rows)
    few = csv_file(tmp_path, *rows[:3], name="few.csv")
    many = csv_file(
        tmp_path, *rows, *(f"x{number};Nouvelle chose n° {number};;;;" for number in range(50)), name="many.csv"
    )
    for file, count in ((few, 3), (many, 900)):
        preview = desk.exchange.preview(file)
        found = [row for row in preview.rows() if row.twin]
        assert len(found) == count
        for number, row in enumerate(found):
            assert row.twin is not None
            assert (row.state, row.twin.uid) == ("changed", uid_of("source", str(number)))


def test_nothing_is_imported_when_the_directory_changed_since_the_preview(desk: Desk, tmp_path: Path) -> None:
    preview = desk.exchange.preview(csv_file(tmp_path, *ROWS))
    desk.revisions.save(EntryRecord(uid="x", kind="service", name="Autre"), "Zoé")
    with pytest.raises(InputError, match="a changé depuis l’aperçu"):
        desk.exchange.bring_in(preview, "Ana")
    assert desk.exchange.preview(csv_file(tmp_path, *ROWS)).counts.new == 3


@pytest.mark.parametrize("rows", [1_200, 6_000])
def test_an_import_that_is_stopped_halfway_leaves_nothing(desk: Desk, tmp_path: Path, rows: int) -> None:
    preview = desk.exchange.preview(csv_file(tmp_path, *(f"{n};Maison {n};;;;" for n in range(rows))))

    def stop(done: float) -> None:
        if done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.exchange.bring_in(preview, "Ana", tick=stop)
    assert (desk.directory.count(), desk.directory.unindexed()) == (191, 0)
    assert desk.exchange.preview(csv_file(tmp_path, *ROWS)).counts.new == 3
    desk.exchange.bring_in(preview, "Ana")
    assert (desk.directory.count(), desk.directory.unindexed()) == (191 + rows, 0)


def test_an_import_is_taken_back_as_one_and_can_be_done_again(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, tmp_path, *ROWS)
    preview = brought_in(desk, tmp_path, ROWS[0].replace("Gratuit", "Payant"), ROWS[1], "4;Nouveau lieu;;;;")
    assert desk.exchange.take_back(preview, "Ana") == 3
    assert entry(desk, "1").terms["fee"] == ("gratuit",)
    assert entry(desk, "3").status == "active"
    assert entry(desk, "4").status == "closed"
    again = brought_in(desk, tmp_path, ROWS[0].replace("Gratuit", "Payant"), ROWS[1], "4;Nouveau lieu;;;;")
    assert (again.counts.changed, again.counts.closing) == (2, 1)
    assert entry(desk, "1").terms["fee"] == ("payant",)
    assert entry(desk, "4").status == "active"


def test_links_are_found_by_the_sources_id_and_by_name_and_what_leads_nowhere_is_said(
    desk: Desk, tmp_path: Path
) -> None:
    head = "id;nom;Proposé par [links/offered_by]"
    preview = brought_in(
        desk, tmp_path, "1;Cours;3", "2;Atelier;Grande Maison", "3;Grande Maison;", "4;Sortie;Nulle part", head=head
    )
    assert entry(desk, "1").links == entry(desk, "2").links
    assert entry(desk, "1").links[0].uid == uid_of("source", "3")
    assert entry(desk, "4").links == ()
    assert "Nulle part" in row_of(preview, 5).remarks[0].sentence


def test_how_a_source_was_read_is_remembered(desk: Desk, tmp_path: Path) -> None:
    file = csv_file(tmp_path, *ROWS)
    table = desk.exchange.table(file)
    guess = desk.exchange.mapping(table, "Ville")
    columns = tuple(
        msgspec.structs.replace(column, target="stop" if column.name == "couleur" else column.target)
        for column in guess.columns
    )
    chosen = msgspec.structs.replace(guess, columns=columns, kind="association")
    desk.exchange.bring_in(desk.exchange.preview(file, chosen), "Ana")
    assert desk.exchange.mapping(table, "Ville") == chosen
    assert desk.revisions.present(uid_of("Ville", "1")).record.stop == "vert"


def test_how_much_of_each_column_was_understood_is_counted(desk: Desk, tmp_path: Path) -> None:
    rows = (*ROWS, "4;Autre;?;;;")
    report = desk.exchange.bring_in(desk.exchange.preview(csv_file(tmp_path, *rows)), "Ana")
    assert ("téléphone", 4, 3, 0) in report.understood
    assert ("couleur", 3, 0, 3) in report.understood


def test_what_stays_beside_the_entry_is_counted_as_kept_in_our_own_tables_too(desk: Desk, tmp_path: Path) -> None:
    head = "uid;nom;Couleur [extra/ville/Couleur];stop"
    report = desk.exchange.bring_in(desk.exchange.preview(csv_file(tmp_path, "a;A;vert;Rive", "b;B;;", head=head)), "")
    assert ("Couleur [extra/ville/Couleur]", 1, 0, 1) in report.understood


def test_hours_told_day_by_day_become_one_schedule(desk: Desk, tmp_path: Path) -> None:
    head = "id;nom;lundi matin;lundi après-midi;mardi;dimanche"
    brought_in(desk, tmp_path, "1;A;8h30-12h;13h30-17h;8h30-12h, 13h30-17h;fermé", "2;B;sur demande;;;", head=head)
    assert entry(desk, "1").hours == "Mo,Tu 08:30-12:00,13:30-17:00"
    assert entry(desk, "2").hours == ""
    assert entry(desk, "2").origins[0].extra == {"lundi matin": "sur demande"}


def test_a_file_without_names_is_refused_with_a_sentence(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Aucune colonne ne donne le nom"):
        desk.exchange.preview(csv_file(tmp_path, "1;2", head="x1;x2"))


def test_a_source_without_ids_is_known_by_its_names(desk: Desk, tmp_path: Path) -> None:
    rows = ("Café;Rue A 1", "Café;Rue B 2", "Club;Rue C 3")
    assert brought_in(desk, tmp_path, *rows, head="nom;adresse").counts.new == 3
    assert brought_in(desk, tmp_path, *rows[::-1][:1], *rows[:2], head="nom;adresse").counts.unchanged == 3


def test_a_large_import_leaves_the_index_and_its_triggers_as_single_edits_would(desk: Desk, tmp_path: Path) -> None:
    def database(statement: str) -> list[tuple[object, ...]]:
        with desk.database.read() as session:
            return [tuple(row) for row in session.connection().exec_driver_sql(statement)]

    def indexed() -> dict[object, list[set[str]]]:
        return {
            row[0]: [set(str(text).split()) for text in row[1:]] for row in database("SELECT rowid, * FROM entry_words")
        }

    triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
    before = database(triggers)
    rows = [f"{n};Maison n° {n} des habitant-e-s;022 {n:03} 22 33;Enfance | Jeunesse;Gratuit;x" for n in range(3_000)]
    brought_in(desk, tmp_path, *rows)
    assert database(triggers) == before
    assert desk.directory.unindexed() == 0
    assert not desk.database.problems()
    written = indexed()
    desk.directory.reindex()
    assert indexed() == written
    brought_in(desk, tmp_path, *(row.replace("Maison", "Villa") for row in rows))
    assert desk.directory.unindexed() == 0
    assert [len(desk.revisions.history(uid_of("source", ident))) for ident in ("0", "2999")] == [2, 2]
    edit(desk, "2999", name="Château")
    found = desk.directory.rows([hit.id for hit in desk.directory.search(Query("château")).hits])
    assert uid_of("source", "2999") in [row.uid for row in found]


@pytest.mark.parametrize(
    ("cells", "target"),
    [
        (("Enfance", "Aîné-e-s", "Toute la population"), "terms/audience"),
        (("Dès 4 ans", "Sur présentation d’un bon", "Enfance"), "wordings/fr/eligibility"),
    ],
)
def test_for_whom_is_an_audience_where_the_cells_are_of_its_list_else_words(
    cells: tuple[str, ...], target: str, desk: Desk, tmp_path: Path
) -> None:
    rows = [f"{number};Maison {number};{cell}" for number, cell in enumerate(cells)]
    mapping = desk.exchange.preview(csv_file(tmp_path, *rows, head="id;nom;Pour qui ?")).mapping
    assert mapping is not None
    assert mapping.columns[2].target == target


def test_words_that_no_list_has_are_counted_and_what_they_are_said_to_mean_is_remembered(
    desk: Desk, tmp_path: Path
) -> None:
    head = "id;nom;public;type de structure"
    rows = ("1;Maison;Riverains | Enfance;Service", "2;Club;Riverains;Martien", "3;Café;Lunatiques;Service")
    file = csv_file(tmp_path, *rows, head=head)
    preview = desk.exchange.preview(file)
    assert preview.unknown == (
        UnknownWord("public", "terms/audience", "Riverains", 2),
        UnknownWord("type de structure", "kind", "Martien", 1),
        UnknownWord("public", "terms/audience", "Lunatiques", 1),
    )
    assert preview.mapping is not None
    said = {
        "public": {"Riverains": "proches-aidants", "Lunatiques": ""},
        "type de structure": {"Martien": "association"},
    }
    columns = tuple(msgspec.structs.replace(each, codes=said.get(each.name, {})) for each in preview.mapping.columns)
    told = desk.exchange.preview(file, msgspec.structs.replace(preview.mapping, columns=columns))
    assert told.unknown == ()
    desk.exchange.bring_in(told, "Ana")
    assert entry(desk, "1").terms["audience"] == ("proches-aidants", "enfance")
    assert entry(desk, "2").kind == "association"
    assert "audience" not in entry(desk, "3").terms
    again = desk.exchange.preview(csv_file(tmp_path, *rows, "4;Quai;Riverains;Service", head=head))
    assert again.unknown == ()
    assert (again.counts.new, again.counts.unchanged) == (1, 3)


def test_the_encoding_and_the_delimiter_that_were_chosen_are_remembered(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "source.csv"
    file.write_bytes("id|nom;ville\n1|Café «Été»;Genève\n".encode("mac-roman"))
    table, mapping = desk.exchange.read_as(file, "source")
    chosen = msgspec.structs.replace(mapping, encoding="mac-roman", delimiter="|")
    table, mapping = desk.exchange.read_as(file, "source", chosen)
    assert (table.encoding, table.delimiter) == ("mac-roman", "|")
    assert [column.name for column in mapping.columns] == ["id", "nom;ville"]
    columns = (mapping.columns[0], msgspec.structs.replace(mapping.columns[1], target="name"))
    desk.exchange.bring_in(desk.exchange.preview(file, msgspec.structs.replace(mapping, columns=columns)), "Ana")
    assert entry(desk, "1").name == "Café «Été»;Genève"
    assert desk.exchange.preview(file).counts.unchanged == 1


def test_the_sheet_that_was_chosen_is_remembered_until_the_workbook_has_it_no_more(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "source.xlsx"
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["Lisez-moi", "d’abord"])
    chosen = book.create_sheet("Liste")
    for row in (["id", "nom"], ["1", "Maison"]):
        chosen.append(row)
    book.save(file)
    _table, mapping = desk.exchange.read_as(file, "source")
    _table, mapping = desk.exchange.read_as(file, "source", msgspec.structs.replace(mapping, sheet="Liste"))
    desk.exchange.bring_in(desk.exchange.preview(file, mapping), "Ana")
    assert desk.exchange.preview(file).counts.unchanged == 1
    del book["Sheet"]
    chosen.title = "Liste 2027"
    book.save(file)
    assert desk.exchange.preview(file).counts.unchanged == 1
