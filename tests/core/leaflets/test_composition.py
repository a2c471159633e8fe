"""From entries to the words of a sheet."""

from datetime import date, datetime

import pytest

from pointinfo.clock import ZONE
from pointinfo.config import Settings
from pointinfo.database.schema import Contact, Entry, Schedule, Wording
from pointinfo.desk import Desk
from pointinfo.directory import Calendar
from pointinfo.leaflets.composition import compose
from pointinfo.leaflets.content import Day, Fact, Sheet, SheetEntry, Slot

MONDAY = datetime(2026, 11, 23, 10, 12, tzinfo=ZONE)
COUNTER = Settings(
    counter_name="Point info Servette",
    counter_address="Rue Hoffmann 8",
    counter_phone="0800 44 77 00",
    sheet_header="Ville de Genève\nCohésion sociale",
    sheet_footer="Sans garantie.",
)


def entry(**columns: object) -> Entry:
    given: dict[str, object] = {
        "uid": "bipe",
        "kind": "service",
        "status": "active",
        "name": "BIPE",
        "names": (),
        "wordings": {},
        "street": "",
        "postcode": "",
        "city": "",
        "stop": "",
        "contacts": (),
        "hours": "",
        "source": "",
        "confidence": "page",
        "as_of": "",
        "demonstration": False,
        "terms": [],
        "links": [],
    }
    return Entry(**(given | columns))


def sheet(*entries: Entry, settings: Settings = COUNTER) -> Sheet:
    return compose(list(entries), settings, MONDAY, Calendar())


def card(**columns: object) -> SheetEntry:
    [made] = sheet(entry(**columns)).entries
    return made


def test_a_sheet_says_whose_it_is_and_of_which_day() -> None:
    made = sheet(entry())
    assert made.lang == "fr-CH"
    assert made.counter_name == "Point info Servette"
    assert made.header_lines == ("Rue Hoffmann 8 · 0800 44 77 00", "Ville de Genève", "Cohésion sociale")
    assert made.footer_lines == ("Sans garantie.",)
    assert made.printed_on == "Imprimé le lundi 23 novembre 2026"


def test_a_counter_without_settings_still_has_a_name() -> None:
    made = sheet(entry(), settings=Settings())
    assert made.counter_name == "Point info"
    assert made.header_lines == made.footer_lines == ()


def test_one_demonstration_entry_marks_the_whole_sheet() -> None:
    assert sheet(entry()).demonstration == ""
    assert sheet(entry(), entry(demonstration=True)).demonstration.startswith("Données de démonstration")


def test_a_warning_comes_first_and_phones_after_the_hours() -> None:
    made = card(
        wordings={"fr": Wording(alert="Complet.", how_to_apply="en ligne")},
        contacts=(Contact("phone", "022 418 81 81", "secrétariat"), Contact("phone", "0800 44 77 00")),
    )
    assert made.facts == (
        Fact("Attention", ("Complet.",), "warning", "warning"),
        Fact("Comment faire", ("en ligne",), key="how"),
    )
    assert made.contact == (Fact("Téléphone", ("022 418 81 81 (secrétariat)", "0800 44 77 00"), "phone", "phone"),)


MORNING, AFTERNOON = Slot("8:30", "12:00"), Slot("13:30", "17:00")


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        (
            "Mo-Fr 08:30-12:00; We 13:30-17:00",
            (
                Day("lundi, mardi", (MORNING,)),
                Day("mercredi", (AFTERNOON,)),
                Day("jeudi, vendredi", (MORNING,)),
                Day("samedi, dimanche", ()),
            ),
        ),
        ("Mo-Fr 08:30-12:00", (Day("lundi – vendredi", (MORNING,)), Day("samedi, dimanche", ()))),
        ("Tu,Th 08:30-12:00", (Day("mardi", (MORNING,)), Day("jeudi", (MORNING,)), Day("autres jours", ()))),
        ("Mo-Su 08:30-12:00", (Day("tous les jours", (MORNING,)),)),
    ],
)
def test_days_that_are_alike_share_a_row_and_closed_days_come_last(expression: str, rows: tuple[Day, ...]) -> None:
    made = card(hours=expression)
    assert [grid.days for grid in made.hours] == [rows]
    assert "Quand" not in [fact.label for fact in made.facts]


def test_a_closure_leaves_the_week_its_grid_and_is_said_below_until_it_is_over() -> None:
    week = "Mo-Fr 09:00-12:00"
    for closure, said in (
        ('2026 Dec 24-2027 Jan 2 off "vacances"', "fermé du 24 décembre 2026 au 2 janvier 2027 (vacances)"),
        ("2026 Jul 1-31 off", ""),
    ):
        shown = card(hours=f"{week}; {closure}; PH off")
        assert shown.hours == card(hours=week).hours
        assert shown.hours_note == " · ".join(filter(None, (said, "sauf jours fériés")))


def test_off_season_a_sheet_says_when_it_opens_again() -> None:
    seasonal = "May,Sep Mo-Th 16:00-18:00; Jul-Aug Mo-Th 15:30-19:00"
    assert card(hours=seasonal).hours_note == "hors saison, ouvre le 3 mai 2027 16:00"
    assert card(hours="Nov Mo-Th 16:00-18:00").hours_note == ""
    assert card(hours="Mo-Th 16:00-18:00").hours_note == ""


def test_whom_it_is_for_and_of_where_is_said_in_one_line(desk: Desk) -> None:
    made = compose(desk.directory.entries(["hospice-general"]), COUNTER, MONDAY, desk.directory.calendar)
    facts = {fact.label: fact.lines for fact in made.entries[0].facts}
    assert facts["Pour qui"] == ("Toute la population · Canton de Genève",)
    assert "Territoire" not in facts


def test_open_around_the_clock_is_said_in_words() -> None:
    made = card(hours="24/7")
    assert made.hours == ()
    assert made.hours_note


@pytest.mark.parametrize(
    ("contacts", "advice"),
    [((Contact("phone", "022 418 81 81"),), "téléphonez avant"), ((), "renseignez-vous avant")],
)
def test_unknown_hours_are_never_a_closed_week(contacts: tuple[Contact, ...], advice: str) -> None:
    made = card(contacts=contacts)
    assert made.hours == ()
    assert made.hours_note.startswith("inconnu")
    assert advice in made.hours_note


def test_the_code_leads_to_the_website() -> None:
    made = card(contacts=(Contact("web", "https://www.geneve.ch/bipe"), Contact("phone", "022 418 81 81")))
    assert (made.qr_payload, made.qr_caption) == ("https://www.geneve.ch/bipe", "site internet")


def test_without_a_website_the_code_is_a_contact_card_of_what_is_public() -> None:
    made = card(
        name="Bureau; accueil, conseil",
        street="Rue Hoffmann 8",
        postcode="1202",
        city="Genève",
        contacts=(
            Contact("phone", "022 418 81 81"),
            Contact("phone", "0800 44 77 00"),
            Contact("email", "a@geneve.ch"),
        ),
    )
    lines = made.qr_payload.splitlines()
    assert lines[0] == "BEGIN:VCARD"
    assert r"FN:Bureau\; accueil\, conseil" in lines
    assert "TEL:022 418 81 81" in lines
    assert "EMAIL:a@geneve.ch" in lines
    assert any(line.startswith("ADR:") and "Rue Hoffmann 8" in line for line in lines)
    assert r"N:;Bureau\; accueil\, conseil" in lines


def test_nothing_to_encode_makes_no_code() -> None:
    made = card(city="Genève")
    assert (made.qr_payload, made.qr_caption) == ("", "")


def test_a_sheet_says_when_its_facts_were_checked_and_where_they_come_from() -> None:
    made = card(verified_on=date(2026, 10, 12), source="https://www.geneve.ch/x")
    assert made.checked == "Vérifié le 12.10.2026"
    assert made.source == "Source\N{NO-BREAK SPACE}: geneve.ch"
    assert card(confidence="memory").checked.startswith("Noté de mémoire")


def test_an_activity_is_printed_with_its_sessions_and_no_unknown_hours() -> None:
    made = card(schedules=(Schedule("14:00", "16:00", weekdays=(2,), places_left=2),))
    [meets] = [fact for fact in made.facts if fact.label == "Séances"]
    assert meets.lines == (
        "chaque mercredi 14:00–16:00",
        "2 places libres",
        "Prochaines dates : mer. 25 nov. 14:00, mer. 2 déc. 14:00, mer. 9 déc. 14:00",
    )
    assert made.hours_note == ""
    assert "inconnu" in card(schedules=()).hours_note
