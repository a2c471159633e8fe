"""How a table is read, in one line: its encoding and delimiter or its sheet, changed where the guess was wrong."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from pointinfo.directory.exchange.mapping import Mapping
from pointinfo.directory.exchange.tables import Table
from pointinfo.i18n import Words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, above, button, column, label
from pointinfo_ui.theme import Theme

ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "mac-roman": "Mac Roman",
    "cp850": "DOS (CP850)",
}
"""By Python's name; what a list from this part of the world is written in."""


class ReadingLine(QWidget):
    """The line, and behind «Modifier…» its choices. Says `reread` when the file shall be read as they say."""

    reread = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        _ = words.gettext
        self._words = words
        self._delimiters = {
            ";": _("point-virgule"),
            ",": _("virgule"),
            "\t": _("tabulation"),
            "|": _("barre verticale"),
        }
        lines = column(self, margins=0, spacing=10)
        self.told = label("", "meta", wrap=False)
        self.change_button = button(_("Modifier…"), "quiet")
        self.change_button.setCheckable(True)
        self.change_button.setAccessibleDescription(_("L’encodage, le séparateur ou la feuille"))
        self.change_button.toggled.connect(self._unfold)
        lines.addWidget(flowing(self.told, self.change_button))
        self.encoding = Choice(ENCODINGS.items())
        self.delimiter = Choice(self._delimiters.items())
        self.sheet = Choice(())
        self._fields = {
            self.encoding: above(_("Encodage"), self.encoding),
            self.delimiter: above(_("Séparateur"), self.delimiter),
            self.sheet: above(_("Feuille"), self.sheet),
        }
        for each in self._fields.values():
            each.setFixedWidth(theme.size(220))
        self.reread_button = button(_("Relire le fichier"))
        self.reread_button.clicked.connect(lambda _on: self.reread.emit())
        self._choices = QFrame()
        self._choices.setProperty("tile", "plain")
        inside = column(self._choices, margins=14, spacing=12)
        inside.addWidget(flowing(*self._fields.values(), gap=16))
        hint = _("Si des lettres ou des colonnes sont fausses, choisissez autrement et relisez le fichier.")
        inside.addWidget(label(hint, "meta"))
        inside.addWidget(flowing(self.reread_button))
        self._choices.hide()
        lines.addWidget(self._choices)

    def show_table(self, title: str, table: Table | None, rows: int | None) -> None:
        """Say what a file is: its format, how its table is read, its number of rows where that is known."""
        words = self._words
        told = [title]
        if table is not None and table.sheet:
            told.append(words.gettext("feuille «{name}»").format(name=table.sheet))
            self.sheet.offer((name, name) for name in table.sheets)
            self.sheet.fill(table.sheet)
        elif table is not None:
            encoding = table.encoding if table.encoding in ENCODINGS else table.encoding[:6]  # utf-16-le
            told += [ENCODINGS.get(encoding, table.encoding), self._delimiters.get(table.delimiter, table.delimiter)]
            self.encoding.fill(encoding)
            self.delimiter.fill(table.delimiter)
        if rows is not None:
            told.append(words.ngettext("{count} ligne", "{count} lignes", rows).format(count=rows))
        self.told.setText(" · ".join(told))
        is_workbook = table is not None and bool(table.sheet)
        self._fields[self.encoding].setVisible(not is_workbook)
        self._fields[self.delimiter].setVisible(not is_workbook)
        self._fields[self.sheet].setVisible(is_workbook)
        is_certain = table is None or len(table.sheets) == 1
        self.change_button.setVisible(not is_certain)
        if is_certain:
            self.change_button.setChecked(False)

    def close_choices(self) -> None:
        """Fold the choices away."""
        self.change_button.setChecked(False)

    def chosen(self, mapping: Mapping) -> dict[str, str]:
        """What the choices say, for a `Mapping`; what it says already where nobody looked at them."""
        if not self.change_button.isChecked():
            return {"encoding": mapping.encoding, "delimiter": mapping.delimiter, "sheet": mapping.sheet}
        if not self._fields[self.sheet].isHidden():
            return {"encoding": "", "delimiter": "", "sheet": self.sheet.code}
        return {"encoding": self.encoding.code, "delimiter": self.delimiter.code, "sheet": ""}

    def _unfold(self, on: bool) -> None:
        self._choices.setVisible(on)
        if on:
            first = next(choice for choice, field in self._fields.items() if not field.isHidden())
            first.setFocus(Qt.FocusReason.OtherFocusReason)
