"""Draws every page of the window to PNG: light, dark, larger text, small screens. `python -m tests.screenshots [DIR]`.

Not a test: pictures for whoever changes a window to look at, and the README's own.
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pointinfo.clock import ZONE
from pointinfo.config import Settings, save
from pointinfo.database.schema import Contact, Schedule, Wording
from pointinfo.desk import Desk, open_desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.fields import Section
from pointinfo.inquiries import Note, Period
from pointinfo.inquiries.note import Referral
from pointinfo_ui import theme as look
from pointinfo_ui.background import Background
from pointinfo_ui.directory.checks_view import ChecksView
from pointinfo_ui.directory.entries_view import EntriesView
from pointinfo_ui.directory.exchange_view import ExchangeView
from pointinfo_ui.directory.quality_view import QualityView
from pointinfo_ui.window import Window
from tests.conftest import AtOnce, Clock, bury

LOOKS: tuple[tuple[Literal["light", "dark"], int, int, int], ...] = (
    ("light", 100, 1440, 900),
    ("dark", 100, 1440, 900),
    ("light", 150, 1440, 900),
    ("dark", 150, 1024, 768),
    ("light", 100, 1024, 768),
)
IMPORTED = """id;nom;Tél. (secrétariat);Adresse;Pour qui?;couleur
1;Maison verte;022 111 22 33;Rue de Carouge 12, 1205 Genève;Enfance;vert
2;Club des aînés de la Jonction;022 222 33 44;Boulevard Carl-Vogt 5, 1205 Genève;Aîné-e-s;bleu
3;;022 333 44 55;;Enfance;rouge
4;Vestiaire social;022 700 09 31;Rue Blavignac 16, 1227 Carouge;Toute la population;
"""
"""A table that is read in the exchange pictures: two new entries, one without a name, one that is known."""
SECTIONS: tuple[Section, ...] = get_args(Section)
EXAMPLE = EntryRecord(
    uid="atelier-exemple",
    kind="activity",
    name="Atelier du mercredi (exemple)",
    wordings={
        "fr": Wording(
            summary="Bricolage et goûter pour les enfants du quartier, sans inscription.",
            documents="Des habits qui ne craignent rien.",
        )
    },
    terms={"audience": ("enfance",), "topic": ("loisirs-enfants",), "fee": ("gratuit",)},
    street="Rue de l’Exemple 1",
    postcode="1200",
    city="Genève",
    contacts=(Contact("phone", "022 555 01 01", "secrétariat"), Contact("email", "atelier@exemple.ch")),
    hours="Mo-Fr 13:30-17:00; We 10:00-13:00,14:00-18:00; PH off",
    schedules=(Schedule("14:00", "16:00", weekdays=(2,)),),
    as_of="2024",
)
"""An invented entry: what is edited in the pictures is said of nobody."""
OUTCOMES = ("answered", "answered", "answered", "referred", "referred", "accompanied", "not-met")
NOW = datetime(2026, 11, 23, 10, 12, tzinfo=ZONE)


def main(folder: Path) -> None:
    """Draw all pages in all looks, in French and once in English."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    for language in ("fr", "en"):
        with tempfile.TemporaryDirectory() as home:
            save(Path(home), Settings(counter_name="Point info Servette", language=language))
            desk = _busy_desk(Path(home))
            for choice, percent, width, height in LOOKS if language == "fr" else LOOKS[:1]:
                theme = look.make(choice, percent)
                look.dress(app, theme)
                _draw(app, desk, theme, (width, height), folder / f"{language}-{choice}-{percent}-{width}")
            desk.close()


def _draw(app: QApplication, desk: Desk, theme: look.Theme, size: tuple[int, int], stem: Path) -> None:
    background = Background(AtOnce())
    window = Window(desk, theme, background, lambda: None)
    window.resize(*size)
    window.show()

    def shot(name: str) -> None:
        for _turn in range(6):
            app.processEvents()
        window.grab().save(f"{stem}-{name}.png")
        print(f"{stem.name}-{name}.png")

    for name, prepare in _scenes(window) + _directory_scenes(window, _table(desk.home)):
        prepare()
        shot(name)
    background.close()
    window.close()
    bury(window)


def _scenes(window: Window) -> list[tuple[str, Callable[[], None]]]:
    counter = window.counter

    def search(text: str) -> Callable[[], None]:
        return lambda: counter.search.setText(text)

    def visit() -> None:
        counter.search.setText("bipe")
        counter.add_to_visit()
        counter.search.setText("vestiaire social")
        counter.add_to_visit()

    def guess() -> None:
        window.toast.hide()
        counter.search.setText("piscine tricot")

    def note() -> None:
        counter.search.setText("crèche")
        counter.add_to_visit()
        counter.edit_note()

    def tabled() -> None:
        window.figures.toggle_tables()

    def narrowed() -> None:
        window.figures.toggle_tables()
        window.figures.narrow(("channel", "phone"))

    def published() -> None:
        window.figures.show_period(Period.month(2026, 10), "month")
        window.figures.show_releases()
        window.figures.releases.publish.click()

    def over(laid: Callable[[], None]) -> Callable[[], None]:
        def show() -> None:
            window.shut_overlays()
            laid()

        return show

    return [
        ("counter-empty", lambda: None),
        ("counter", visit),
        ("sheet", counter.show_sheet),
        ("nothing-found", search("zzzz")),
        ("noted", counter.note_and_next),
        ("guess", guess),
        ("corrected", search("vestaire sociall")),
        ("note", note),
        ("tally", window.tally),
        ("journal", lambda: window.show_page("journal")),
        *(
            (f"journal-{part}", over(lambda part=part: window.journal.show_part(part)))  # type: ignore[misc]
            for part in ("tally", "sheet", "offers", "day")
        ),
        ("figures", lambda: window.show_page("figures")),
        ("figures-year", lambda: window.figures.show_period(Period.year(2026), "year")),
        ("figures-tables", tabled),
        ("figures-filter", narrowed),
        ("figures-releases", published),
        ("settings", lambda: window.show_page("settings")),
        ("keys", over(window.show_keys)),
        ("palette", over(window.show_palette)),
        ("handbook", over(window.show_handbook)),
    ]


def _directory_scenes(window: Window, table: Path) -> list[tuple[str, Callable[[], None]]]:
    def part(name: str) -> Callable[[], None]:
        def show() -> None:
            window.toast.hide()
            window.show_page("directory")
            window.directory.show_view(name)

        return show

    def section(name: Section) -> Callable[[], None]:
        def show() -> None:
            window.toast.hide()
            window.show_page("directory")
            window.directory.author.take("Nadia Favre")
            window.directory.open_entry(EXAMPLE.uid)
            QTest.qWait(500)  # the fields find their height
            entries = window.directory.view("entries")
            assert isinstance(entries, EntriesView)
            entries.editor.form.show_section(name)
            QTest.qWait(500)

        return show

    def step(*acts: Callable[[ExchangeView], object]) -> Callable[[], None]:
        def show() -> None:
            window.toast.hide()
            exchange = window.directory.view("exchange")
            assert isinstance(exchange, ExchangeView)
            for act in acts:
                act(exchange)

        return show

    def quality() -> QualityView:
        view = window.directory.view("quality")
        assert isinstance(view, QualityView)
        return view

    def working(exchange: ExchangeView) -> None:
        exchange.pages.setCurrentWidget(exchange.working)
        exchange.told.emit(0.4)

    def sheet() -> None:
        checks = window.directory.view("checks")
        assert isinstance(checks, ChecksView)
        checks.type_sheet()
        QTest.qWait(100)  # the fields find their height

    return [
        ("entries", part("entries")),
        *((f"editor-{name}", section(name)) for name in SECTIONS),
        ("history", window.directory.show_history),
        ("checks", part("checks")),
        ("checks-sheet", sheet),
        ("quality", part("quality")),
        ("gap", lambda: quality().gaps.chosen.emit("atelier tricot")),
        ("proposals", part("proposals")),
        ("duplicates", part("duplicates")),
        ("exchange", part("exchange")),
        ("exchange-columns", step(lambda exchange: exchange.read(str(table)))),
        (
            "exchange-reading",
            step(lambda exchange: exchange.columns.reading.change_button.setChecked(True)),
        ),
        ("exchange-preview", step(ExchangeView.save)),
        ("exchange-report", step(ExchangeView.save, lambda exchange: exchange.bring_in(confirmed=True))),
        ("exchange-undone", step(ExchangeView.undo)),
        ("exchange-working", step(working)),
        ("lists", part("lists")),
        ("bulk", part("bulk")),
    ]


def _busy_desk(home: Path) -> Desk:
    """Two years of plausible, invented inquiries, more in the last three weeks."""
    clock = Clock()
    desk = open_desk(home, clock)
    dice = random.Random(7)
    themes = [term.code for term in desk.directory.terms("theme")]
    audiences = [term.code for term in desk.directory.terms("audience")]
    plain = Note(channel="counter", outcome="answered", effort="under-2")
    for days in range(760, -1, -1):
        day = NOW - timedelta(days=days)
        if day.weekday() > 4:
            continue
        busy = dice.randint(8, 24) if days <= 21 else dice.randint(4, 9) - (3 if day.month in (7, 8) else 0)
        for _number in range(busy if days else 9):
            outcome = dice.choice(OUTCOMES)
            clock.now = day.replace(hour=dice.choice((9, 9, 10, 10, 11, 13, 14, 15, 16) if days else (9, 10)))
            desk.inquiries.add(
                msgspec.structs.replace(
                    plain,
                    themes=(dice.choice(themes[:9]),),
                    audiences=(dice.choice(audiences),),
                    people=dice.choice((1, 1, 1, 2, 3)),
                    outcome=outcome,
                    reason=dice.choice(("full", "full", "full", "no-offer")) if outcome == "not-met" else "",
                    channel=dice.choice(("counter", "counter", "counter", "phone")),
                )
            )
    clock.now = NOW
    for words in 5 * ["atelier tricot"] + 3 * ["patinoire"]:
        desk.unanswered.add(words)
    for uid, times in (
        ("bipe-bureau-d-information-de-la-petite-enfance", 7),
        ("hospice-general", 5),
        ("vestiaire-social", 3),
    ):
        for _time in range(times):
            desk.inquiries.add(msgspec.structs.replace(plain, outcome="referred", referrals=(Referral(uid),)))
    _keep(desk)
    return desk


def _table(home: Path) -> Path:
    """A table to import."""
    path = home / "associations.csv"
    path.write_text(IMPORTED, encoding="utf-8")
    return path


def _keep(desk: Desk) -> None:
    """What whoever keeps the directory has done lately, and what waits for them."""
    uids = [due.uid for due in desk.verification.due(12)]
    for uid in uids[:2]:
        desk.verification.still_correct(uid, "Nadia Favre")
    for uid in uids[2:5]:
        present = desk.revisions.present(uid)
        wording = {"fr": msgspec.structs.replace(present.record.wordings["fr"], alert="Complet jusqu’en janvier.")}
        wish = msgspec.structs.replace(present.record, wordings={**present.record.wordings, **wording})
        desk.revisions.propose(wish, "Sami Keller", base=present.id, comment="appris au téléphone")
    first = desk.revisions.save(EXAMPLE, "Sami Keller", base="")
    desk.revisions.save(msgspec.structs.replace(EXAMPLE, stop="Exemple"), "Nadia Favre", base=first)
    twin = desk.revisions.present(uids[5]).record
    desk.revisions.save(
        msgspec.structs.replace(twin, uid="deuxieme", name=f"{twin.name} (accueil)", street=""), "Sami Keller", base=""
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/screenshots"))
