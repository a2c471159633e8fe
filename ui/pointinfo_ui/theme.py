"""How the window looks: colours, type and space, as one value that is handed down.

Colours are the tokens of the product's look; text and soft text keep 4.5:1 on both grounds (WCAG 2.2 AA, 1.4.3),
`edge`, what tells a field from its ground, 3:1 (1.4.11).
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from pointinfo import paths
from pointinfo_ui import contrast

FAMILY: Final = "Noto Sans"
Choice = Literal["auto", "light", "dark"]

_LIGHT: Final = {
    "table": "#F4F6F8",
    "sheet": "#FFFFFF",
    "ink": "#1A2026",
    "soft": "#55616D",
    "line": "#DCE2E8",
    "edge": "#7D8A97",
    "accent": "#0B5C7A",
    "accent_pale": "#E4F0F5",
    "on_accent": "#FFFFFF",
    "open": "#1B7340",
    "open_pale": "#E5F3EA",
    "soon": "#855300",
    "soon_pale": "#FBF0DC",
    "stop": "#A1242B",
    "stop_pale": "#FBE9EA",
    "found": "#FFF0B8",
}
_DARK: Final = {
    "table": "#13181C",
    "sheet": "#1B2126",
    "ink": "#E9EDF0",
    "soft": "#A9B4BE",
    "line": "#303941",
    "edge": "#6F7C89",
    "accent": "#6CBBD9",
    "accent_pale": "#173441",
    "on_accent": "#0E1A20",
    "open": "#6CC890",
    "open_pale": "#15301F",
    "soon": "#E5B566",
    "soon_pale": "#33270F",
    "stop": "#F08A8A",
    "stop_pale": "#3A1B1D",
    "found": "#5A4A12",
}


@dataclass(frozen=True)
class Theme:
    """One look: colours by token, and how large text is (`percent` of the normal size)."""

    dark: bool
    percent: int
    table: QColor
    sheet: QColor
    ink: QColor
    soft: QColor
    line: QColor
    edge: QColor
    accent: QColor
    accent_pale: QColor
    on_accent: QColor
    open: QColor
    open_pale: QColor
    soon: QColor
    soon_pale: QColor
    stop: QColor
    stop_pale: QColor
    found: QColor

    def size(self, pixels: float) -> int:
        """A text-bound measure at the chosen text size, in pixels."""
        return round(pixels * self.percent / 100)

    def font(self, pixels: float, weight: int = 400) -> QFont:
        """The face at `pixels` of the normal text size."""
        font = QFont(FAMILY)
        font.setPixelSize(self.size(pixels))
        font.setWeight(QFont.Weight(weight))
        return font

    def icon(self, name: str, colour: QColor, size: int = 22) -> QIcon:
        """An icon of `resources/icons`, drawn in `colour` (the SVGs say `currentColor`)."""
        return QIcon(self.pixmap(name, colour, size))

    def pixmap(self, name: str, colour: QColor, size: int = 22) -> QPixmap:
        """The same as a picture of `size` pixels at normal text size, sharp on dense screens."""
        file = paths.resources() / "icons" / f"{name}.svg"
        drawing = file.read_text(encoding="utf-8").replace("currentColor", colour.name())
        ratio = 2.0
        side = round(self.size(size) * ratio)
        picture = QPixmap(QSize(side, side))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def palette(self) -> QPalette:
        """Qt's own palette in these colours, for what no stylesheet reaches."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, colour in (
            (role.Window, self.table),
            (role.Base, self.sheet),
            (role.AlternateBase, self.table),
            (role.Button, self.sheet),
            (role.WindowText, self.ink),
            (role.Text, self.ink),
            (role.ButtonText, self.ink),
            (role.ToolTipBase, self.sheet),
            (role.ToolTipText, self.ink),
            (role.PlaceholderText, self.soft),
            (role.Highlight, self.accent),
            (role.HighlightedText, self.on_accent),
            (role.Link, self.accent),
            (role.Mid, self.line),
        ):
            palette.setColor(target, colour)
        for target in (role.Text, role.ButtonText, role.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.soft)
        return palette

    def stylesheet(self) -> str:
        """The one stylesheet: widgets choose their part by the properties `role`, `kind`, `panel`, `tile`."""
        values = {name: getattr(self, name).name() for name in _LIGHT}
        values |= {f"s{pixels}": f"{self.size(pixels)}px" for pixels in range(1, 61)}
        values["family"] = FAMILY
        arrow = "chevron-dark" if self.dark else "chevron-light"
        values["chevron"] = (paths.resources() / "icons" / f"{arrow}.svg").as_posix()
        tick = "check-dark" if self.dark else "check-light"
        values["tick"] = (paths.resources() / "icons" / f"{tick}.svg").as_posix()
        sheet = _STYLE
        for name in sorted(values, key=len, reverse=True):
            sheet = sheet.replace(f"${name}", values[name])
        return sheet


_STYLE: Final = """
* { font-family: "$family"; font-size: $s15; color: $ink; }
QMainWindow, QDialog, #page { background: $table; }
QToolTip { background: $sheet; color: $ink; border: 1px solid $line; padding: 6px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: $s24; font-weight: 700; }
QLabel[role="heading"] { font-size: $s16; font-weight: 700; }
QLabel[role="lead"] { color: $soft; font-size: $s16; }
QLabel[role="label"] { color: $soft; font-weight: 600; }
QLabel[role="meta"] { color: $soft; font-size: $s13; }
QLabel[role="figure"] { font-size: $s28; font-weight: 700; }
QLabel[role="big"] { font-size: $s18; font-weight: 600; }
QLabel[role="mark"] { color: $accent; font-size: $s13; font-weight: 600; }
QLabel[role="remark"] { color: $soon; font-size: $s13; }
QLabel[role="error"] { color: $stop; font-size: $s13; }
QLabel[role="warning"] { color: $stop; font-weight: 600; }
QLabel[role="page"] { border: 1px solid $line; background: white; }
QLabel[state="open"] { color: $open; }
QLabel[state="closed"] { color: $soon; }
QLabel[state="appointment"] { color: $soon; }
QLabel[state="unknown"] { color: $soft; }
QFrame[panel="true"] { background: $sheet; border: 1px solid $line; border-radius: 12px; }
QFrame[tile="plain"] { background: $table; border: none; border-radius: 10px; }
QFrame[tile="open"] { background: $open_pale; border: none; border-radius: 10px; }
QFrame[tile="closed"], QFrame[tile="appointment"] { background: $soon_pale; border: none; border-radius: 10px; }
QFrame[tile="unknown"] { background: $table; border: none; border-radius: 10px; }
QFrame[tile="note"] { background: $accent_pale; border: none; border-radius: 10px; }
QFrame[tile="warning"] { background: $stop_pale; border: none; border-radius: 10px; }
QFrame[tile="chosen"] { background: $accent_pale; border: 1px solid $accent; border-radius: 10px; }
QFrame[field="true"] { border: 2px solid transparent; border-radius: 10px; }
QFrame[field="true"]:focus { border: 2px solid $accent; }
QFrame[tile="toast"] { background: $ink; border: none; border-radius: 10px; }
QFrame[tile="toast"] QLabel { color: $sheet; }
QFrame[tile="toast"] QPushButton { background: transparent; color: $sheet; border: 1px solid $soft; }
QFrame[panel="internal"] { background: $soon_pale; border: 1px solid $line; border-radius: 12px; }
QFrame[rule="true"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QPushButton { background: $sheet; border: 1px solid $line; border-radius: 8px; padding: $s7 $s14;
    font-weight: 600; min-height: $s22; }
QPushButton:hover { background: $accent_pale; }
QPushButton:focus { border: 2px solid $accent; padding: $s6 $s13; }
QPushButton:disabled { color: $soft; background: $table; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 2px solid $accent; padding: $s6 $s13; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $line; color: $soft; border: 2px solid $line; }
QPushButton[kind="quiet"] { background: transparent; border: 2px solid transparent; padding: $s4; color: $accent; }
QPushButton[kind="quiet"][listed="true"] { text-align: left; padding: $s4 $s10; }
QPushButton[kind="quiet"]:hover { background: $accent_pale; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="index"] { background: transparent; border: 2px solid transparent; padding: $s4 $s10;
    text-align: left; font-weight: 400; font-size: $s14; }
QPushButton[kind="index"]:hover { background: $accent_pale; }
QPushButton[kind="index"]:checked { background: $accent_pale; color: $accent; font-weight: 600; }
QPushButton[kind="index"]:focus { border: 2px solid $accent; }
QPushButton[kind="side"] { text-align: left; font-weight: 400; padding: $s8 $s14; }
QPushButton[kind="side"]:focus { padding: $s7 $s13; }
QPushButton[kind="side"]:checked { background: $accent_pale; border: 2px solid $accent; padding: $s7 $s13; }
QPushButton[kind="chip"] { border-radius: $s15; padding: $s4 $s11; min-height: $s22; font-size: $s13; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: $s3 $s10; }
QPushButton[kind="chip"]:checked { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[kind="chip"][listed="true"] { text-align: left; }
QPushButton[kind="chip"]:checked:focus { border: 2px solid $ink; }
QToolButton[kind="rail"] { background: transparent; border: 2px solid transparent; border-radius: 10px;
    padding: 0; font-size: $s13; font-weight: 600; color: $soft; }
QToolButton[kind="rail"]:hover { background: $accent_pale; }
QToolButton[kind="rail"]:checked { background: $accent_pale; color: $accent; }
QToolButton[kind="rail"]:focus { border: 2px solid $accent; }
QPushButton[kind="field"] { text-align: left; font-weight: 400; border: 1px solid $edge; border-radius: 8px;
    padding: $s4 $s10; }
QPushButton[kind="field"]:disabled { border: 1px solid $line; }
QPushButton[kind="field"]:focus { border: 2px solid $accent; padding: $s3 $s9; }

QLineEdit, QPlainTextEdit, QSpinBox, QComboBox, QDateEdit { background: $sheet; border: 1px solid $edge;
    border-radius: 8px; padding: $s4 $s10; min-height: $s22; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QComboBox:focus, QDateEdit:focus {
    border: 2px solid $accent; padding: $s3 $s9; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled, QDateEdit:disabled {
    background: $table; color: $soft; border: 1px solid $line; }
QLineEdit { placeholder-text-color: $soft; }
QLineEdit[wrong="true"] { border: 2px solid $stop; padding: $s3 $s9; }
QLineEdit#search { font-size: $s18; border: 2px solid $edge; border-radius: 10px; padding: $s8 $s12 $s8 $s6;
    min-height: $s26; }
QLineEdit#search:focus { border: 2px solid $accent; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: $s24; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url($chevron); width: $s10; height: $s10; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QComboBox QAbstractItemView { background: $sheet; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $accent_pale; selection-color: $ink; }
QComboBox QAbstractItemView::item { min-height: $s32; padding: 0 $s8; }
QCheckBox { spacing: $s8; }
QCheckBox::indicator { width: $s16; height: $s16; border: 1px solid $edge; border-radius: 4px; background: $sheet; }
QCheckBox::indicator:checked { border: 1px solid $accent; background: $accent; image: url($tick); }
QCheckBox:focus { color: $accent; }
QCheckBox::indicator:focus { border: 2px solid $accent; width: $s14; height: $s14; }
QMenu { background: $sheet; border: 1px solid $line; border-radius: 8px; padding: 6px; }
QMenu::item { padding: $s7 $s20 $s7 $s12; border-radius: 6px; }
QMenu::item:selected { background: $accent_pale; color: $ink; }
QMenu::item:disabled { color: $soft; }
QMenu::indicator { width: $s14; height: $s14; padding-left: $s6; }

QListView, QTableView, QScrollArea { background: transparent; border: none; outline: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QTableView { gridline-color: $line; selection-background-color: $accent_pale; selection-color: $ink; }
QHeaderView::section { background: $sheet; color: $soft; border: none; border-bottom: 1px solid $line;
    padding: $s6 $s8; font-weight: 600; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 4px 2px 4px 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 4px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $soft; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px 4px 2px 4px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 4px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
#rail { background: $sheet; border: none; border-right: 1px solid $line; }
QProgressBar { border: none; background: $line; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""


def make(choice: Choice, percent: int) -> Theme:
    """The look a counter has chosen; «auto» follows the system. High contrast asked of the system comes first."""
    forced = contrast.forced_palette()
    if forced is not None:
        return Theme(dark=contrast.is_dark(forced), percent=percent, **contrast.tokens(forced))
    dark = choice == "dark" or (choice == "auto" and _system_is_dark())
    tokens = _DARK if dark else _LIGHT
    return Theme(dark=dark, percent=percent, **{name: QColor(value) for name, value in tokens.items()})


def dress(app: QApplication, theme: Theme) -> None:
    """Put the look on the whole application, fonts included."""
    _load_fonts()
    app.setStyle("Fusion")
    app.setFont(theme.font(15))
    app.setPalette(theme.palette())
    sheet = theme.stylesheet()
    if app.styleSheet() != sheet:  # setting it makes Qt look at every living widget again
        app.setStyleSheet(sheet)


@cache
def _load_fonts() -> None:
    """Once a process: Qt keeps each loading, and every further one slows the next."""
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
