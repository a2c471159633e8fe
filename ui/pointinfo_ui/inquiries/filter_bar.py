"""Choosing what the figures are narrowed to: one criterion, then one of its codes."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from pointinfo.i18n import Words
from pointinfo.inquiries.columns import Axis
from pointinfo.inquiries.overview import FILTERS, Only
from pointinfo.inquiries.report_tables import title
from pointinfo_ui.flow import Flow
from pointinfo_ui.forms import Choice, button
from pointinfo_ui.theme import Theme

Options = Mapping[Axis, tuple[tuple[str, str], ...]]


class FilterBar(QWidget):
    """Two lists and a way back. `chosen` says an `Only`, or None for all."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self._options: Options = {}
        _ = words.gettext
        self.axis = Choice([("", _("Sans filtre"))])
        self.axis.setAccessibleName(_("Filtrer par"))
        self.code = Choice([])
        self.code.setAccessibleName(_("Seulement"))
        self.all: QPushButton = button(_("Tout montrer"), "chip", _("Échap"))
        for field, width in ((self.axis, 175), (self.code, 205)):
            field.setFixedWidth(theme.size(width))
        line = Flow(self, gap=8)
        for part in (self.axis, self.code, self.all):
            line.addWidget(part)
        self.axis.chosen.connect(self._axis_chosen)
        self.code.chosen.connect(self._code_chosen)
        self.all.clicked.connect(lambda _on: self.chosen.emit(None))
        self.fill({}, None)

    def fill(self, options: Options, only: Only | None) -> None:
        """Show what can be chosen, and what is."""
        self._options = options
        _ = self._words.gettext
        able = [(axis, title(axis, self._words)) for axis in FILTERS if options.get(axis)]
        if only is not None and not options.get(only[0]):
            able.append((only[0], title(only[0], self._words)))
        self.axis.offer([("", _("Sans filtre")), *able])
        self.axis.fill(only[0] if only else "")
        self.axis.setEnabled(bool(able))
        if only is not None:
            self.code.offer(options.get(only[0], ()))
            self.code.fill(only[1])
        self.code.setVisible(only is not None)
        self.all.setVisible(only is not None)

    def _axis_chosen(self) -> None:
        """A criterion begins with its first code; the list beside it has the others."""
        axis = next((axis for axis in FILTERS if axis == self.axis.code), None)
        if axis is None:
            self.chosen.emit(None)
            return
        self.chosen.emit((axis, self._options[axis][0][0]))
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _code_chosen(self) -> None:
        axis = next(axis for axis in FILTERS if axis == self.axis.code)
        self.chosen.emit((axis, self.code.code))
