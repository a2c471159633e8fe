"""The look where the system asks for more contrast, or reads from right to left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pointinfo_ui import contrast
from pointinfo_ui import theme as look
from pointinfo_ui.window import Window

SYSTEMS = {
    "black": ("#000000", "#ffffff", "#1aebff", "#000000"),
    "white": ("#ffffff", "#000000", "#37006e", "#ffffff"),
    "an accent too pale for text": ("#ffffff", "#000000", "#308cc6", "#ffffff"),
    "yellow on black": ("#000000", "#ffff00", "#ffff00", "#000000"),
}


def system(name: str) -> QPalette:
    """A system's palette: ground, text, what is chosen, text on that."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in zip((role.Base, role.Text, role.Highlight, role.HighlightedText), SYSTEMS[name], strict=True):
        palette.setColor(target, QColor(colour))
    return palette


@pytest.fixture(params=SYSTEMS)
def forced(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> look.Theme:
    """The look on a system that asks for high contrast, whatever the settings say."""
    monkeypatch.setattr(contrast, "forced_palette", lambda: system(request.param))
    return look.make("light", 100)


def test_high_contrast_wears_the_systems_own_colours(forced: look.Theme) -> None:
    """WCAG 2.2 AAA, 1.4.6, for text on each of its grounds; 1.4.11 for edges."""
    grounds = (forced.sheet, forced.table, forced.open_pale, forced.soon_pale, forced.stop_pale)
    for ground in grounds:
        for ink in (forced.ink, forced.soft, forced.open, forced.soon, forced.stop, forced.line, forced.edge):
            assert contrast.ratio(ink, ground) >= 7
        assert contrast.ratio(forced.accent, ground) >= 4.5
    assert len({ground.name() for ground in (forced.sheet, forced.accent_pale, forced.found)}) == 3  # chosen, found
    for ground in (forced.accent_pale, forced.found):
        assert contrast.ratio(forced.ink, ground) >= 7
    assert contrast.ratio(forced.on_accent, forced.accent) >= 4.5


def test_without_such_a_wish_the_settings_choose_the_look(qapp: QApplication) -> None:
    assert contrast.forced_palette() is None
    assert look.make("dark", 100).dark
    assert not look.make("light", 100).dark


def columns(window: Window, colour: QColor) -> list[int]:
    """Where in the width of the first row's first line a colour is seen, in pixels."""
    view = window.counter.results
    row = view.visualRect(view.model().index(0, 0))
    line = row.adjusted(8, 12, -8, 0)
    line.setHeight(18)
    picture = view.viewport().grab(line).toImage()
    return [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y).rgb() == colour.rgb() for y in range(picture.height()))
    ]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_name_and_opening_state_of_a_row_never_meet(
    direction: Qt.LayoutDirection, window: Window, theme: look.Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    qapp.setLayoutDirection(direction)
    try:
        window.counter.search.setText("vestiaire social")
        qtbot.wait(1)
        name, state = columns(window, theme.ink), columns(window, theme.soon)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert name
    assert state
    if direction == Qt.LayoutDirection.LeftToRight:
        assert max(name) < min(state)
    else:
        assert max(state) < min(name)
