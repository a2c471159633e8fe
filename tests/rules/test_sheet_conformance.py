"""Every sheet conforms to PDF/UA-1 and PDF/A-2a, by veraPDF's own rules."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pointinfo import i18n
from pointinfo.config import Settings
from pointinfo.leaflets import tally_sheet
from pointinfo.leaflets.content import Day, Fact, Sheet, SheetEntry, Slot, WeekGrid
from pointinfo.leaflets.visit_sheet import typeset
from tests.booklet import booklet
from tests.paragraphs import TEXTS

VERAPDF = Path(__file__).parents[2].parent / "shared" / "tools" / "verapdf"

pytestmark = [
    pytest.mark.skipif(not VERAPDF.is_file(), reason="no veraPDF beside the checkout"),
    pytest.mark.skipif(shutil.which("javac") is None, reason="veraPDF needs a JDK"),
]

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MORNING, AFTERNOON = Slot("8:30", "12:00"), Slot("13:30", "17:00", "sur rendez-vous")


def week(season: str, *slots: tuple[Slot, ...]) -> WeekGrid:
    return WeekGrid(season, tuple(map(Day, DAYS, slots)))


ENTRY = SheetEntry(
    uid="bipe",
    name="BIPE – Bureau d’information de la petite enfance",
    kind="Service",
    summary="Renseigne les parents et inscrit en crèche, dès la 12ᵉ semaine. → ✓ 日",
    facts=(
        Fact("Attention", ("Inscriptions fermées en août.",), "warning"),
        Fact("Téléphone", ("022 418 81 81 (secrétariat)",), "phone"),
        Fact("Pour qui", ("parents domiciliés ou travaillant en Ville de Genève",)),
        Fact("À apporter", ("pièce d’identité", "acte de naissance"), "checklist"),
        Fact("Site internet", ("https://www.geneve.ch/fr/" + "demarches/" * 12,), "link"),
    ),
    hours=(
        week("", (), (MORNING,), (MORNING, AFTERNOON), (AFTERNOON,), (), (), ()),
        week("juillet–août", *[(MORNING, AFTERNOON._replace(remark="réservé aux aîné-e-s " * 3))] * 7),
        week("fêtes", *[()] * 7),
    ),
    hours_note="Fermé les jours fériés.",
    checked="Vérifié le 12 octobre 2026",
    source="Source : geneve.ch",
    qr_payload="https://www.geneve.ch/",
    qr_caption="site internet",
)
EMPTY = SheetEntry("", "", "", "", (Fact("", ()),), (), "", "", "", "", "")
LONG = ENTRY._replace(
    name="Nom " * 9_000,
    summary="x" * 10_000 + " <b>&amp;\x00\ud800 " * 500,
    facts=tuple(fact._replace(label="Étiquette " * 40, lines=("z" * 20_000,)) for fact in ENTRY.facts),
    hours=(week("saison " * 50, *[(AFTERNOON._replace(remark="remarque " * 900),)] * 7),),
    qr_caption="légende " * 50,
)
SHEET = Sheet(
    lang="fr-CH",
    title="Vos informations",
    printed_on="Imprimé le lundi 23 novembre 2026",
    counter_name="Point info Servette",
    header_lines=("Rue Hoffmann 8",),
    footer_lines=("Ville de Genève, Service social",),
    demonstration="Données de démonstration",
    hours_label="Horaire",
    closed_word="fermé",
    notes_label="Notes",
    page_words="{page} / {pages}",
    entries=(),
)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Sheets of every size, one a file: starting Java takes longer than judging them."""
    folder = tmp_path_factory.mktemp("sheets")
    entries = {
        "none": (),
        "one": (ENTRY,),
        "eight": (ENTRY, EMPTY) * 4,
        "long": (LONG,),
    }
    for name, some in entries.items():
        (folder / f"{name}.pdf").write_bytes(typeset(SHEET._replace(entries=some)))
    for language, text in TEXTS.items():
        fact = Fact(text[:12], (text, "022 420 52 00", "www.geneve.ch"), "checklist")
        entry = ENTRY._replace(name=text[:20], summary=text, facts=(fact, *ENTRY.facts), checked=text)
        sheet = SHEET._replace(lang=language, title=text[:20], entries=(entry,))
        (folder / f"language-{language}.pdf").write_bytes(typeset(sheet))
    for language in ("fr", "ar", "zh"):
        (folder / f"booklet-{language}.pdf").write_bytes(booklet(language, TEXTS[language], 12)[0])
    blank = Sheet("fr", "", "", "", (), (), "", "", "", "", "", ())
    (folder / "blank.pdf").write_bytes(typeset(blank))
    columns = [("Heure", []), ("Thème", [("1", "Logement"), ("2", "Santé")]), ("Public", [("1", "Enfance")])]
    (folder / "tally.pdf").write_bytes(tally_sheet.typeset(columns, Settings(), i18n.typeset_words("fr")))
    return sorted(folder.iterdir())


@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_every_sheet_conforms(sheets: list[Path], standard: str) -> None:
    judged = subprocess.run([VERAPDF, standard, *sheets], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert judged.stdout.count("compliant=true") == len(sheets), judged.stdout
