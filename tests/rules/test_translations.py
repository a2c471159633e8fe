"""The window speaks English as fully as French: every message translated, no French left on the screen."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pointinfo import i18n, paths
from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.directory import hours
from pointinfo.inquiries import Note, Period

if TYPE_CHECKING:
    from pointinfo_ui.window import Window

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = (ROOT / "pointinfo", ROOT / "ui" / "pointinfo_ui")
CATALOGUE: Final = paths.resources() / "translations" / "en" / "LC_MESSAGES" / "pointinfo.po"
CALLS: Final[dict[str, Any]] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
"""What marks a message; `make translations` looks for the same."""

Id = str | tuple[str, ...]


# What is in the code


def test_no_message_is_put_together_before_it_is_looked_up() -> None:
    made = [
        f"{file.name}:{call.lineno}"
        for file, call in _calls()
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert made == []


def test_every_message_in_the_code_is_found_by_the_extractor() -> None:
    found = {one for message in _extracted() for one in _forms(message)}
    unseen = [
        f"{file.name}:{call.lineno} {text.value!r}"
        for file, call in _calls()
        for text in call.args[:1]
        if isinstance(text, ast.Constant) and text.value not in found
    ]
    assert unseen == []  # the extractor doesn't look inside f-strings


def test_plurals_are_asked_for_by_their_full_name() -> None:
    renamed = [
        f"{file.name}:{node.lineno}"
        for file, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute) and node.value.attr == "ngettext"
    ]
    assert renamed == []  # the extractor would miss their plural


def test_the_window_has_no_french_outside_messages() -> None:
    known = {id(text) for _file, call in _calls() for text in ast.walk(call)}
    known |= {id(node.value) for _file, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    bare = [
        f"{file.name}:{node.lineno} {node.value}"
        for file, tree in _trees()
        if SOURCES[1] in file.parents
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in known  # neither a message nor a docstring
        and re.search(r"[À-ÖØ-öø-ÿ«»’]|\b(?:[ld]es?|la|une?|pas|pour|avec)\b", node.value)
    ]
    assert [place for place in bare if not place.endswith(" Genève")] == []  # the commune's name


def test_messages_are_typeset_with_care() -> None:
    english = {form for message in _messages() for form in _said(message)}
    french = {form for message in _extracted() for form in _forms(message)}
    assert [form for form in french | english if re.search(r"\w'\w|\.\.\.|\"", form)] == []
    assert [form for form in english if re.search(r"[«»]| [:;?!]", form)] == []


# What is in the catalogue


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    translated, needed = {message.id for message in _messages()}, set(_extracted())
    assert needed - translated == set(), "make translations, then translate these"
    assert translated - needed == set(), "make translations takes these out"


def test_every_message_has_its_english() -> None:
    catalogue = _catalogue()
    assert [message.id for message in _messages() if not all(_said(message)) or message.fuzzy] == []
    assert [message.id for message in _messages() if len(_said(message)) != len(_forms(message.id))] == []
    assert not catalogue.obsolete
    assert not catalogue.fuzzy


def test_every_form_of_a_message_has_the_same_placeholders_but_one_may_say_its_number_in_words() -> None:
    def named(form: str, *, single: bool) -> frozenset[tuple[str, str]]:
        return frozenset(_placeholders(form)) - ({("count", "")} if single else set())

    differing = [
        message.id
        for message in _messages()
        for single in (len(_forms(message.id)) > 1,)
        if len({named(form, single=single) for form in (*_forms(message.id), *_said(message))}) > 1
    ]
    assert differing == []


def test_the_header_of_the_catalogue_names_no_template_and_no_person() -> None:
    header = CATALOGUE.read_text(encoding="utf-8").partition("\n\n")[0]
    for leftover in ("FULL NAME", "FIRST AUTHOR", "EMAIL", "LANGUAGE <", "@"):
        assert leftover not in header


def test_the_catalogue_compiles_to_what_it_says(tmp_path: Path) -> None:
    compiled = tmp_path / "pointinfo.mo"
    with compiled.open("wb") as stream:
        write_mo(stream, _catalogue())
    with compiled.open("rb") as stream:
        _assert_says_all(i18n.CatalogueWords(stream))


def test_the_shipped_words_are_those_of_the_catalogue() -> None:
    assert CATALOGUE.with_suffix(".mo").is_file(), "make catalogues"
    words = i18n.words("en")
    assert words.language == "en"
    _assert_says_all(words)


def test_audiences_are_called_the_same_by_commands_and_by_the_vocabulary() -> None:
    words = i18n.words("en")
    for labels in _vocabulary_labels("audiences"):
        assert words.gettext(labels["fr"]) == labels["en"]


def test_a_sentence_that_quotes_an_outcome_quotes_its_english_label() -> None:
    french = {labels["fr"]: labels["en"] for labels in (*_vocabulary_labels("audiences"), *_inquiry_labels())}
    for message in _messages():
        for source, said in zip(_forms(message.id), _said(message), strict=True):
            for quoted in re.findall("«([^»]*)»", source):
                assert quoted not in french or f"“{french[quoted]}”" in said


# What is said of hours and days


@pytest.mark.parametrize(
    ("expression", "said", "short"),
    [
        ("", "hours unknown", "hours unknown"),
        ("24/7", "open 24 hours", "24 hours"),
        ("Mo-Fr 08:30-12:00", "open until 12:00", "open until 12:00"),
        ("Mo 14:00-17:00", "opens 14:00", "opens 14:00"),
        ("Tu 08:30-12:00", "opens tomorrow 8:30", "opens tomorrow 8:30"),
        ("Th 14:00-17:00", "opens Thursday 14:00", "opens Thu 14:00"),
        ("May 4 08:00-12:00", "opens 4 May 8:00", "opens 4 May"),
        ('Mo-Fr 08:00-12:00 "sur rendez-vous"', "by appointment until 12:00", "by appointment"),
        ('Th 14:00-17:00 "téléphone"', "by phone from Thursday 14:00", "phone Thu 14:00"),
    ],
)
def test_opening_hours_are_told_in_english(expression: str, said: str, short: str) -> None:
    now = datetime(2026, 11, 23, 10, 12, tzinfo=ZONE)
    state = hours.state(expression, now)
    words = i18n.words("en")
    assert hours.in_words(state, now, words) == said
    assert hours.short_words(state, now, words) == short


def test_a_week_is_told_in_english() -> None:
    words = i18n.words("en")
    assert hours.in_sentence('May-Sep Mo-Fr 08:30-12:00 "sur rendez-vous"; PH off', words) == (
        "May–September: Mon–Fri 8:30–12:00 (by appointment)",
        "except public holidays",
    )
    assert hours.in_sentence("Sa[1] 10:00-12:00", words) == ("1st Saturday of the month 10:00–12:00",)


def test_days_are_dated_the_british_way(desk: Desk) -> None:
    words = i18n.words("en")
    assert Period.day(datetime(2026, 11, 23, tzinfo=ZONE).date()).title(words) == "Monday 23 November 2026"
    assert Period(*(datetime(2026, 11, day, tzinfo=ZONE).date() for day in (3, 15))).title(words) == (
        "3 to 15 November 2026"
    )


# What is on the screen


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A counter whose window is English."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "settings.json").write_text(json.dumps({"language": "en"}), encoding="utf-8")
    return folder


def test_no_french_is_left_in_the_english_window(desk: Desk, window: "Window") -> None:
    french, templates = _french()
    facts = {part for text in _facts(desk) for part in _parts(text)}
    left = {
        part: scene
        for part, scene in _said_on_screen(desk, window).items()
        if part not in facts and (part in french or any(template.fullmatch(part) for template in templates))
    }
    assert left == {}


def test_the_english_window_says_what_it_should(desk: Desk, window: "Window") -> None:
    said = _said_on_screen(desk, window).keys()
    assert {
        "Counter",
        "Journal",
        "Figures",
        "Settings",
        "Older people",
        "hours unknown",
        "Undo the last inquiry",
    } <= said
    assert {"Enter", "Ctrl+Enter", "Esc", "Del"} <= said


def _said_on_screen(desk: Desk, window: "Window") -> dict[str, str]:
    """Every text of the window in each of its states, piece by piece, with the state it was first seen in."""
    _work(desk)
    said: dict[str, str] = {}
    for scene in _scenes(window):
        for text in _texts(window):
            said.setdefault(text, scene)
    return {part: scene for text, scene in said.items() for part in _parts(text)}


def _work(desk: Desk) -> None:
    """A day with something in every state."""
    ids = [desk.inquiries.add(Note(audiences=("aines",), themes=("logement",), outcome="answered")) for _n in range(12)]
    desk.inquiries.add(Note(mode="tally", channel="phone", outcome="not-met", reason="no-offer", people=3))
    desk.inquiries.void(ids[0])
    desk.inquiries.amend(ids[1], Note(outcome="referred", channel="email"))


def _scenes(window: "Window") -> Iterator[str]:
    """Turn the window to each of its states in turn, naming it."""
    from PySide6.QtWidgets import QApplication

    counter, figures = window.counter, window.figures

    def shown(scene: str) -> str:
        for _turn in range(3):
            QApplication.processEvents()
        return scene

    yield shown("counter")
    counter.search.setText("impots")
    yield shown("results")
    for uid in _open_and_closed(counter._desk):
        counter.show_entry(uid)
        yield shown(f"card {uid}")
    counter.add_to_visit()
    yield shown("visit")
    counter.show_sheet()
    yield shown("preview")
    counter.note_unmet()
    yield shown("unmet need")
    counter.note_and_next()
    yield shown("noted")
    counter.search.setText("zzzzz")
    yield shown("nothing found")
    counter.search.setText("impots")
    counter.choose_audience("enfance")
    counter.toggle_open_now()
    yield shown("nothing found with filters")
    counter.next_visitor()
    window.tally()
    window.show_page("journal")
    yield shown("journal")
    for row in range(window.journal.model.rowCount()):
        window.journal.list.setCurrentIndex(window.journal.model.index(row, 0))
        yield shown(f"inquiry {row}")
    window.show_page("figures")
    yield shown("figures")
    figures.toggle_tables()
    yield shown("tables")
    figures.show_period(Period.year(2026), "year")
    yield shown("year")
    figures.show_period(Period.month(2020, 3))
    yield shown("empty period")
    window.show_page("settings")
    yield shown("settings")
    window.last_acts.undo_note()
    yield shown("undone")
    for scene in _laid_over(window):
        yield shown(scene)


def _laid_over(window: "Window") -> Iterator[str]:
    window.show_keys()
    yield "keys"
    window.cheat_sheet.shut()
    window.show_handbook()
    yield "handbook"
    window.handbook.shut()
    window.show_palette()
    yield "palette"
    window.palette_view.shut()


def _open_and_closed(desk: Desk) -> list[str]:
    """A few entries with hours, contacts and dates of every kind."""
    rows = desk.directory.rows(list(range(1, desk.directory.count() + 1)))
    with_hours = [row.uid for row in rows if row.hours]
    return [*with_hours[:12], *(row.uid for row in rows[::20])]


def _texts(window: "Window") -> Iterator[str]:
    """All that the window says: labels, buttons, fields, lists, tips and what a screen reader is told."""
    from PySide6.QtWidgets import (
        QAbstractButton,
        QAbstractItemView,
        QComboBox,
        QLabel,
        QLineEdit,
        QMenu,
        QPlainTextEdit,
        QWidget,
    )

    for widget in window.findChildren(QWidget):
        yield from (widget.accessibleName(), widget.toolTip(), widget.windowTitle())
        match widget:
            case QLabel() | QAbstractButton():
                yield widget.text()
            case QLineEdit() | QPlainTextEdit():
                yield widget.placeholderText()
            case QComboBox():
                yield from (widget.itemText(row) for row in range(widget.count()))
            case QMenu():
                yield from (action.text() for action in widget.actions())
            case QAbstractItemView():
                yield from _model_texts(widget)
            case _:
                yield widget.accessibleDescription()
    yield from (action.text() for widget in window.findChildren(QWidget) for action in widget.actions())


def _model_texts(view: Any) -> Iterator[str]:
    from PySide6.QtCore import QAbstractTableModel, Qt

    from pointinfo_ui.rows import ROW_ROLE

    model = view.model()
    if model is None:
        return
    for column in range(model.columnCount() if isinstance(model, QAbstractTableModel) else 1):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), 60)):
            index = model.index(row, column)
            yield str(index.data() or "")
            yield str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
            shown = index.data(ROW_ROLE)
            if shown is not None:
                yield from (shown.heading, shown.state, shown.body, shown.meta)


def _parts(text: str) -> Iterator[str]:
    """A text and its pieces, without the key beside it and without markup."""
    plain = re.sub(r"<[^>]*>", "\n", text.replace("\u200b", ""))
    for piece in re.split(r"\n| · |   |(?<=[.!?]) ", f"{plain}\n{text}"):
        for bare in (piece.strip(), re.sub(r"^\d+\. ", "", piece).strip(" .☐")):
            if bare:
                yield bare


def _french() -> tuple[set[str], list[re.Pattern[str]]]:
    """The French texts that English says otherwise: fixed ones, and patterns of those with placeholders."""
    fixed, patterns = set[str](), []
    for message in _messages():
        for french, english in zip(_forms(message.id), _said(message), strict=True):
            if french == english:
                continue
            bare = re.sub(r"\{[^}]*\}", "", french)
            if bare == french:
                fixed |= {french, french[:1].upper() + french[1:]}
            elif re.search(r"\w{3}", bare):
                patterns.append(re.compile(re.sub(r"\\\{[^}]*\\\}", ".{1,60}", re.escape(french)), re.IGNORECASE))
    fixed |= {each["fr"] for each in (*_all_labels(), *_inquiry_labels()) if each["fr"] != each["en"]}
    spoken = {form for message in _messages() for form in _said(message)}
    spoken |= {each["en"] for each in (*_all_labels(), *_inquiry_labels())}
    spoken |= set(i18n.LANGUAGES.values())  # each named in itself
    return fixed - spoken, patterns


def _facts(desk: Desk) -> Iterator[str]:
    """What the directory itself says: it stays in the language somebody wrote it in."""
    for row in desk.directory.rows(list(range(1, desk.directory.count() + 1))):
        entry = desk.directory.entry(row.uid, internal=True)
        yield from (row.name, row.summary, entry.internal_note, *(name.text for name in entry.names))
        wording = entry.wording("en")
        yield from (wording.eligibility, wording.fee, wording.how_to_apply, wording.directions, wording.alert)


# Reading sources and catalogue


@cache
def _trees() -> tuple[tuple[Path, ast.Module], ...]:
    files = (file for folder in SOURCES for file in sorted(folder.rglob("*.py")))
    return tuple((file, ast.parse(file.read_text(encoding="utf-8"))) for file in files)


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call that looks a message up or marks one."""
    for file, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                if name in CALLS:
                    yield file, node


def _extracted() -> list[Id]:
    return [
        tuple(message) if isinstance(message, list | tuple) else message
        for folder in SOURCES
        for _file, _line, message, _comments, _context in extract_from_dir(
            folder, method_map=[("**.py", "python")], keywords=CALLS
        )
    ]


def _catalogue() -> Catalog:
    with CATALOGUE.open("rb") as stream:
        return read_po(stream)


def _messages() -> list[Message]:
    return [message for message in _catalogue() if message.id]


def _forms(message: Any) -> tuple[str, ...]:
    """The singular, and the plural if there is one."""
    return (message,) if isinstance(message, str) else tuple(message)


def _said(message: Message) -> tuple[str, ...]:
    return _forms(message.string)


def _placeholders(text: str) -> Iterable[tuple[str, str]]:
    return [(name, spec or "") for _before, name, spec, _conversion in Formatter().parse(text) if name is not None]


def _assert_says_all(words: Any) -> None:
    for message in _messages():
        if isinstance(message.id, str):
            assert words.gettext(message.id) == message.string
        else:
            for count in (0, 1, 2):
                assert words.ngettext(*message.id, count) == _said(message)[count != 1]


def _vocabulary_labels(name: str) -> list[dict[str, str]]:
    terms = json.loads((paths.resources() / "vocabulary" / f"{name}.json").read_text(encoding="utf-8"))["terms"]
    return [term["labels"] for term in terms]


def _all_labels() -> list[dict[str, str]]:
    files = (paths.resources() / "vocabulary").glob("*.json")
    return [labels for file in files if file.stem != "inquiry" for labels in _vocabulary_labels(file.stem)]


def _inquiry_labels() -> list[dict[str, str]]:
    lists = json.loads((paths.resources() / "vocabulary" / "inquiry.json").read_text(encoding="utf-8"))["lists"]
    return [row["labels"] for rows in lists.values() for row in rows]
