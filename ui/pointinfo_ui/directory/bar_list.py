"""Figures with names as lying bars, each one a row to be chosen: what stands behind it is shown on Enter or a click."""

from typing import Any, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
BAR_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAP: Final = Qt.TextFlag.TextWordWrap


class Bar(NamedTuple):
    """One figure: its code, its name, its size, how it is written. `tone` is a colour of the look."""

    code: str
    name: str
    size: float
    value: str
    tone: str = "accent"


class BarsModel(QAbstractListModel):
    """The bars of one chart."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: list[Bar] = []

    def show(self, bars: list[Bar]) -> None:
        """Show these figures."""
        self.beginResetModel()
        self._bars = bars
        self.endResetModel()

    def bar(self, row: int) -> Bar | None:
        """The figure in a row."""
        return self._bars[row] if 0 <= row < len(self._bars) else None

    @property
    def bars(self) -> list[Bar]:
        """All figures."""
        return self._bars

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._bars)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        bar = self.bar(index.row()) if index.isValid() else None
        if bar is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return bar.name
        if role == BAR_ROLE:
            return bar
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{bar.name}. {bar.value}"
        return None


class BarList(QListView):
    """All bars at once: the page scrolls, not the chart. Says `chosen` (a code) when one is to be looked behind."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, full: float = 0) -> None:
        """`full` is the size of a bar that takes all the room, 0 for that of the largest."""
        super().__init__()
        self.bars_model = BarsModel()
        self.setModel(self.bars_model)
        self.setAccessibleName(name)
        self._painter = _BarDelegate(theme, self, full)
        self.setItemDelegate(self._painter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._tell)
        self.clicked.connect(self._tell)

    def show_bars(self, bars: list[Bar]) -> None:
        """Draw these figures."""
        row = self.currentIndex().row()
        self.bars_model.show(bars)
        self._fit()
        if 0 <= row < len(bars):
            self.setCurrentIndex(self.bars_model.index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap, so a narrow chart is higher."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        heights = (self._painter.height(bar, self.viewport().width()) for bar in self.bars_model.bars)
        self.setFixedHeight(max(1, sum(heights)) + 2)

    def _tell(self, index: Index) -> None:
        bar = self.bars_model.bar(index.row())
        if bar is not None:
            self.chosen.emit(bar.code)


class _BarDelegate(QStyledItemDelegate):
    """The name before, the bar, its value behind."""

    def __init__(self, theme: Theme, view: BarList, full: float) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._full = full
        self._names = QFontMetricsF(theme.font(14))
        self._values = QFontMetricsF(theme.font(14, 600))

    def height(self, bar: Bar, width: int) -> int:
        """As high as its name on however many lines."""
        box = QRectF(0, 0, self._name_width(width), 999)
        text = self._names.boundingRect(box, int(_LEFT | _WRAP), bar.name)
        return max(self._theme.size(34), round(text.height()) + self._theme.size(12))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The chart's width."""
        bar: Bar | None = index.data(BAR_ROLE)
        width = self._view.viewport().width()
        return QSize(width, self.height(bar, width) if bar else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, name, bar, value."""
        bar: Bar | None = index.data(BAR_ROLE)
        if bar is None:
            return
        theme = self._theme
        rect: QRect = option.rect
        gap = theme.size(14)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_pale)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)
        if focused:
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)
        left, names = rect.left() + theme.size(8), self._name_width(rect.width())
        painter.setFont(theme.font(14))
        painter.setPen(theme.ink)
        painter.drawText(QRectF(left, rect.top(), names, rect.height()), int(_LEFT | _WRAP), bar.name)
        values = self._value_width()
        start = left + names + gap
        room = max(10.0, rect.right() - start - values - gap - theme.size(8))
        length = room * bar.size / self._most()
        thick = theme.size(14)
        top = rect.center().y() + 0.5 - thick / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(theme, bar.tone) if bar.size else theme.line)
        painter.drawRoundedRect(QRectF(start, top, max(3.0, length), thick), 4, 4)
        painter.setFont(theme.font(14, 600))
        painter.setPen(theme.ink if bar.size else theme.soft)
        painter.drawText(
            QRectF(rect.right() - values - theme.size(8), rect.top(), values, rect.height()), _LEFT, bar.value
        )
        painter.restore()

    def _most(self) -> float:
        return self._full or max((bar.size for bar in self._view.bars_model.bars), default=0) or 1

    def _name_width(self, width: int) -> float:
        widest = max((self._names.horizontalAdvance(bar.name) for bar in self._view.bars_model.bars), default=0.0)
        return min(widest + 4, width * 0.46)

    def _value_width(self) -> float:
        return max((self._values.horizontalAdvance(bar.value) for bar in self._view.bars_model.bars), default=0.0) + 4
