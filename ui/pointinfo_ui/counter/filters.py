"""The chips below the search line: audiences with their counts, and what narrows a search."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QMenu, QPushButton, QSizePolicy, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Query
from pointinfo_ui.forms import button, paint_chevron


class Flow(QLayout):
    """Lays widgets out in lines, like words: what does not fit goes to the next line."""

    def __init__(self, parent: QWidget, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x + hint.width() > rect.right() + 1 and line:
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            line = max(line, hint.height())
        return y + line - rect.y()


class MenuChip(QPushButton):
    """A chip that opens a list; checked while something of it is chosen."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setProperty("kind", "chip")
        self.setProperty("listed", True)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.menu_view = QMenu(self)
        self.clicked.connect(self._open)

    def sizeHint(self) -> QSize:
        """Room for the mark of a list."""
        return super().sizeHint() + QSize(self.fontMetrics().height(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip, its text to the left, the mark of a list at its right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = self.palette()
        colour = group.highlightedText().color() if self.isChecked() else group.placeholderText().color()
        paint_chevron(painter, self.rect(), colour, self.fontMetrics().height())

    def _open(self, on: bool) -> None:
        self.setChecked(not on)  # only a choice in the list changes it
        self.menu_view.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Filters(QWidget):
    """Says `changed` when a person chooses; `query(text)` gives the words with the filters."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        _ = desk.words.gettext
        self._audience = ""
        self._chosen = {"kind": "", "sector": "", "language": ""}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = self._flow = Flow(self)
        self._audiences: dict[str, QPushButton] = {}
        self._labels: dict[str, str] = {}
        for number, term in enumerate(desk.directory.terms("audience"), 1):
            chip = button(term.label, "chip")
            chip.setCheckable(True)
            chip.setToolTip(f"Alt+{number}")
            chip.clicked.connect(self._audience_chooser(term.code))
            flow.addWidget(chip)
            self._audiences[term.code] = chip
            self._labels[term.code] = term.label
        self._open = button(_("Ouvert maintenant"), "chip")
        self._open.setCheckable(True)
        self._open.setToolTip("Ctrl+O")
        self._open.clicked.connect(lambda _on: self.changed.emit())
        flow.addWidget(self._open)
        kinds = (
            ("service", _("Services")),
            ("association", _("Associations")),
            ("activity", _("Activités")),
            ("place", _("Lieux")),
        )
        self._menus = {
            "sector": (_("Quartier"), self._used("sector")),
            "kind": (_("Type"), kinds),
            "language": (_("Langue"), self._used("language")),
        }
        self._chips: dict[str, MenuChip] = {}
        for name, (title, options) in self._menus.items():
            chip = MenuChip(title)
            self._fill_menu(chip.menu_view, name, options)
            flow.addWidget(chip)
            self._chips[name] = chip
        self._show()

    def query(self, text: str) -> Query:
        """The typed words with every filter in use."""
        return Query(
            text,
            audience=self._audience,
            open_at=self._desk.clock() if self._open.isChecked() else None,
            **self._chosen,
        )

    def adopt(self, query: Query) -> None:
        """Show the filters of `query` without saying that anyone chose them."""
        self._audience = query.audience
        self._chosen = {"kind": query.kind, "sector": query.sector, "language": query.language}
        with QSignalBlocker(self._open):
            self._open.setChecked(query.open_at is not None)
        self._show()

    @property
    def audience(self) -> str:
        """The chosen audience, "" for all."""
        return self._audience

    def choose_audience(self, code: str) -> None:
        """Choose an audience, or none when it is chosen already."""
        self._audience = "" if self._audience == code else code
        self._show()
        self.changed.emit()

    def toggle_open_now(self) -> None:
        """Only what is open now, or everything again."""
        self._open.setChecked(not self._open.isChecked())
        self.changed.emit()

    def _used(self, vocabulary: str) -> tuple[tuple[str, str], ...]:
        return tuple((term.code, term.label) for term in self._desk.directory.used_terms(vocabulary))

    def _fill_menu(self, menu: QMenu, name: str, options: tuple[tuple[str, str], ...]) -> None:
        _ = self._desk.words.gettext
        group = QActionGroup(menu)
        for code, text in (("", _("Tous")), *options):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(code)
            group.addAction(action)
            action.triggered.connect(self._chooser(name, code))
        menu.aboutToShow.connect(lambda: self._tick(name))

    def _tick(self, name: str) -> None:
        for action in self._chips[name].menu_view.actions():
            action.setChecked(action.data() == self._chosen[name])

    def _chooser(self, name: str, code: str) -> Callable[[bool], None]:
        def choose(_on: bool) -> None:
            self._chosen[name] = code
            self._show()
            self.changed.emit()

        return choose

    def _audience_chooser(self, code: str) -> Callable[[bool], None]:
        return lambda _on: self.choose_audience(code)

    def _show(self) -> None:
        counts = self._desk.directory.audience_counts(self.query(""))
        for code, chip in self._audiences.items():
            with QSignalBlocker(chip):
                chip.setChecked(code == self._audience)
            chip.setText(f"{self._labels[code]}  {counts.get(code, 0)}")
        for name, chip in self._chips.items():
            title, options = self._menus[name]
            chosen = dict(options).get(self._chosen[name])
            chip.setText(chosen or title)
            with QSignalBlocker(chip):
                chip.setChecked(chosen is not None)
            chip.setAccessibleName(f"{title} : {chosen}" if chosen else title)
        self._flow.invalidate()
        self.updateGeometry()
