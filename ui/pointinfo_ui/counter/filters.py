"""The chips below the search line: audiences with their counts, and what narrows a search."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.directory import Query, Spot
from pointinfo.directory.hours.state_words import when_words
from pointinfo.i18n import Words
from pointinfo_ui.flow import Flow
from pointinfo_ui.forms import button, clear, paint_chevron

NOW: Final = "now"
HERE: Final = "here"
FIELDS: Final = ("kind", "sector", "language", "age")
"""The chips whose lists count what each choice would leave."""
AGES: Final = (*(0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 25), *(30, 40, 50, 60, 65, 75, 85))
"""Years at which what is offered changes: close together where children grow."""
HOURS: Final = (9, 14, 18)
"""When people mean to come: in the morning, in the afternoon, after work."""
DAYS: Final = 7


def age_words(age: int, words: Words) -> str:
    """«moins d’un an», «8 ans»."""
    if not age:
        return words.gettext("moins d’un an")
    return words.ngettext("{count} an", "{count} ans", age).format(count=age)


def moments(now: datetime) -> list[datetime]:
    """What is still to come of today, all of tomorrow, and the afternoons of the week, as the town's clock shows it."""
    found = []
    for days in range(DAYS):
        for hour in HOURS if days < 2 else (14,):
            moment = datetime.combine(now.date() + timedelta(days=days), time(hour), ZONE)
            if moment > now:
                found.append(moment)
    return found


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
        colour = group.highlightedText().color() if self.isChecked() else group.buttonText().color()
        paint_chevron(painter, self.rect(), colour, self.fontMetrics().height())

    def _open(self, on: bool) -> None:
        self.setChecked(not on)  # only a choice in the list changes it
        self.menu_view.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Filters(QWidget):
    """Says `changed` when a person chooses; `query(text)` gives the words with the filters.

    `words` gives what is typed, for the counts in the lists. `near_chip` orders rather than narrows: it stands with
    the list.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        _ = desk.words.gettext
        self._audience = ""
        self.words: Callable[[], str] = str
        self._chosen = {"kind": "", "sector": "", "language": "", "age": "", "open": "", "near": ""}
        self._near: Spot | None = None
        self.near_chip = MenuChip(_("Près de"))
        self.near_chip.setToolTip("Ctrl+L")
        self.near_chip.menu_view.aboutToShow.connect(self._offer_spots)
        self.near_chip.menu_view.aboutToShow.connect(self._ticker("near"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = Flow(self)
        self._narrow = False
        self._counts: dict[str, int] = {}
        self._more = False
        self._build()

    def read_lists(self) -> None:
        """Offer what the lists have now, where an editor has changed them."""
        if self._lists() != self._known:
            clear(self._flow)
            self._build()
            self.set_narrow(narrow=self._narrow)

    def _lists(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        audiences = tuple((term.code, term.label) for term in self._desk.directory.terms("audience"))
        return audiences, self._used("sector"), self._used("language")

    def _build(self) -> None:
        _ = self._desk.words.gettext
        flow = self._flow
        self._known = self._lists()
        audiences, sectors, languages = self._known
        self._audiences: dict[str, QPushButton] = {}
        self._labels = dict(audiences)
        for number, (code, text) in enumerate(audiences, 1):
            chip = button(text, "chip")
            chip.setCheckable(True)
            chip.setToolTip(f"Alt+{number}")
            chip.clicked.connect(self._audience_chooser(code))
            flow.addWidget(chip)
            self._audiences[code] = chip
        self._public = MenuChip(_("Public"))
        self._fill_menu(self._public.menu_view, [("", _("Tous")), *self._labels.items()], self._audience_from_menu)
        self._public.menu_view.aboutToShow.connect(self._tick_audiences)
        self._public.hide()
        flow.addWidget(self._public)
        kinds = (
            ("service", _("Services")),
            ("association", _("Associations")),
            ("activity", _("Activités")),
            ("place", _("Lieux")),
        )
        self._menus: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
            "open": (_("Ouvert"), ()),
            "sector": (_("Quartier"), sectors),
            "kind": (_("Type"), kinds),
            "language": (_("Langue"), languages),
            "age": (_("Âge"), tuple((str(age), age_words(age, self._desk.words)) for age in AGES)),
            "near": (_("Près de"), ()),
        }
        self._spots = self._desk.directory.spots()
        self._chips: dict[str, MenuChip] = {"near": self.near_chip}
        for name, (title, options) in self._menus.items():
            if name == "near":
                continue
            chip = MenuChip(title)
            self._fill_menu(chip.menu_view, [("", _("Tous")), *options], self._setter(name))
            if name == "open":
                chip.setToolTip("Ctrl+O")
                chip.menu_view.aboutToShow.connect(self._offer_moments)
            if name in FIELDS:
                chip.menu_view.aboutToShow.connect(self._counter(name))
            chip.menu_view.aboutToShow.connect(self._ticker(name))
            flow.addWidget(chip)
            self._chips[name] = chip
        self.show_counts(self._desk.directory.audience_counts(self.query("")))
        self._show()
        for chip in self._audiences.values():  # room for the most: counts change with each letter, chips stay
            chip.setMinimumWidth(chip.sizeHint().width())

    def show_counts(self, counts: Mapping[str, int], *, more: bool = False) -> None:
        """How many of the answers each audience has, by code; `more` where there are others than were counted."""
        self._counts, self._more = dict(counts), more
        for code, chip in self._audiences.items():
            chip.setText(self._counted(code))

    def query(self, text: str) -> Query:
        """The typed words with every filter in use."""
        return Query(
            text,
            audience=self._audience,
            kind=self._chosen["kind"],
            sector=self._chosen["sector"],
            language=self._chosen["language"],
            open_at=self._open_at,
            age=float(self._chosen["age"]) if self._chosen["age"] else None,
            near=self._near,
        )

    @property
    def _open_at(self) -> datetime | None:
        chosen = self._chosen["open"]
        return self._desk.clock() if chosen == NOW else datetime.fromisoformat(chosen) if chosen else None

    def adopt(self, query: Query) -> None:
        """Show the filters of `query` without saying that anyone chose them."""
        if query.audience == self._audience and self.query("") == replace(query, text=""):
            return
        self._audience = query.audience
        moment = query.open_at
        self._chosen = {
            "kind": query.kind,
            "sector": query.sector,
            "language": query.language,
            "age": "" if query.age is None else f"{query.age:g}",
            "open": "" if moment is None else NOW if moment <= self._desk.clock() else moment.isoformat(),
            "near": "" if query.near is None else HERE if query.near == self._desk.here() else query.near.code,
        }
        self._near = query.near
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
        self._setter("open")("" if self._chosen["open"] == NOW else NOW)

    def toggle_near(self) -> bool:
        """The nearest to this counter first, or by what fits again; False where nobody has said where that is."""
        if self._desk.here() is None:
            return False
        self._setter("near")("" if self._chosen["near"] == HERE else HERE)
        return True

    def set_narrow(self, *, narrow: bool) -> None:
        """In a narrow window the audiences fold to one chip with a list."""
        self._narrow = narrow
        self._public.setVisible(narrow)
        for chip in self._audiences.values():
            chip.setVisible(not narrow)

    def _used(self, vocabulary: str) -> tuple[tuple[str, str], ...]:
        return tuple((term.code, term.label) for term in self._desk.directory.used_terms(vocabulary))

    def _fill_menu(self, menu: QMenu, options: Sequence[tuple[str, str]], choose: Callable[[str], None]) -> None:
        group = QActionGroup(menu)
        for code, text in options:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(code)
            group.addAction(action)
        group.triggered.connect(lambda action: choose(action.data()))

    def _offer_moments(self) -> None:
        """Now, and the moments at which people mean to come; the list is made anew, since time passes."""
        _ = self._desk.words.gettext
        options = [("", _("Tous")), (NOW, _("Ouvert maintenant"))]
        now = self._desk.clock().astimezone(ZONE)
        for moment in moments(now):
            options.append((moment.isoformat(), when_words(moment, now, self._desk.words)))
        menu = self._chips["open"].menu_view
        menu.clear()
        for group in menu.findChildren(QActionGroup):
            group.deleteLater()
        self._fill_menu(menu, options, self._setter("open"))

    def _offer_spots(self) -> None:
        """This counter, where its settings say where it is, and every quartier."""
        _ = self._desk.words.gettext
        menu = self._chips["near"].menu_view
        menu.clear()
        for group in menu.findChildren(QActionGroup):
            group.deleteLater()
        usual = {term.code for term in self._desk.directory.terms("neighbourhood")}
        quartiers = [(code, label) for code, (label, _spot) in self._spots.items() if code in usual]
        here = _("Près d’ici") if self._desk.here() else _("Près d’ici : dites où est ce guichet dans les Réglages")
        self._fill_menu(menu, [("", _("Sans distance")), (HERE, here), *quartiers], self._setter("near"))
        menu.actions()[1].setEnabled(self._desk.here() is not None)

    def _counter(self, name: str) -> Callable[[], None]:
        return lambda: self._count(name)

    def _count(self, name: str) -> None:
        """How many answers each choice of a list would leave; one that leaves none can't be chosen."""
        directory = self._desk.directory
        query = self.query(self.words())
        wider = {
            "kind": replace(query, kind=""),
            "sector": replace(query, sector=""),
            "language": replace(query, language=""),
            "age": replace(query, age=None),
        }[name]
        everyone = directory.search(replace(wider, near=None))
        sure = [hit.id for hit in everyone.hits if not hit.weak]
        if name == "age":
            counts = {str(age): count for age, count in directory.taking(sure, AGES).items()}
        else:
            counts = directory.among(sure, name)
        labels = dict(self._menus[name][1])
        for action in self._chips[name].menu_view.actions():
            code = action.data()
            if code:
                count = counts.get(code, 0)
                action.setText(f"{labels[code]}  {count}{'+' if everyone.more else ''}" if sure else labels[code])
                action.setEnabled(bool(count) or everyone.more or not sure or code == self._chosen[name])

    def _said(self, name: str, options: Mapping[str, str]) -> str | None:
        """What the chip of a filter says, None where nothing is chosen."""
        chosen = self._chosen[name]
        _ = self._desk.words.gettext
        if name == "near" and chosen:
            return _("Près d’ici") if chosen == HERE else _("Près de : {name}").format(name=self._spots[chosen][0])
        if name != "open" or not chosen:
            return options.get(chosen)
        if chosen == NOW:
            return _("Ouvert maintenant")
        said = when_words(datetime.fromisoformat(chosen), self._desk.clock(), self._desk.words, short=True)
        return _("Ouvert {moment}").format(moment=said)

    def _tick(self, chip: MenuChip, chosen: str) -> None:
        for action in chip.menu_view.actions():
            action.setChecked(action.data() == chosen)

    def _ticker(self, name: str) -> Callable[[], None]:
        return lambda: self._tick(self._chips[name], self._chosen[name])

    def _setter(self, name: str) -> Callable[[str], None]:
        def choose(code: str) -> None:
            self._chosen[name] = code
            if name == "near":
                self._near = self._desk.here() if code == HERE else self._spots[code][1] if code else None
            self._show()
            self.changed.emit()

        return choose

    def _audience_from_menu(self, code: str) -> None:
        self._audience = code
        self._show()
        self.changed.emit()

    def _audience_chooser(self, code: str) -> Callable[[bool], None]:
        return lambda _on: self.choose_audience(code)

    def _counted(self, code: str) -> str:
        return f"{self._labels[code]}  {self._counts.get(code, 0)}{'+' if self._more else ''}"

    def _tick_audiences(self) -> None:
        self._tick(self._public, self._audience)
        for action in self._public.menu_view.actions():
            if action.data():
                action.setText(self._counted(action.data()))

    def _show(self) -> None:
        for code, chip in self._audiences.items():
            with QSignalBlocker(chip):
                chip.setChecked(code == self._audience)
        chosen_label = self._labels.get(self._audience)
        self._public.setText(chosen_label or self._desk.words.gettext("Public"))
        with QSignalBlocker(self._public):
            self._public.setChecked(chosen_label is not None)
        for name, chip in self._chips.items():
            title, options = self._menus[name]
            chosen = self._said(name, dict(options))
            chip.setText(chosen or title)
            with QSignalBlocker(chip):
                chip.setChecked(chosen is not None)
            chip.setAccessibleName(f"{title} : {chosen}" if chosen else title)
        self._flow.invalidate()
        self.updateGeometry()
