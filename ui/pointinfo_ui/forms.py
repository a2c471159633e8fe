"""Fields of a form: each with its label, its buddy, its accessible name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)


def label(text: str, role: str = "body", *, wrap: bool = True) -> QLabel:
    """A text in one of the look's roles: title, heading, lead, label, meta, figure, big, error, body."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def button(text: str, kind: str = "plain", shortcut: str = "") -> QPushButton:
    """A button; its key stands beside its text."""
    made = QPushButton()
    say(made, text, shortcut)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def say(made: QPushButton, text: str, shortcut: str = "") -> None:
    """What a button says, its key beside it."""
    made.setText(f"{text}   {shortcut}" if shortcut else text)
    made.setAccessibleName(text)


def panel() -> QFrame:
    """A white sheet on the table."""
    made = QFrame()
    made.setProperty("panel", True)
    return made


def rule() -> QFrame:
    """A thin line between parts."""
    made = QFrame()
    made.setProperty("rule", True)
    return made


def field(grid: QGridLayout, row: int, text: str, widget: QWidget, help_text: str = "") -> QLabel:
    """Put a labelled field in `row` (two columns); returns the line under it, for help and for what is wrong."""
    name = label(text, "label", wrap=False)
    name.setBuddy(widget)
    widget.setAccessibleName(text)
    if help_text:
        widget.setAccessibleDescription(help_text)
    line = label(help_text, "meta")
    grid.addWidget(name, row * 2, 0, Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(widget, row * 2, 1)
    grid.addWidget(line, row * 2 + 1, 1)
    line.setVisible(bool(help_text))  # once it has a parent: without one it would be a window
    return line


def above(text: str, widget: QWidget, help_line: QLabel | None = None) -> QWidget:
    """A field with its label above, for narrow columns; `help_line` stands below."""
    name = label(text, "label", wrap=False)
    name.setBuddy(widget)
    widget.setAccessibleName(text)
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(name)
    layout.addWidget(widget)
    if help_line is not None:
        layout.addWidget(help_line)
    return made


class Choice(QComboBox):
    """One of a list of codes; the first line may be «not said». The wheel scrolls the page, not the value.

    `past` has the words of codes that are offered no more.
    """

    chosen = Signal()

    def __init__(self, options: Iterable[tuple[str, str]], past: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__()
        self._past = past
        for code, text in options:
            self.addItem(text, code)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _index: self.chosen.emit())

    @property
    def code(self) -> str:
        """The chosen code."""
        return str(self.currentData() or "")

    def fill(self, code: str) -> None:
        """Show `code` without saying that anyone chose it; a code the list lacks is added."""
        with QSignalBlocker(self):
            index = self.findData(code)
            if index < 0:
                self.addItem(self._past.get(code, code), code)
                index = self.count() - 1
            self.setCurrentIndex(index)

    def offer(self, options: Iterable[tuple[str, str]], past: Mapping[str, str] = MappingProxyType({})) -> None:
        """Offer other codes, keeping what is chosen where it still is among them, else the first."""
        self._past = past
        with QSignalBlocker(self):
            before = self.code
            self.clear()
            for code, text in options:
                self.addItem(text, code)
            if before in past:
                self.fill(before)
            else:
                self.setCurrentIndex(max(0, self.findData(before)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What does not fit ends in an ellipsis; the tip says it whole."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        whole = option.currentText
        option.currentText = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
        self.setToolTip(whole if option.currentText != whole else "")
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class Choices(QPushButton):
    """Up to `most` of a list of codes, ticked in a menu; `alone` is a code that goes with no other.

    `past` has the words of codes that are offered no more.
    """

    chosen = Signal()

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        most: int,
        unsaid: str,
        alone: str = "",
        past: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self._past = past
        self._most, self._unsaid, self._alone = most, unsaid, alone
        self._order: list[str] = []
        self._actions: dict[str, QAction] = {}
        self.setProperty("kind", "field")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.menu_view = QMenu(self)
        for code, text in options:
            self._add(code, text)
        self.clicked.connect(self.open)
        self._show()

    def open(self) -> None:
        """Open the list below the field; arrows and Enter tick, Escape closes."""
        self.menu_view.setMinimumWidth(self.width())
        self.menu_view.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the down arrow open the list too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and not event.modifiers():
            self.open()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit stands behind an ellipsis; the tip says it whole."""
        super().resizeEvent(event)
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, with the mark of a list at its right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chevron(painter, self.rect(), self.palette().buttonText().color(), self.fontMetrics().height())

    @property
    def codes(self) -> tuple[str, ...]:
        """The chosen codes, in the order they were chosen."""
        return tuple(self._order)

    def fill(self, codes: Iterable[str]) -> None:
        """Show `codes` without saying that anyone chose them; a code the list lacks is added."""
        self._order = list(codes)
        for code in self._order:
            if code not in self._actions:
                self._add(code, self._past.get(code, code))
        self._show()

    def offer(self, options: Iterable[tuple[str, str]], past: Mapping[str, str]) -> None:
        """Offer other codes, keeping what is chosen."""
        self._past = past
        self.menu_view.clear()
        self._actions = {}
        for code, text in options:
            self._add(code, text)
        self.fill(self._order)

    def _add(self, code: str, text: str) -> None:
        action = self.menu_view.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(self._toggler(code))
        self._actions[code] = action

    def _toggler(self, code: str) -> Callable[[bool], None]:
        def toggle(on: bool) -> None:
            self._order = [known for known in self._order if known != code]
            if on:
                if self._alone in (code, *self._order):
                    self._order = []
                room = self._most - 1
                self._order = [*(self._order[-room:] if room else []), code]
            self._show()
            self.chosen.emit()

        return toggle

    def _show(self) -> None:
        for code, action in self._actions.items():
            with QSignalBlocker(action):
                action.setChecked(code in self._order)
        said = ", ".join(self._actions[code].text() for code in self._order)
        metrics = self.fontMetrics()
        room = max(40, self.width() - 3 * metrics.height())
        self.setText(metrics.elidedText(said or self._unsaid, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(said)
        self.setAccessibleDescription(said or self._unsaid)


class Number(QSpinBox):
    """A small number; typed or stepped with the arrows."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self.setRange(least, most)
        self.lineEdit().setTextMargins(8, 0, 0, 0)
        self.lineEdit().setStyleSheet("border: none; background: transparent; padding: 0;")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fill(self, value: int) -> None:
        """Show `value` without saying that anyone chose it."""
        with QSignalBlocker(self):
            self.setValue(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def column(parent: QWidget, *, margins: int = 20, spacing: int = 14) -> QVBoxLayout:
    """A vertical layout with the look's air."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    return layout


def paint_chevron(painter: QPainter, rect: QRect, colour: QColor, height: int) -> None:
    """The mark of a list to open, at the end of `rect`; `height` is that of the text beside it."""
    side = height * 0.22
    from_end = height * 0.75
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    middle = QPointF(rect.left() + from_end if mirrored else rect.right() - from_end, rect.center().y() + 1.0)
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(
        [middle + QPointF(-side, -side / 2), middle + QPointF(0, side / 2), middle + QPointF(side, -side / 2)]
    )


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout for good."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
