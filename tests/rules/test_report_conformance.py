"""Every report conforms to PDF/UA-1 and PDF/A-2a, by veraPDF's own rules, in French and in English."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from pointinfo import i18n, reports
from pointinfo.desk import Desk
from pointinfo.inquiries import Period
from pointinfo.inquiries.log import OfDay
from pointinfo.inquiries.note import Note, Referral
from pointinfo.reports.content import Part, Percent, Report, Section
from pointinfo.reports.reports import ACTIVITY

VERAPDF = Path(__file__).parents[2].parent / "shared" / "tools" / "verapdf"

pytestmark = [
    pytest.mark.skipif(not VERAPDF.is_file(), reason="no veraPDF beside the checkout"),
    pytest.mark.skipif(shutil.which("javac") is None, reason="veraPDF needs a JDK"),
]

LONG = "Démarches administratives et vie pratique " * 6
ODD = Part(LONG, ("→", LONG, "", "日本"), (("=1+1", None, Percent(7), ""), (LONG, 12, None, "–")), "bars", 2, "", LONG)


@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_every_report_conforms(desk: Desk, tmp_path: Path, standard: str) -> None:
    themes = [term.code for term in desk.directory.terms("theme")]
    for number, theme in enumerate(themes * 6):
        outcome = ("answered", "not-met", "referred")[number % 3]
        note = Note(
            themes=(theme,),
            audiences=("aines",),
            outcome=outcome,
            reason="full" if outcome == "not-met" else "",
            origin="s01",
            referrals=(Referral("action-impots", copies=1),),
        )
        desk.inquiries.add_all([OfDay(note, 9 + number % 4)] * 6, date(2026, 10, 1 + number % 28))
    desk.missing_offers.add("cours de natation pour mères")
    desk.portraits.agree("s01", LONG, "Voirie", date(2026, 1, 5))
    made = {
        "monthly": desk.reports.monthly(2026, 10),
        "quarterly": desk.reports.quarterly(2026, 4),
        "annual": desk.reports.annual(2026),
        "portrait": desk.reports.portrait("s01", 2026),
        "empty": desk.reports.monthly(2020, 1),
        "odd": Report("", LONG, "", (Section("", ()), Section("Σ", (ODD, ODD._replace(chart="shades", sixths=6))))),
    }
    desk.reports.publish(Period.month(2026, 10), ACTIVITY)
    made["published"] = desk.reports.monthly(2026, 10, published=True)
    for name, report in made.items():
        for language in ("fr", "en"):
            (tmp_path / f"{name}-{language}.pdf").write_bytes(reports.typeset(report, i18n.words(language)))
    files = sorted(tmp_path.glob("*.pdf"))
    judged = subprocess.run([VERAPDF, standard, *files], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert judged.stdout.count("compliant=true") == len(files) == 14, judged.stdout
