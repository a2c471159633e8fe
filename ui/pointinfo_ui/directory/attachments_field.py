"""The leaflets attached to an entry: add, look at, name, put in order, take off."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from PySide6.QtCore import QBuffer, QByteArray, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageReader, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Attached
from pointinfo.errors import PointInfoError
from pointinfo.leaflets.pages import Picture, first_page
from pointinfo_ui.background import Background
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, clear, label
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

THUMBNAIL: Final = 96
"""Pixels of a thumbnail's longer side at normal text size."""

T = TypeVar("T")


class AttachmentsField(QWidget):
    """Edits an entry's `attachments`. A file that is added is looked at and kept at once; the list by whoever saves.

    With a `background`, files are looked at beside the window's work.
    """

    edited = Signal()

    def __init__(self, desk: Desk, theme: Theme, background: Background | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._background = background
        self._value: list[Attached] = []
        self._filled = 0
        self._rows: list[_Row] = []
        self._pictures: dict[str, QPixmap | None] = {}
        self._files: QFileDialog | None = None
        _ = desk.words.gettext
        languages = [(term.code, term.label) for term in desk.directory.terms("language")]
        self._languages = [("", _("Langue non précisée")), *languages]
        self.setAcceptDrops(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        self._listed = QVBoxLayout()
        self._listed.setSpacing(14)
        outer.addLayout(self._listed)
        self.add_button = button(_("Joindre un dépliant…"))
        self.add_button.clicked.connect(self.choose_files)
        outer.addWidget(flowing(self.add_button, label(_("ou déposez-le ici"), "meta", wrap=False)))
        outer.addWidget(label(_("PDF, PNG ou JPEG ; 5 Mo et 20 pages au plus."), "meta"))
        self.error = label("", "error")
        self.error.hide()
        outer.addWidget(self.error)
        self.setFocusProxy(self.add_button)

    @property
    def value(self) -> tuple[Attached, ...]:
        """The leaflets in order, as the fields stand."""
        return tuple(self._value)

    @property
    def problems(self) -> tuple[str, ...]:
        """What has to be mended before these can be kept, in sentences."""
        _ = self._desk.words.gettext
        return tuple(
            _("Le dépliant n° {number} n’a pas de titre.").format(number=number)
            for number, attached in enumerate(self._value, 1)
            if not attached.title
        )

    def fill(self, value: Sequence[Attached]) -> None:
        """Show these leaflets without saying that anyone changed them."""
        self._show_error("")
        self._value = list(value)
        self._filled += 1
        self._show()

    def choose_files(self) -> None:
        """Ask which files to attach."""
        _ = self._desk.words.gettext
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kinds = _("Dépliants") + " (*.pdf *.png *.jpg *.jpeg)"
        self._files = QFileDialog(self, _("Joindre un dépliant"), folder, kinds)
        self._files.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._files.filesSelected.connect(self.attach)
        self._files.open()

    def attach(self, files: Sequence[str]) -> None:
        """Attach files in this order; one that can't be is said, the others are attached."""
        self._show_error("")
        for file in files:
            self._attach(Path(file))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what is dropped."""
        event.acceptProposedAction()
        self.attach([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def _attach(self, file: Path) -> None:
        asked_for = self._filled  # by the time the file is read another entry may be shown

        def attached(found: Attached) -> None:
            if asked_for == self._filled:
                self._attached(found)

        def fail(sentence: str) -> None:
            if asked_for != self._filled:
                return
            before = self.error.text()
            self._show_error(f"{before}\n{file.name} : {sentence}" if before else f"{file.name} : {sentence}")

        self._run(lambda: self._desk.attachments.attach_file(file), attached, fail)

    def _attached(self, attached: Attached) -> None:
        _ = self._desk.words.gettext
        if any(known.sha256 == attached.sha256 and known.language == attached.language for known in self._value):
            self._show_error(_("«{title}» est déjà joint à cette fiche.").format(title=attached.title))
            return
        self._value.append(attached)
        self._show()
        self._rows[-1].title.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows[-1].title.selectAll()
        announce(self, _("Joint : {title}").format(title=attached.title))
        self.edited.emit()

    def _changed(self, number: int, attached: Attached) -> None:
        self._value[number] = attached
        self.edited.emit()

    def _moved(self, number: int, by: int) -> None:
        target = number + by
        if not 0 <= target < len(self._value):
            return
        self._value[number], self._value[target] = self._value[target], self._value[number]
        self._show()
        self._rows[target].title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _removed(self, number: int) -> None:
        gone = self._value.pop(number)
        self._show()
        nearest = self._rows[min(number, len(self._rows) - 1)].title if self._rows else self.add_button
        nearest.setFocus(Qt.FocusReason.OtherFocusReason)
        _ = self._desk.words.gettext
        announce(self, _("Retiré : {title}").format(title=gone.title))
        self.edited.emit()

    def _show(self) -> None:
        clear(self._listed)
        self._rows = []
        for number, attached in enumerate(self._value):
            row = _Row(self._desk, self._theme, attached, number, self._languages)
            row.changed.connect(self._changed)
            row.moved.connect(self._moved)
            row.removed.connect(self._removed)
            self._rows.append(row)
            self._listed.addWidget(row)
            row.show()  # now, not with the next round of events: what is hidden takes no focus
            if attached.sha256 in self._pictures:
                row.show_picture(self._pictures[attached.sha256])
            else:
                self._look_at(attached)
        here = [*(stop for row in self._rows for stop in row.stops), self.add_button]
        for before, after in pairwise(here):
            self.setTabOrder(before, after)

    def _look_at(self, attached: Attached) -> None:
        """Make the thumbnail, and put it wherever this leaflet is shown by then."""
        side = self._theme.size(THUMBNAIL) * 2

        def show(image: QImage | None) -> None:
            picture = None if image is None else QPixmap.fromImage(image)
            self._pictures[attached.sha256] = picture
            for known, row in zip(self._value, self._rows, strict=True):
                if known.sha256 == attached.sha256:
                    row.show_picture(picture)

        self._run(lambda: self._thumbnail(attached, side), show, self._show_error)

    def _thumbnail(self, attached: Attached, side: int) -> QImage | None:
        """None where this counter doesn't have the file."""
        content = self._desk.attachments.contents([attached.sha256]).get(attached.sha256)
        if content is None:
            return None
        return _of_page(first_page(content, side)) if attached.media_type == "application/pdf" else _of(content, side)

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]) -> None:
        def fail(error: Exception) -> None:
            if not isinstance(error, PointInfoError):
                raise error
            failed(str(error))

        if self._background is not None:
            self._background.run(self, work, done, fail)
            return
        try:
            done(work())
        except PointInfoError as error:
            fail(error)

    def _show_error(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)


class _Row(QWidget):
    """One leaflet: its first page, its title, its language; Alt+↑ and Alt+↓ move it."""

    changed = Signal(int, object)
    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(
        self, desk: Desk, theme: Theme, attached: Attached, number: int, languages: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self._attached = attached
        self._number = number
        self._theme = theme
        self._words = desk.words
        _ = desk.words.gettext
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.size(THUMBNAIL))
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(theme.size(THUMBNAIL), theme.size(THUMBNAIL)))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setWordWrap(True)
        grid.addWidget(self._picture, 0, 0, 3, 1, Qt.AlignmentFlag.AlignTop)
        self.title = QLineEdit(attached.title)
        self.title.setAccessibleName(_("Titre du dépliant n° {number}").format(number=number + 1))
        self.title.setPlaceholderText(_("Titre, tel qu’il est dit au guichet"))
        self.title.textChanged.connect(self._change)
        grid.addWidget(self.title, 0, 1)
        self.language = Choice(languages)
        self.language.setAccessibleName(_("Langue du dépliant n° {number}").format(number=number + 1))
        self.language.fill(attached.language)
        self.language.chosen.connect(self._change)
        grid.addWidget(self.language, 1, 1)
        up = button(_("Monter"), "quiet", "Alt+↑")
        up.clicked.connect(lambda: self.moved.emit(self._number, -1))
        down = button(_("Descendre"), "quiet", "Alt+↓")
        down.clicked.connect(lambda: self.moved.emit(self._number, 1))
        remove = button(_("Retirer"), "quiet")
        remove.setAccessibleName(_("Retirer {name}").format(name=attached.title))
        remove.clicked.connect(lambda: self.removed.emit(self._number))
        self._facts = label(self._said(), "meta", wrap=False)
        grid.addWidget(flowing(self._facts, up, down, remove), 2, 1)
        self.stops: list[QWidget] = [self.title, self.language, up, down, remove]

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show the first page; None: this counter doesn't have the file, and it is said."""
        _ = self._words.gettext
        if picture is None:
            self._picture.setText(_("fichier absent de ce poste"))
            self._picture.setProperty("role", "meta")
            return
        side = self._theme.size(THUMBNAIL)
        ratio = self.devicePixelRatioF()
        aspect, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        fitted = picture.scaled(QSize(round((side - 2) * ratio), round((side - 2) * ratio)), aspect, smooth)
        fitted.setDevicePixelRatio(ratio)
        self._picture.setPixmap(fitted)
        self._picture.setFixedSize(fitted.deviceIndependentSize().toSize() + QSize(2, 2))
        self._picture.setProperty("role", "page")
        self._picture.style().polish(self._picture)
        self._picture.setAccessibleName(_("Première page de {name}").format(name=self._attached.title))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↑ and Alt+↓ move the leaflet."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(self._number, step)
            return
        super().keyPressEvent(event)

    def _change(self) -> None:
        title = " ".join(self.title.text().split())
        self._attached = msgspec.structs.replace(self._attached, title=title, language=self.language.code)
        self.changed.emit(self._number, self._attached)

    def _said(self) -> str:
        _ = self._words.gettext
        kind = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}.get(self._attached.media_type, "")
        size = _("{size} ko").format(size=max(1, round(self._attached.size / 1024)))
        return " · ".join(part for part in (kind, size) if part)


def _of_page(picture: Picture) -> QImage:
    made = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
    return made.copy()  # the pixels are the picture's


def _of(content: bytes, side: int) -> QImage:
    """A picture, decoded no larger than it is shown."""
    held = QBuffer()
    held.setData(QByteArray(content))
    reader = QImageReader(held)
    reader.setScaledSize(reader.size().scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
