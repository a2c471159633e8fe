"""What a screen reader walks through: the whole tree of every page, as Qt hands it to AT-SPI or UI Automation."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from pointinfo.desk import Desk
from pointinfo.inquiries import Note
from pointinfo_ui.window import Window


def an_answer(window: Window) -> None:
    window.counter.search.setText("bipe")
    window.counter.add_to_visit()


def nothing_found(window: Window) -> None:
    window.counter.search.setText("zzzz")


def a_sheet(window: Window) -> None:
    an_answer(window)
    window.counter.show_sheet()


def tables(window: Window) -> None:
    window.show_page("figures")
    window.figures.toggle_tables()


def page(name: str) -> Callable[[Window], None]:
    return lambda window: window.show_page(name)


def part(name: str) -> Callable[[Window], None]:
    def show(window: Window) -> None:
        window.show_page("journal")
        window.journal.show_part(name)

    return show


SCENES: dict[str, Callable[[Window], None]] = {
    "counter, first use": page("counter"),
    "counter, an answer": an_answer,
    "counter, nothing found": nothing_found,
    "counter, a sheet": a_sheet,
    "journal": page("journal"),
    "journal, tally": part("tally"),
    "journal, day sheet": part("sheet"),
    "journal, missing offers": part("offers"),
    "figures": page("figures"),
    "figures, tables": tables,
    "directory": page("directory"),
    "settings": page("settings"),
    "keys": Window.show_keys,
    "palette": Window.show_palette,
    "handbook": Window.show_handbook,
}
OF_ROWS = (QAccessible.Role.ListItem, QAccessible.Role.Cell, QAccessible.Role.ColumnHeader, QAccessible.Role.RowHeader)


def tree(root: QAccessibleInterface) -> Iterator[tuple[QAccessibleInterface, list[QAccessibleInterface]]]:
    """Each interface that can be seen, with its children that can be seen."""
    children = [root.child(place) for place in range(root.childCount())]
    shown = [child for child in children if child.isValid() and not child.state().invisible]
    yield root, shown
    for child in shown:
        if child.role() not in OF_ROWS:  # the models' own tests hear every row
            yield from tree(child)


def name(interface: QAccessibleInterface) -> str:
    """On Linux Qt gives a combo box its value for a name, and leaves the name to its label."""
    if interface.role() == QAccessible.Role.ComboBox:
        widget = interface.object()
        assert isinstance(widget, QComboBox)
        return widget.accessibleName()
    return interface.text(QAccessible.Text.Name).strip()


def told(interface: QAccessibleInterface) -> str:
    widget = interface.object()
    return f"{interface.role()} {type(widget).__name__} «{name(interface)}»"


@pytest.mark.parametrize("scene", SCENES)
def test_every_part_that_takes_the_focus_is_reached_and_has_a_name_of_its_own(
    scene: str, window: Window, desk: Desk, qtbot: QtBot
) -> None:
    desk.inquiries.add(Note(channel="counter", outcome="answered", themes=("logement",)))
    SCENES[scene](window)
    qtbot.wait(1)
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    walked = list(tree(root))
    assert [told(found) for found, _ in walked if found.state().focusable and not name(found)] == []
    for parent, children in walked:
        names = Counter((child.role(), name(child)) for child in children if child.state().focusable)
        assert [each for each, count in names.items() if count > 1] == [], told(parent)
    reached = {found.object() for found, _ in walked}
    missed = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget not in reached
    ]
    assert [widget for widget in missed if widget.parentWidget() not in reached] == []  # a spin box's own line
