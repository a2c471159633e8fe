"""The handbook (Shift+F1): the pages of `resources/help`, read in the window and without a network."""

import re
from pathlib import Path
from typing import Any, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QTextBrowser, QWidget

from pointinfo import paths
from pointinfo.i18n import Words, held_together
from pointinfo_ui.overlay import Overlay
from pointinfo_ui.rows import ROW_ROLE, RowText, list_rows
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()

HEADINGS: Final = {1: 24, 2: 17}
"""Text size of a heading by its level, in pixels at normal text size."""
LINE: Final = 118
"""Line height in percent of the face's own."""
PADDING: Final = 14
"""Between the edge of a ground and its words, in pixels at normal text size."""
JOINER: Final = "\u2060"
"""Unicode's word joiner: no line breaks here. Never in what is copied."""
HANGING: Final = 24
"""How far the second line of a long command stands in, in pixels at normal text size."""


class Page(NamedTuple):
    """One page of the handbook; its title is its first line."""

    name: str
    title: str
    markdown: str


def pages(language: str) -> tuple[Page, ...]:
    """The pages in `language`, in reading order; in French where nobody has written them in that language."""
    folder = paths.resources() / "help" / language
    if not folder.is_dir():
        folder = paths.resources() / "help" / "fr"
    return tuple(_page(file) for file in sorted(folder.glob("*.md")))


def _page(file: Path) -> Page:
    markdown = file.read_text(encoding="utf-8")
    title = markdown.partition("\n")[0].removeprefix("# ").strip()
    return Page(file.name, title, markdown)


class PagesModel(QAbstractListModel):
    """The table of contents."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._pages = pages(words.language)

    def page(self, row: int) -> Page | None:
        """The page in a row."""
        return self._pages[row] if 0 <= row < len(self._pages) else None

    def row_of(self, name: str) -> int:
        """Where the page of this file stands, -1 when there is none."""
        return next((row for row, page in enumerate(self._pages) if page.name == name), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        page = self.page(index.row()) if index.isValid() else None
        if page is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return page.title
        if role == ROW_ROLE:
            return RowText(page.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            _ = self._words.gettext
            place = _("Page {number} sur {count}").format(number=index.row() + 1, count=len(self._pages))
            return f"{page.title}. {place}"
        return None


class Handbook(Overlay):
    """How everything works, on a few pages."""

    def __init__(self, over: QWidget, words: Words, theme: Theme) -> None:
        _ = words.gettext
        super().__init__(over, _("Mode d’emploi"), theme, 1040, 760)
        self.shut_button = self.add_head(_("Mode d’emploi"), words)
        self.model = PagesModel(words)
        self.list = QListView()
        list_rows(self.list, self.model, theme, _("Pages du mode d’emploi"))
        self.text = _Reader(theme)
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._show(now.row()))
        self.text.anchorClicked.connect(self._follow)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        sides.addWidget(self.list, 2)
        sides.addWidget(self.text, 5)
        self.body.addLayout(sides, 1)
        self.stops = [self.list, self.text, self.shut_button]

    def open(self) -> None:
        """Show the page last read."""
        if not self.list.currentIndex().isValid():
            self.choose(0)
        super().open()

    def choose(self, row: int) -> None:
        """Turn to a page."""
        self.list.setCurrentIndex(self.model.index(row, 0))

    def _show(self, row: int) -> None:
        page = self.model.page(row)
        if page is not None:
            self.text.show_page(page)

    def _follow(self, target: QUrl) -> None:
        """A link leads to another page; nothing is ever fetched."""
        row = self.model.row_of(target.fileName())
        if row >= 0:
            self.choose(row)


class _Reader(QTextBrowser):
    """One page, set in the theme's type and colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grounds: list[tuple[QTextBlock, QTextBlock]] = []
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(
            "QTextBrowser { background: transparent; border: 2px solid transparent; border-radius: 10px; }"
            f"QTextBrowser:focus {{ border-color: {theme.accent.name()}; }}"
        )
        self.document().setDocumentMargin(theme.size(16))
        self.document().setDefaultFont(theme.font(15))

    def show_page(self, page: Page) -> None:
        """Show `page` from its top."""
        self.document().setMarkdown(_bound(page.markdown), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        self.setAccessibleName(page.title)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: neither from the network nor from the disk."""
        return None

    def createMimeDataFromSelection(self) -> QMimeData:
        """A copied command works in a terminal: plain text, without our joiners."""
        copied = QMimeData()
        copied.setText(self.textCursor().selection().toPlainText().replace(JOINER, ""))
        return copied

    def paintEvent(self, event: QPaintEvent) -> None:
        """Commands and quoted sentences stand on a ground of their own."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.table)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        left, air = self.document().documentMargin(), self._theme.size(9)
        for first, last in self._grounds:
            whole = layout.blockBoundingRect(first).united(layout.blockBoundingRect(last))
            painter.drawRoundedRect(
                QRectF(left, whole.top() - air, self.viewport().width() - 2 * left, whole.height() + 2 * air), 8, 8
            )
        painter.end()
        super().paintEvent(event)

    def _dress(self) -> None:
        self._grounds = []
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                self._dress_heading(block, level)
            elif _is_command(block):
                self._dress_command(block)
            else:
                self._dress_words(block)
            if _is_set_off(block):
                joined = _is_command(block) and _is_command(block.previous())
                self._grounds.append((self._grounds.pop()[0] if joined else block, block))
            block = block.next()

    def _dress_heading(self, block: QTextBlock, level: int) -> None:
        theme = self._theme
        letters = QTextCharFormat()
        letters.setFont(theme.font(HEADINGS.get(level, 15), 700))
        letters.setForeground(theme.ink)
        cursor = _selected(block)
        cursor.setCharFormat(letters)
        cursor.setBlockCharFormat(letters)
        cursor.mergeBlockFormat(_spaced(theme.size(18) if level > 1 else 0, theme.size(6)))

    def _dress_command(self, block: QTextBlock) -> None:
        theme = self._theme
        letters = QTextCharFormat()
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.size(14))
        letters.setFont(fixed)
        letters.setForeground(theme.ink)
        cursor = _selected(block)
        cursor.setCharFormat(letters)
        cursor.setBlockCharFormat(letters)
        shape = self._set_off(first=not _is_command(block.previous()), last=not _is_command(block.next()))
        shape.setNonBreakableLines(False)
        shape.setLeftMargin(theme.size(PADDING + HANGING))
        shape.setTextIndent(-theme.size(HANGING))
        cursor.mergeBlockFormat(shape)

    def _dress_words(self, block: QTextBlock) -> None:
        if _is_set_off(block):
            shape = self._set_off(first=True, last=True)
        else:
            shape = _spaced(0, self._theme.size(4 if block.textList() is not None else 8), LINE)
        cursor = _selected(block)
        cursor.mergeBlockFormat(shape)
        for start, length, letters in _pieces(block):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._letters(letters))

    def _set_off(self, *, first: bool, last: bool) -> QTextBlockFormat:
        theme = self._theme
        shape = _spaced(theme.size(20) if first else 0, theme.size(18) if last else 0, LINE)
        shape.setLeftMargin(theme.size(PADDING))
        shape.setRightMargin(theme.size(PADDING))
        return shape

    def _letters(self, before: QTextCharFormat) -> QTextCharFormat:
        """Keys and file names on a pale ground, quoted words bold, links in the accent."""
        theme = self._theme
        letters = QTextCharFormat()
        letters.setForeground(theme.ink)
        if before.fontFixedPitch():
            letters.setFont(theme.font(14, 600))
            letters.setForeground(theme.accent)
            letters.setBackground(theme.accent_pale)
        elif before.isAnchor():
            letters.setAnchor(True)
            letters.setAnchorHref(before.anchorHref())
            letters.setForeground(theme.accent)
            letters.setFontUnderline(True)
        elif before.fontWeight() > QFont.Weight.Medium:
            letters.setFontWeight(QFont.Weight.DemiBold)
        return letters


def _bound(markdown: str) -> str:
    """The text with its lines kept from breaking before French signs and inside an option, commands as they are."""
    parts = re.split(r"(^```.*?^```)", markdown, flags=re.DOTALL | re.MULTILINE)
    return "".join(part if part.startswith("```") else _bound_prose(part) for part in parts)


def _bound_prose(text: str) -> str:
    return re.sub(r"--(?=\w)", f"--{JOINER}", held_together(text))


def _is_command(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _is_set_off(block: QTextBlock) -> bool:
    return _is_command(block) or block.blockFormat().hasProperty(QTextFormat.Property.BlockQuoteLevel)


def _selected(block: QTextBlock) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _spaced(above: float, below: float, line: float = 100) -> QTextBlockFormat:
    """Space above and below a block in pixels, its line height in percent."""
    shape = QTextBlockFormat()
    shape.setTopMargin(above)
    shape.setBottomMargin(below)
    shape.setLineHeight(line, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
    return shape


def _pieces(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """The runs of one format in a block, collected before any of them changes."""
    found = []
    run = block.begin()
    while not run.atEnd():
        fragment = run.fragment()
        found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        run += 1
    return found
