"""Rows of text in a list: a heading, its state, a few lines below, found words marked. Painted, not widgets."""

from typing import Final, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pointinfo.directory.freshness import Trust
from pointinfo.i18n import typeset
from pointinfo_ui.theme import Theme
from pointinfo_ui.trust_light import DOT, paint_dot

Index = QModelIndex | QPersistentModelIndex
Spans = tuple[tuple[int, int], ...]

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Answers a row's `RowText`."""


class RowText(NamedTuple):
    """What a row shows. `tone` colours the state (open, closed, appointment, unknown); spans mark found words.

    `trust` is a dot before the words of `light`, at the end of the meta line. `over` is a heading that begins here.
    """

    heading: str
    heading_spans: Spans = ()
    state: str = ""
    tone: str = ""
    body: str = ""
    body_spans: Spans = ()
    meta: str = ""
    struck: bool = False
    trust: Trust | None = None
    light: str = ""
    over: str = ""

    def sentence(self) -> str:
        """The row read aloud."""
        return ". ".join(
            part for part in (self.over, self.heading, self.state, self.body, self.meta, self.light) if part
        )


class _Laid(NamedTuple):
    """The parts of a row with their tops; a state that would squeeze the heading has a line of its own."""

    heading: QTextLayout
    state_top: float
    body: QTextLayout | None
    body_top: float
    meta_top: float
    height: int


class RowDelegate(QStyledItemDelegate):
    """Paints `RowText` rows. A heading may take two lines, a body two; nothing is cut without an ellipsis."""

    PAD: Final = 16

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self._laid: dict[tuple[RowText, int], _Laid] = {}
        self._fonts = {
            "heading": theme.font(15, 600),
            "state": theme.font(13, 600),
            "body": theme.font(14),
            "meta": theme.font(13),
        }
        self._metrics = {name: QFontMetricsF(font) for name, font in self._fonts.items()}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its text at the list's width."""
        row = index.data(ROW_ROLE)
        width = self._view.viewport().width()
        if row is None:
            return QSize(width, 44)
        return QSize(width, self._lay(row, width).height + (self._over_height if row.over else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, heading and state, body, meta, rule."""
        row: RowText | None = index.data(ROW_ROLE)
        if row is None:
            return
        theme = self._theme
        rect: QRect = option.rect
        state = option.state
        painter.save()
        if row.over:
            rect = self._paint_over(painter, row.over, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.accent_pale)
            edge = rect.right() - 3 if self._mirrored else rect.left()
            painter.fillRect(QRect(edge, rect.top(), 4, rect.height()), theme.accent)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)
        laid = self._lay(row, rect.width())
        left, top = rect.left() + self.PAD, rect.top() + 12.0
        painter.setPen(theme.soft if row.struck else theme.ink)
        laid.heading.draw(painter, QPointF(left, top))
        if row.state:
            beside = laid.state_top == 0
            place = QRectF(left, top + laid.state_top, rect.width() - 2 * self.PAD, self._metrics["heading"].height())
            side = Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft  # mirrored by the painter
            painter.setFont(self._fonts["state"])
            painter.setPen(self._tone(row.tone))
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, row.state)
        if laid.body is not None:
            painter.setPen(theme.soft)
            laid.body.draw(painter, QPointF(left, top + laid.body_top))
        if row.meta or row.light:
            self._paint_meta(painter, row, QPointF(left, top + laid.meta_top), rect.width() - 2 * self.PAD)
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    @property
    def _over_height(self) -> int:
        return round(self._metrics["state"].height()) + 20

    def _paint_over(self, painter: QPainter, text: str, rect: QRect) -> QRect:
        """The heading that begins with a row, on the list's own ground; the rectangle that is left to the row."""
        rest = rect.adjusted(0, self._over_height, 0, 0)
        place = QRectF(rect.adjusted(self.PAD, 12, -self.PAD, 0))
        place.setHeight(self._metrics["state"].height())
        painter.setFont(self._fonts["state"])
        painter.setPen(self._theme.accent)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QPen(self._theme.line, 1))
        painter.drawLine(rest.left(), rest.top() - 1, rest.right(), rest.top() - 1)
        return rest

    @property
    def _mirrored(self) -> bool:
        """Whether the interface reads from right to left."""
        return self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _paint_meta(self, painter: QPainter, row: RowText, at: QPointF, width: float) -> None:
        """The soft line, the light at its end: where there is no room for both, what stands before it is cut."""
        metrics, theme = self._metrics["meta"], self._theme
        painter.setFont(self._fonts["meta"])
        painter.setPen(theme.soft)
        dot = float(theme.size(DOT))
        light = metrics.elidedText(row.light, Qt.TextElideMode.ElideRight, width - dot - 6)
        taken = dot + 6 + metrics.horizontalAdvance(light) + 14 if light else 0.0
        meta = metrics.elidedText(row.meta, Qt.TextElideMode.ElideRight, width - taken)
        if len(meta) < 4 and meta != row.meta:
            meta = ""  # a word of three letters says nothing
        painter.drawText(at + QPointF(0, metrics.ascent()), meta)
        if row.trust is None:
            return
        start = at + QPointF(metrics.horizontalAdvance(meta) + 14 if meta else 0, 0)
        paint_dot(painter, row.trust, theme, start + QPointF(dot / 2, metrics.height() / 2), dot * 0.8)
        painter.drawText(start + QPointF(dot + 6, metrics.ascent()), light)

    def _lay(self, row: RowText, width: int) -> _Laid:
        laid = self._laid.get((row, width))
        if laid is None:
            if len(self._laid) > 400:
                self._laid.clear()
            laid = self._laid[row, width] = self._lay_out(row, width)
        return laid

    def _lay_out(self, row: RowText, width: int) -> _Laid:
        inner = width - 2 * self.PAD
        state = self._metrics["state"].horizontalAdvance(row.state) + 12 if row.state else 0.0
        beside = inner - state >= inner * 0.5
        first_width = inner - state if beside else inner
        heading = self._text(
            row.heading, row.heading_spans, "heading", inner, first_width=first_width, struck=row.struck
        )
        y = heading.boundingRect().height() + 2
        state_top = 0.0
        if row.state and not beside:
            state_top = y
            y += self._metrics["heading"].height()
        body_top = y
        body = None
        if row.body:
            body = self._text(row.body, row.body_spans, "body", inner)
            y += body.boundingRect().height() + 2
        meta_top = y
        if row.meta or row.light:
            y += self._metrics["meta"].height()
        return _Laid(heading, state_top, body, body_top, meta_top, max(44, round(y + 24)))

    def _text(
        self,
        text: str,
        spans: Spans,
        font: str,
        width: float,
        first_width: float = 0.0,
        *,
        struck: bool = False,
    ) -> QTextLayout:
        """`text` on at most two lines, the rest behind an ellipsis; the first may be shorter."""
        layout = self._lined(text, spans, font, width, first_width, struck=struck)
        if layout.lineCount() <= 2:
            return layout
        second = layout.lineAt(1)
        start, fits = second.textStart(), width
        rest = self._metrics[font].elidedText(text[start:], Qt.TextElideMode.ElideRight, fits - 2)
        kept = tuple((a, b) for a, b in spans if b <= start + len(rest) - 1)
        return self._lined(text[:start] + rest, kept, font, width, first_width, struck=struck, most=2)

    def _lined(
        self,
        text: str,
        spans: Spans,
        font: str,
        width: float,
        first_width: float,
        *,
        struck: bool,
        most: int = 3,
    ) -> QTextLayout:
        layout = QTextLayout(typeset(text), self._fonts[font])
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self._mirrored:
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setTextOption(option)
        layout.setFormats(self._formats(text, spans, struck=struck))
        layout.beginLayout()
        y = 0.0
        for number in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            room = max(40.0, first_width) if number == 0 and first_width else width
            line.setLineWidth(room)
            line.setPosition(QPointF(width - room if self._mirrored else 0, y))
            y += line.height()
        layout.endLayout()
        return layout

    def _formats(self, text: str, spans: Spans, *, struck: bool) -> list[QTextLayout.FormatRange]:
        formats = []
        for start, end in spans:
            found = QTextLayout.FormatRange()
            found.start, found.length = start, end - start
            mark = QTextCharFormat()
            mark.setBackground(self._theme.found)
            mark.setForeground(self._theme.ink)
            found.format = mark
            formats.append(found)
        if struck:
            whole = QTextLayout.FormatRange()
            whole.start, whole.length = 0, len(text)
            line = QTextCharFormat()
            line.setFontStrikeOut(True)
            whole.format = line
            formats.append(whole)
        return formats

    def _tone(self, tone: str) -> object:
        theme = self._theme
        return {"open": theme.open, "closed": theme.soon, "appointment": theme.soon}.get(tone, theme.soft)


def list_rows(view: QListView, model: QAbstractItemModel, theme: Theme, name: str) -> None:
    """Let a list show the rows of a model: called by this name, as high as they need, scrolled smoothly, not edited."""
    view.setAccessibleName(name)
    view.setModel(model)
    view.setItemDelegate(RowDelegate(theme, view))
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
