"""The reports say what the protected tables say, on paper and in files alike, and never a small figure."""

import csv
from collections import Counter
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from openpyxl import load_workbook

from pointinfo import i18n, reports
from pointinfo.cli import main
from pointinfo.desk import Desk
from pointinfo.errors import InputError
from pointinfo.inquiries import Note, Period
from pointinfo.inquiries.log import OfDay
from pointinfo.inquiries.note import Referral
from pointinfo.reports.content import Part, Percent, Report, Value, value_words
from tests.tagged import nodes, tagged_tables

WORDS = i18n.words("fr")
THEMES = ("logement", "logement", "logement", "sante", "sante", "aides-financieres", "handicap")
OUTCOMES = ("answered", "answered", "answered", "referred", "accompanied", "partly", "not-met")


def note_some(desk: Desk, count: int, day: date, draw: Random, days: int = 20) -> None:
    """So many inquiries in the days from `day` on."""
    desk.inquiries.back_dating = desk.day_logs.back_dating = 4000
    told: dict[date, list[OfDay]] = {}
    for _number in range(count):
        outcome = draw.choice(OUTCOMES)
        note = Note(
            channel=draw.choice(("counter", "counter", "phone")),
            people=draw.choice((1, 1, 2)),
            themes=(draw.choice(THEMES),),
            audiences=(draw.choice(("population", "population", "aines", "enfance")),),
            effort=draw.choice(("under-2", "2-5", "2-5", "over-15")),
            outcome=outcome,
            reason=draw.choice(("no-offer", "full", "cost")) if outcome in {"partly", "not-met"} else "",
            language=draw.choice(("fr", "fr", "pt", "ar")),
            origin=draw.choice(("s01", "s01", "s02", "")),
            first_contact=draw.choice(("yes", "no")),
            referrals=(Referral("action-impots", copies=1, language="pt"),) if outcome == "referred" else (),
        )
        told.setdefault(day + timedelta(days=draw.randrange(days)), []).append(OfDay(note, draw.choice((9, 10, 14))))
    for each, notes in sorted(told.items()):
        desk.inquiries.add_all(notes, each)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A counter with 260 inquiries in October, 60 the October before and 12 in August."""
    draw = Random(7)
    note_some(desk, 260, date(2026, 10, 5), draw)
    note_some(desk, 60, date(2025, 10, 6), draw)
    note_some(desk, 12, date(2026, 8, 3), draw)
    return desk


def squeezed(text: str) -> str:
    """A text without the spaces and hyphens at which lines end."""
    return "".join(text.split()).replace("-", "").replace("\N{NO-BREAK SPACE}", "").replace("\N{SOFT HYPHEN}", "")


def all_parts(report: Report) -> list[Part]:
    return [part for section in report.sections for part in section.parts if part.rows]


def as_read(value: Value) -> str:
    return squeezed(value_words(value, WORDS))


def in_files(value: Value) -> str:
    if isinstance(value, int | float):
        return str(round(value, 1) if isinstance(value, float) else int(value))
    return value_words(value, WORDS)


def every(desk: Desk) -> dict[str, Report]:
    return {
        "monthly": desk.reports.monthly(2026, 10),
        "quarterly": desk.reports.quarterly(2026, 4),
        "annual": desk.reports.annual(2026),
        "portrait": desk.reports.portrait("s01", 2026),
    }


@pytest.mark.parametrize("kind", ["monthly", "quarterly", "annual", "portrait"])
def test_paper_spreadsheet_and_csv_say_the_same_cell_for_cell(busy: Desk, kind: str) -> None:
    report = every(busy)[kind]
    parts = all_parts(report)
    assert len(parts) >= 5

    paper = [
        [[squeezed(cell) for cell in row] for row in table] for table in tagged_tables(reports.typeset(report, WORDS))
    ]
    assert paper == [
        [[squeezed(text) for text in part.head], *[[as_read(value) for value in row] for row in part.rows]]
        for part in parts
    ]

    lines = list(csv.reader(StringIO(reports.csv_bytes(report, WORDS).decode("utf-8-sig")), delimiter=";"))
    expected = [[in_files(value) for value in row] for part in parts for row in (part.head, *part.rows)]
    found = iter(lines)
    assert all(any(line == wanted for line in found) for wanted in expected), "every row, in this order"

    page = load_workbook(BytesIO(reports.xlsx_bytes(report, WORDS))).active
    assert page is not None
    sheet = [[str(value) for value in row if value is not None] for row in page.iter_rows(values_only=True)]
    assert sheet == [[text for text in line if text] for line in lines]


def test_counts_are_numbers_in_a_spreadsheet(busy: Desk) -> None:
    page = load_workbook(BytesIO(reports.xlsx_bytes(busy.reports.monthly(2026, 10), WORDS))).active
    assert page is not None
    line = next(row for row in page.iter_rows(values_only=True) if row[0] == "Demandes")
    assert line[1:3] == (260, 60)


def test_no_report_shows_a_figure_between_1_and_4(busy: Desk) -> None:
    for name, report in every(busy).items():
        for part in all_parts(report):
            if part.chart == "plain":
                continue  # lists of work, indicators: nothing that counts inquiries
            for row in part.rows:
                small = [v for v in row[1:] if type(v) is int and 0 < v < 5]
                assert not small, (name, part.title, row)


def test_percentages_are_those_of_a_base_of_30(desk: Desk) -> None:
    note_some(desk, 29, date(2026, 10, 5), Random(1))
    report = desk.reports.monthly(2026, 10)
    assert not [v for part in all_parts(report) for row in part.rows for v in row if isinstance(v, Percent)]


def test_a_month_is_two_pages_in_both_languages(busy: Desk) -> None:
    for language in ("fr", "en"):
        words = i18n.words(language)
        made = pypdfium2.PdfDocument(reports.typeset(busy.reports.monthly(2026, 10), words))
        assert len(made) == 2
        made.close()


def test_a_month_without_inquiries_is_a_report_that_says_so(desk: Desk) -> None:
    report = desk.reports.monthly(2026, 10)
    assert any(part.words == "Aucune demande notée." for section in report.sections for part in section.parts)
    assert reports.typeset(report, WORDS).startswith(b"%PDF")


def test_a_month_of_a_handful_of_inquiries_hides_all_of_them(desk: Desk) -> None:
    note_some(desk, 4, date(2026, 10, 5), Random(2))
    report = desk.reports.monthly(2026, 10)
    (total, *_others) = all_parts(report)[0].rows
    assert total[:2] == ("Demandes", None)
    assert "masqué" in reports.csv_bytes(report, WORDS).decode("utf-8-sig")


def test_a_small_month_is_not_what_is_left_of_the_year(desk: Desk) -> None:
    for month in (1, 2, 3, 5):
        note_some(desk, 40, date(2025, month, 1), Random(month))
    note_some(desk, 3, date(2025, 4, 7), Random(4))
    parts = {part.title: part for part in all_parts(desk.reports.annual(2025))}
    assert parts["Chiffres clés"].rows[0][1] == 163
    hidden = [row[0] for row in parts["Demandes sur treize mois"].rows if row[1] is None]
    assert len(hidden) >= 2
    assert "avr. 25" in hidden


def test_every_chart_is_a_figure_with_words_and_a_table(busy: Desk) -> None:
    pdf = reports.typeset(busy.reports.monthly(2026, 10), WORDS)
    found = Counter(node.tag for node in nodes(pdf))
    assert all(node.alternative.endswith("Le tableau suit.") for node in nodes(pdf) if node.tag == "Figure")
    drawn = [part for part in all_parts(busy.reports.monthly(2026, 10)) if part.chart not in {"cards", "plain"}]
    assert any(isinstance(row[-1], Percent) for part in drawn if part.chart == "quadrant" for row in part.rows)
    assert found["Figure"] == len(drawn) >= 9
    assert found["Table"] > found["Figure"]


def test_inquiries_per_opening_hour_leave_out_the_hours_nobody_could_log(busy: Desk) -> None:
    busy.day_logs.opening = "Mo-Fr 09:00-12:00"
    opened = busy.day_logs.over(date(2026, 10, 1), date(2026, 10, 31))
    assert (opened.days, opened.hours, opened.hours_unlogged, opened.alone) == (22, 66, 0, True)
    busy.day_logs.keep(date(2026, 10, 7), "c" * 9 + "xxx" + "c" * 12)
    report = busy.reports.monthly(2026, 10)
    by_hour = next(row for row in all_parts(report)[0].rows if row[0] == "Par heure d’ouverture")
    assert by_hour[1] == round(260 / 63, 1)
    assert any("dont 3 h où rien n’a pu être noté" in str(row[1]) for row in all_parts(report)[-1].rows)


def test_the_method_names_the_rule_the_release_and_the_lists(busy: Desk) -> None:
    released = busy.reports.publish(Period.month(2026, 10), reports.reports.ACTIVITY)
    report = busy.reports.monthly(2026, 10, published=True)
    method = {str(row[0]): str(row[1]) for row in all_parts(report)[-1].rows}
    assert released.hash in method["Publication"]
    assert "Nᵒ 1" in method["Publication"]
    assert method["Listes de codes"] == "Version 1"
    assert "entre 1 et 9" in method["Chiffres masqués"]
    assert not [part for part in all_parts(report) if part.title == "Services indiqués"], "no release holds them"


def test_a_published_report_stays_as_it_was_published(busy: Desk) -> None:
    busy.reports.publish(Period.month(2026, 10), reports.reports.ACTIVITY)
    then = busy.reports.monthly(2026, 10, published=True)
    note_some(busy, 30, date(2026, 10, 5), Random(9))
    assert all_parts(busy.reports.monthly(2026, 10, published=True))[0] == all_parts(then)[0]
    method = {row[0]: row[1] for row in all_parts(busy.reports.monthly(2026, 10))[-1].rows}
    assert "30 demandes" in str(method["Depuis"])


def test_what_was_never_published_is_refused(busy: Desk) -> None:
    with pytest.raises(InputError, match="Rien n’a été publié"):
        busy.reports.annual(2025, published=True)


def test_services_fewer_than_five_were_sent_to_are_not_named(busy: Desk) -> None:
    note = Note(outcome="referred", referrals=(Referral("point-info-servette", copies=1, language="ti"),))
    busy.inquiries.add_all([OfDay(note, 9)] * 4, date(2026, 10, 6))
    handed = busy.reports.handed_out.during(Period.month(2026, 10), 5)
    assert [name for name, _count in handed.entries] == [busy.directory.entry("action-impots").name]
    assert [name for name, _count in handed.sheets] == ["Portugais"]
    busy.inquiries.add_all([OfDay(note, 9)], date(2026, 10, 6))
    handed = busy.reports.handed_out.during(Period.month(2026, 10), 5)
    assert ("Point info Servette", 5) in handed.entries


def test_the_quarter_lists_what_is_to_be_done(busy: Desk) -> None:
    for _time in range(3):
        busy.unanswered.add("patinoire couverte")
    busy.missing_offers.add("cours de natation pour mères", "sante")
    report = busy.reports.quarterly(2026, 4)
    told = {part.title: part for part in all_parts(report)}
    assert told["Cherché en vain"].rows[0][:2] == ("patinoire couverte", 3)
    assert told["Offres qui manquent"].rows[0][:2] == ("cours de natation pour mères", "Santé")
    assert len(told["Fiches à revérifier"].rows) == min(40, busy.verification.count_due())


def test_a_portrait_stands_beside_residents_and_what_the_forum_agreed(busy: Desk) -> None:
    indicators = (
        "quartier;indicateur;valeur;année;source\ns01;Habitants;20000;2025;OCSTAT\ns01;Logements;9000;2025;OCSTAT\n"
    )
    busy.portraits.bring_in(indicators.encode())
    old = busy.portraits.agree("s01", "Ouvrir un guichet le soir", "Service social", date(2025, 5, 4))
    busy.portraits.move(old, "done")
    busy.portraits.agree("s01", "Une fontaine à la place", "Voirie", date(2026, 3, 2))
    report = busy.reports.portrait("s01", 2026)
    told = {part.title: part for part in all_parts(report)}
    key = {row[0]: row[1] for row in told["Chiffres clés"].rows}
    own = key["Demandes du quartier"]
    assert isinstance(own, int)
    assert own > 30
    assert key["Demandes pour 1000 habitants"] == pytest.approx(own / 20)
    assert [row[0] for row in told["Indicateurs"].rows] == ["Habitants", "Logements"]
    assert told["Convenu cette année"].rows[0][:2] == ("Une fontaine à la place", "Voirie")
    assert str(told["Ce que les actions précédentes sont devenues"].rows[0][3]).startswith("faite")


def test_a_portrait_of_nowhere_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="n’est pas un quartier connu"):
        desk.reports.portrait("Atlantide", 2026)


def test_the_command_line_writes_each_report_by_the_ending_of_its_name(
    busy: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    busy.close()
    asked = {"monthly": ["2026-10"], "quarterly": ["2026-Q3"], "annual": ["2026"], "portrait": ["s01", "2026"]}
    begins = {".pdf": b"%PDF", ".xlsx": b"PK", ".csv": "\ufeffRapport".encode()}
    for kind, what in asked.items():
        for ending, begin in begins.items():
            file = tmp_path / f"{kind}{ending}"
            assert main(["--home", str(busy.home), "report", kind, *what, "-o", str(file)]) == 0
            if ending != ".csv" or kind in {"monthly", "annual"}:
                assert file.read_bytes().startswith(begin)
    assert main(["--home", str(busy.home), "report", "monthly", "2026-13", "-o", str(tmp_path / "x.pdf")]) == 2
    assert "Écrivez-la ainsi : 2026-10" in capsys.readouterr().err
    assert main(["--home", str(busy.home), "report", "annual", "2026", "-o", str(tmp_path / "x.doc")]) == 2
    assert not (tmp_path / "x.doc").exists()


def test_the_command_line_publishes_and_writes_what_it_published(busy: Desk, tmp_path: Path) -> None:
    busy.close()
    file = tmp_path / "octobre.csv"
    command = ["--home", str(busy.home), "report", "monthly", "2026-10"]
    assert main([*command, "--publish", "-o", str(file)]) == 0
    first = file.read_text(encoding="utf-8-sig")
    assert "Nᵒ 1, empreinte" in first
    assert main([*command, "--published", "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8-sig") == first
