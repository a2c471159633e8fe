"""The keys on one page (F1), made from the declared commands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo_ui.commands import Command, key_words
from pointinfo_ui.forms import label
from pointinfo_ui.overlay import Overlay
from pointinfo_ui.theme import Theme


class CheatSheet(Overlay):
    """Every declared command with its key."""

    def __init__(self, over: QWidget, commands: tuple[Command, ...], words: Words, theme: Theme) -> None:
        _ = words.gettext
        super().__init__(over, _("Aide-mémoire des touches"), theme, 940, 680)
        self.shut_button = self.add_head(_("Aide-mémoire des touches"), words)
        pages = {
            "counter": _("Guichet"),
            "journal": _("Journal"),
            "figures": _("Chiffres"),
            "directory": _("Annuaire"),
            "settings": _("Réglages"),
            "": _("Partout"),
        }
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(40)
        for group in (("counter", "directory"), ("journal", "figures", "settings", "")):
            side = QVBoxLayout()
            side.setSpacing(8)
            for page in group:
                side.addWidget(label(pages[page], "heading"))
                side.addLayout(
                    _lines([command for command in commands if command.page == page], words, theme.size(104))
                )
                side.addSpacing(10)
            side.addStretch(1)
            columns.addLayout(side, 1)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName(_("Touches"))
        self.body.addWidget(scroll, 1)
        self.stops = [self.shut_button, scroll]


def _lines(commands: list[Command], words: Words, width: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, width)
    for row, command in enumerate(commands):
        keys = key_words(command.keys, words)
        grid.addWidget(label(keys, "label", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(command.text), row, 1)
    return grid
