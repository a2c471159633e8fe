"""Two values side by side: in lines of words, what differs marked, lists united."""

from pointinfo import i18n
from pointinfo.database.schema import Contact, Name, Schedule
from pointinfo.directory import Calendar, EntryRecord
from pointinfo.directory.comparing import Piece, Reader, marked, mentioned, united
from pointinfo.directory.record import Link

READER = Reader(i18n.words("fr"), Calendar(), {("audience", "enfance"): "Enfance"}, {"un": "Hospice général"})


def test_every_value_is_said_in_lines_without_codes() -> None:
    assert READER.lines("terms/audience", ("enfance",)) == ("Enfance",)
    assert READER.lines("hours", "Mo-Fr 08:00-12:00") == ("lu–ve 8:00–12:00",)
    assert READER.lines("hours", "sur demande (?)") == ("sur demande (?)",)  # unreadable: as it is written
    assert READER.lines("hours", None) == ()
    assert READER.lines("links", (Link("see_first", "un"),)) == ("Voir d’abord Hospice général",)
    assert READER.lines("names", (Name("PI", "acronym"), Name("Bureau", "former"), Name("Point"))) == (
        "PI (sigle)",
        "Bureau (ancien nom)",
        "Point",
    )
    line = Contact("phone", "022 418 00 00", "secrétariat", "Mo 08:00-10:00")
    assert READER.lines("contacts", (line,)) == ("022 418 00 00 (secrétariat), lu 8:00–10:00",)
    meeting = Schedule("14:00", "16:00", "Chorale", weekdays=(0, 2), first="2026-09-01", last="2026-12-18")
    assert READER.lines("schedules", (meeting,)) == (
        "Chorale · lundi, mercredi · 14:00–16:00 · 1er septembre 2026–18 décembre 2026",
    )
    assert READER.lines("wordings/fr/summary", "Un.\n\nDeux.") == ("Un.", "Deux.")
    assert READER.lines("status_reason", "merged") == ("réunie avec une autre fiche",)


def test_in_a_text_the_words_that_differ_are_marked() -> None:
    left, right = marked(("Lieu de rencontre",), ("Grand lieu de rencontre",), listed=False)
    assert left == [[Piece("Lieu", True), Piece(" de rencontre", False)]]
    assert right == [[Piece("Grand lieu", True), Piece(" de rencontre", False)]]


def test_in_a_list_whole_lines_are_marked_and_beside_nothing_nothing_is() -> None:
    left, right = marked(("Enfance", "Jeunesse"), ("Enfance",), listed=True)
    assert left == [[Piece("Enfance", False)], [Piece("Jeunesse", True)]]
    assert right == [[Piece("Enfance", False)]]
    assert marked((), ("Enfance",), listed=True) == ([], [[Piece("Enfance", False)]])


def test_two_lists_are_united_each_thing_once_as_the_first_has_it() -> None:
    ours = (Contact("phone", "022 418 00 00", "accueil"), Contact("web", "https://a.ch"))
    theirs = (Contact("phone", "0224180000"), Contact("email", "a@a.ch"))
    assert united("contacts", ours, theirs) == (*ours, theirs[1])
    assert united("terms/topic", ("a", "b"), ("b", "c")) == ("a", "b", "c")
    assert united("terms/audience", ("enfance",), ("population",)) == ("population",)
    assert united("names", (), (Name("PI", "acronym"),)) == (Name("PI", "acronym"),)


def test_the_entries_a_record_speaks_of_are_told_once() -> None:
    record = EntryRecord(uid="x", kind="place", name="X", links=(Link("part_of", "un"), Link("see_first", "deux")))
    assert mentioned(record, EntryRecord(uid="y", kind="place", name="Y", replaced_by="un")) == ["un", "deux"]
