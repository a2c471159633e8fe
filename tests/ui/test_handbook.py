"""The handbook: true to the program in every key, word and command it names, in both languages, and easy to leave."""

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from pointinfo import cli, i18n, paths
from pointinfo.i18n import Words
from pointinfo_ui import theme as look
from pointinfo_ui.commands import commands
from pointinfo_ui.help.handbook import Handbook, PagesModel, pages
from pointinfo_ui.theme import Theme
from tests.conftest import bury
from tests.ui.keys import SHIFT, press

LANGUAGES = tuple(i18n.LANGUAGES)
FENCE = re.compile(r"^```\n(.*?)^```", re.DOTALL | re.MULTILINE)
OF_PARTS = frozenset(
    {"Return", "Esc", "Tab", "Space", "Ins", "Del", "Up", "Down", "Left", "Right", "PgUp", "PgDown", "X", "+"}
    | {"Alt+Up", "Alt+Down", "Ctrl+Down", "Ctrl+Shift+Down"}
)
"""Keys that a field or a list answers to by itself; its own tests press them."""
NO_KEY = re.compile(r"[-./\\_]|^(search|backups)$")
"""What else stands between backticks: options, files, folders, variables, and two names that have no such sign."""


@cache
def words(language: str) -> Words:
    """The words of `language` from its source catalogue, compiled or not."""
    if language == "fr":
        return i18n.words("fr")
    source = paths.resources() / "translations" / language / "LC_MESSAGES" / "pointinfo.po"
    compiled = BytesIO()
    with source.open("rb") as text:
        write_mo(compiled, read_po(text))
    compiled.seek(0)
    made = i18n.CatalogueWords(compiled)
    made.language = language
    made.add_fallback(i18n.FrenchWords())
    return made


@cache
def messages() -> frozenset[str]:
    """Every message of the code, in French."""
    root = Path(cli.__file__).parents[1]
    found = set()
    for file in [*(root / "pointinfo").rglob("*.py"), *(root / "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in {"_", "N_", "gettext", "ngettext"}:
                found |= {
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    return frozenset(found)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def on_screen(said: str, language: str) -> bool:
    """Whether the program says this, with anything in the place of what a message leaves open."""
    for message in messages():
        shape = re.sub(r"\\\{\w+\\\}", ".+", re.escape(words(language).gettext(message)))
        if re.fullmatch(shape, said):
            return True
    return False


def prose(language: str) -> Iterator[tuple[str, str]]:
    """Each page's name and text, commands left out."""
    for page in pages(language):
        yield page.name, FENCE.sub("", page.markdown)


def command_lines(language: str) -> list[str]:
    blocks = [block for page in pages(language) for block in FENCE.findall(page.markdown)]
    return [line for block in blocks for line in block.splitlines()]


def in_backticks(language: str) -> list[str]:
    return [found for _page, text in prose(language) for found in re.findall(r"`([^`\n]+)`", text)]


def printed(keys: str, language: str) -> str:
    """A key as it stands on a keyboard of `language`, on any system."""
    _ = words(language).gettext
    names = {
        "Return": _("Entrée"),
        "Esc": _("Échap"),
        "Del": _("Suppr"),
        "Ins": _("Inser"),
        "Space": _("Espace"),
        "Shift": _("Maj"),
        "PgDown": _("Page suiv."),
        "PgUp": _("Page préc."),
        "Down": "↓",
        "Up": "↑",
        "Left": "←",
        "Right": "→",
    }
    return "+".join(names.get(part, part) for part in keys.split("+"))


# The pages


def test_every_page_exists_in_every_language_with_the_same_headings() -> None:
    shapes = {
        language: [(page.name, re.findall(r"^#+", page.markdown, re.MULTILINE)) for page in pages(language)]
        for language in LANGUAGES
    }
    assert len(shapes["fr"]) == 10
    assert all(shape == shapes["fr"] for shape in shapes.values())


def test_every_page_begins_with_its_title() -> None:
    for language in LANGUAGES:
        for page in pages(language):
            assert page.markdown.startswith(f"# {page.title}\n\n"), (language, page.name)
            assert page.title


def test_a_language_without_pages_reads_the_french_ones() -> None:
    assert pages("rm") == pages("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_in_the_handbook_is_one_of_the_window(language: str) -> None:
    declared = {command.keys for command in commands(words(language))}
    known = {printed(keys, language) for keys in declared | OF_PARTS}
    named = [found for found in in_backticks(language) if not NO_KEY.search(found)]
    assert named
    assert [key for key in named if key not in known] == []


def test_every_command_of_the_window_is_explained() -> None:
    named = set(in_backticks("fr"))
    assert [command for command in commands(words("fr")) if printed(command.keys, "fr") not in named] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quoted_word_of_the_screen_is_one_the_program_says(language: str) -> None:
    chips = {words(language).gettext(label) for label in _audiences(language)}
    wrong = []
    for page, text in prose(language):
        for said in [*re.findall(r"\*\*(.+?)\*\*", text), *re.findall(r"^> (.+)$", text, re.MULTILINE)]:
            if said not in chips and not on_screen(said, language):
                wrong.append(f"{page}: {said}")
    assert wrong == []


def test_both_languages_show_the_same_commands() -> None:
    assert command_lines("en") == command_lines("fr")


def test_the_command_line_takes_every_command_of_the_handbook() -> None:
    parser = cli._parser(i18n.words("fr"))
    lines = command_lines("fr")
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "pointinfo"
        parser.parse_args(arguments)
    shown = {name for line in lines for name in shlex.split(line)[1:] if not name.startswith("-")}
    assert shown >= {"gui", "search", "sheet", "statistics", "load", "check"}


def test_the_commands_that_only_read_find_something(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in command_lines("fr"):
        arguments = shlex.split(line)[1:]
        if arguments[0] in {"search", "sheet", "statistics"} and arguments[-1] != "-":
            assert cli.main([*arguments, "--home", str(home)]) == 0, line
    assert (tmp_path / "impots.pdf").read_bytes().startswith(b"%PDF")
    capsys.readouterr()


def _audiences(language: str) -> set[str]:
    text = (paths.resources() / "vocabulary" / "audiences.json").read_text(encoding="utf-8")
    return set(re.findall(rf'"{language}": "([^"]+)"', text))


# Its page in the window


@pytest.fixture
def over(qtbot: QtBot, theme: Theme) -> Iterator[QWidget]:
    """Something to lie over, with a field that has the focus."""
    made = QWidget()
    made.resize(1280, 800)
    field = QLineEdit(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    field.setFocus()
    yield made
    made.close()
    bury(made)


@pytest.fixture
def handbook(over: QWidget, theme: Theme) -> Handbook:
    """The open handbook."""
    made = Handbook(over, i18n.words("fr"), theme)
    made.open()
    QApplication.processEvents()
    return made


def test_the_handbook_opens_on_its_first_page(handbook: Handbook) -> None:
    assert handbook.isVisible()
    assert handbook.list.hasFocus()
    assert handbook.text.accessibleName() == pages("fr")[0].title
    assert handbook.text.toPlainText().startswith(pages("fr")[0].title)


def test_the_arrows_turn_its_pages(handbook: Handbook) -> None:
    press(handbook, Qt.Key.Key_Down)
    assert handbook.text.accessibleName() == pages("fr")[1].title
    press(handbook, Qt.Key.Key_Up)
    assert handbook.text.accessibleName() == pages("fr")[0].title


def test_a_page_opens_at_its_top(handbook: Handbook) -> None:
    handbook.choose(5)
    QApplication.processEvents()
    bar = handbook.text.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    handbook.choose(6)
    assert bar.value() == 0


def test_tab_stays_in_the_handbook(handbook: Handbook) -> None:
    for stop in (handbook.text, handbook.shut_button, handbook.list):
        press(handbook, Qt.Key.Key_Tab)
        assert stop.hasFocus()
    press(handbook, Qt.Key.Key_Tab, SHIFT)
    assert handbook.shut_button.hasFocus()


@pytest.mark.parametrize("tabs", [0, 1, 2])
def test_escape_closes_it_from_anywhere_and_gives_the_focus_back(handbook: Handbook, over: QWidget, tabs: int) -> None:
    for _time in range(tabs):
        press(handbook, Qt.Key.Key_Tab)
    press(handbook, Qt.Key.Key_Escape)
    assert not handbook.isVisible()
    assert over.findChild(QLineEdit) is QApplication.focusWidget()


def test_asked_for_again_it_goes_away_and_comes_back_where_it_was(handbook: Handbook) -> None:
    handbook.choose(3)
    handbook.open()
    assert not handbook.isVisible()
    handbook.open()
    assert handbook.text.accessibleName() == pages("fr")[3].title


def test_it_stays_inside_when_the_window_gets_small(handbook: Handbook, over: QWidget) -> None:
    over.resize(640, 480)
    QApplication.processEvents()
    assert over.rect().contains(handbook.geometry())


def test_a_link_turns_to_a_page_and_nothing_is_ever_fetched(handbook: Handbook) -> None:
    handbook.text.anchorClicked.emit(QUrl("04-noter.md"))
    assert handbook.text.accessibleName() == pages("fr")[3].title
    handbook.text.anchorClicked.emit(QUrl("https://www.geneve.ch/"))
    assert handbook.text.accessibleName() == pages("fr")[3].title
    assert handbook.text.loadResource(2, QUrl("file:///etc/hostname")) is None


def test_what_is_copied_works_in_a_terminal(handbook: Handbook) -> None:
    handbook.choose(len(pages("fr")) - 1)
    handbook.text.selectAll()
    handbook.text.copy()
    copied = QApplication.clipboard().text()
    assert "pointinfo --help" in copied
    assert "pointinfo --home /srv/guichet gui" in copied


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_line_is_cut_at_any_text_size(over: QWidget, percent: int) -> None:
    over.resize(1024, 768)
    made = Handbook(over, i18n.words("fr"), look.make("dark", percent))
    made.open()
    for row in range(made.model.rowCount()):
        made.choose(row)
        QApplication.processEvents()
        assert made.text.document().size().width() <= made.text.viewport().width(), row


def test_the_table_of_contents_is_a_sound_model_that_speaks(qtmodeltester: ModelTester, qapp: QApplication) -> None:
    model = PagesModel(i18n.words("fr"))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    said = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Premiers pas. Page 1 sur 10"
