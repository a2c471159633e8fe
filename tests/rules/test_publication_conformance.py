"""Every publication conforms to PDF/UA-1 and PDF/A-2a by veraPDF's own rules, and its words can be copied whole.

All designs in all languages take minutes: `make paper` does that. Here some of them stand for all.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from pointinfo.database.schema import Contact, Schedule, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.selection import Selection
from pointinfo.leaflets import LANGUAGES
from pointinfo.leaflets.designs import designs
from tests.paragraphs import TEXTS

VERAPDF = Path(__file__).parents[2].parent / "shared" / "tools" / "verapdf"
ALL = Selection()
THOROUGH = bool(os.environ.get("POINTINFO_PAPER"))
SPOKEN = LANGUAGES if THOROUGH else ("fr", "ar")
INTACT = {"ar": 0.75, "fa": 0.85}
"""The share of words that come out whole; all of them in every other language."""


def full(language: str) -> EntryRecord:
    """An entry that says everything, in a language."""
    text = TEXTS[language]
    return EntryRecord(
        uid="plein",
        kind="service",
        name="Maison de quartier «Le Cœur» – 日 & Cie",
        wordings={language: Wording(text, text, text, text, text, text, text)},
        street="Avenue de Sainte-Clotilde 18 bis",
        postcode="1205",
        city="Genève",
        stop="Jonction",
        latitude=46.2,
        longitude=6.13,
        contacts=(
            Contact("phone", "022 545 20 20", "secrétariat"),
            Contact("email", "info@mqj.ch"),
            Contact("web", "https://www.mqj.ch/" + "chemin/" * 20),
        ),
        hours='Mo-Fr 09:00-12:00,14:00-18:00 "sur rendez-vous"; Jul-Aug Mo 10:00-12:00; PH off',
        schedules=(Schedule("14:00", "16:00", label="Atelier", weekdays=(2,), cancelled=("2026-12-02",), price="5.–"),),
        source="https://www.geneve.ch/",
        as_of="2026-09-14",
        demonstration=True,
        terms={"theme": ("sante",), "topic": ("aide-sociale",), "audience": ("aines",)},
    )


LIGHT = EntryRecord(uid="maigre", kind="association", name="Club")


def papers(desk: Desk, language: str) -> Iterator[tuple[str, bytes]]:
    """Each design, with little and with everything to say."""
    paper = desk.leaflets
    for amount, uid in (("light", "maigre"), ("full", "plein")):
        rule = Selection(kind=("association",)) if amount == "light" else Selection(kind=("service",))
        for design in designs():
            yield f"{design.name}-{amount}", paper.visit_sheet([uid], language, note="a", design=design.name).pdf
        intro = TEXTS[language] if amount == "full" else ""
        yield f"leaflet-{amount}", paper.leaflet(rule, intro[:30], intro, language).pdf
        yield f"booklet-{amount}", paper.booklet(rule, intro[:30], intro, language).pdf
        days = (date(2026, 11, 23), date(2026, 12, 13))
        yield f"programme-{amount}", paper.programme(rule, *days, language, intro=intro).pdf
        for design_name in ("poster", "poster-a4", "counter-card"):
            yield f"{design_name}-{amount}", paper.poster(uid, language, design=design_name).pdf
    yield "counter", paper.poster("", language, design="counter-card").pdf


def record(desk: Desk, language: str) -> None:
    desk.directory.load([LIGHT, full(language)])
    desk.keep_settings(
        msgspec.structs.replace(
            desk.settings,
            counter_name="Point info Jonction",
            counter_phone="022 418 00 00",
            sheet_footer="Ville de Genève\nDépartement de la cohésion sociale",
        )
    )


@pytest.mark.skipif(not VERAPDF.is_file(), reason="no veraPDF beside the checkout")
@pytest.mark.skipif(shutil.which("javac") is None, reason="veraPDF needs a JDK")
@pytest.mark.parametrize("language", SPOKEN)
def test_every_design_conforms(own: Desk, tmp_path: Path, language: str) -> None:
    record(own, language)
    files = []
    for name, pdf in papers(own, language):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(pdf)
    for standard in ("ua1", "2a"):
        judged = subprocess.run([VERAPDF, standard, *files], capture_output=True, text=True, check=False)
        assert judged.returncode == 0, judged.stdout + judged.stderr
        assert judged.stdout.count("compliant=true") == len(files), judged.stdout


@pytest.mark.parametrize("language", SPOKEN)
def test_words_can_be_copied_whole(own: Desk, language: str) -> None:
    record(own, language)
    words = re.findall(r"\w{2,}", TEXTS[language])
    for pdf in (
        own.leaflets.leaflet(ALL, "a", TEXTS[language], language).pdf,
        own.leaflets.booklet(ALL, "a", TEXTS[language], language).pdf,
    ):
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            text = " ".join(page.get_textpage().get_text_bounded() for page in document)
        # What a line breaks off is put together again, as whoever copies it does.
        text = re.sub(r"[\ufffe\N{SOFT HYPHEN}-]?\r?\n", "", text) + text
        whole = sum(word in text for word in words) / len(words)
        assert whole >= INTACT.get(language, 1), [word for word in words if word not in text]
