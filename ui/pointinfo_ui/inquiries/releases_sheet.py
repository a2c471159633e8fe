"""Publishing a period, and the list of what was published: numbered, hashed, frozen."""

from typing import Any, Final, NamedTuple

from babel.dates import format_date
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QButtonGroup, QListView, QWidget

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.i18n import Words
from pointinfo.inquiries import Period
from pointinfo.inquiries.overview import PUBLISHED
from pointinfo.inquiries.releases import Released
from pointinfo.inquiries.tables import HOUSE, PUBLIC
from pointinfo_ui.background import Background
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, label
from pointinfo_ui.messages import announce
from pointinfo_ui.overlay import Overlay
from pointinfo_ui.rows import ROW_ROLE, RowText, list_rows
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
SHORT: Final = 12
"""How many letters of a hash are enough to tell releases apart in a list."""


class Listed(NamedTuple):
    """A release, and by how many inquiries its period has changed since; 0 where another replaces it."""

    released: Released
    late: int


class ReleasesModel(QAbstractListModel):
    """The releases, the latest first."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._rows: list[Listed] = []

    def show(self, rows: list[Listed]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        shown = self._text(self._rows[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.heading
        if role == ROW_ROLE:
            return shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown.sentence()
        return None

    def _text(self, listed: Listed) -> RowText:
        _ = self._words.gettext
        released = listed.released
        heading = _("Nᵒ {number} · {period}").format(number=released.number, period=released.period.title(self._words))
        day = format_date(released.made_on, "d MMMM y", locale=self._words.language)
        parts = [
            _("figée le {day}").format(day=day),
            _("dès {k} demandes").format(k=released.k),
            _("remplace la nᵒ {number}").format(number=released.restates) if released.restates else "",
            _("empreinte {hash}…").format(hash=released.hash[:SHORT]),
        ]
        return RowText(heading, body=late_words(listed.late, self._words), meta=" · ".join(filter(None, parts)))


def late_words(late: int, words: Words) -> str:
    """How a published period has changed since: «3 demandes notées depuis», "" for not."""
    if late == 0:
        return ""
    if late < 0:
        return words.ngettext(
            "{count} demande retirée depuis la publication.", "{count} demandes retirées depuis la publication.", -late
        ).format(count=-late)
    return words.ngettext(
        "{count} demande arrivée depuis la publication.", "{count} demandes arrivées depuis la publication.", late
    ).format(count=late)


class ReleasesSheet(Overlay):
    """Laid over the figures page: choose who it is for, publish, and see what was published."""

    def __init__(self, over: QWidget, desk: Desk, theme: Theme, background: Background) -> None:
        words = desk.words
        _ = words.gettext
        super().__init__(over, _("Publications"), theme, 760, 620)
        self._desk = desk
        self._background = background
        self._busy = False
        self._period = Period.day(desk.inquiries.today())
        close = self.add_head(_("Publications"), words)
        self._lead = label(
            _(
                "Une publication est figée : ses chiffres ne changent plus. Ce qui est noté après coup demande une "
                "nouvelle publication, qui remplace la première."
            )
        )
        self.body.addWidget(self._lead)
        self.public = button(_("Pour le public : dès {k} demandes").format(k=PUBLIC), "chip")
        self.internal = button(_("Interne : dès {k} demandes").format(k=HOUSE), "chip")
        choice = QButtonGroup(self)
        for chip in (self.public, self.internal):
            chip.setCheckable(True)
            choice.addButton(chip)
        self.public.setChecked(True)
        self.publish = button("", "primary")
        self.publish.clicked.connect(self._publish)
        self.body.addWidget(flowing(self.public, self.internal, self.publish))
        self._said = label("", "meta")
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._failed_line = label("", "error")
        self.body.addWidget(self._said)
        self.body.addWidget(self._failed_line)
        self.model = ReleasesModel(words)
        self.list = QListView()
        list_rows(self.list, self.model, theme, _("Publications"))
        self._empty = label(_("Rien n’est publié encore. La première publication apparaîtra ici."), "meta")
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list, 1)
        self.stops = [self.publish, self.public, self.internal, self.list, close]

    @property
    def sentence(self) -> str:
        """What it says under its buttons."""
        return self._failed_line.text() or self._said.text()

    def show_period(self, period: Period) -> None:
        """Open for a period; asked for again, go away."""
        _ = self._desk.words.gettext
        self._period = period
        text = _("Publier : {period}").format(period=period.title(self._desk.words))
        self.publish.setText(text)
        self.publish.setAccessibleName(text)
        self._say("")
        self.open()
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        """List what was published, beside the window."""
        self._background.run(self, self._releases, self._listed, self._failed)

    def _releases(self) -> tuple[list[Listed], list[int]]:
        releases = self._desk.releases
        found = releases.all()
        replaced = {released.restates for released in found}
        rows = [
            Listed(released, 0 if released.number in replaced else releases.late(released.period)) for released in found
        ]
        return rows[::-1], releases.altered()

    def _listed(self, answer: tuple[list[Listed], list[int]]) -> None:
        rows, altered = answer
        self.model.show(rows)
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        if altered:
            _ = self._desk.words.gettext
            numbers = ", ".join(map(str, altered))
            self._fail(_("Ne correspondent plus à leur empreinte : nᵒ {numbers}.").format(numbers=numbers))

    def _publish(self) -> None:
        """Freeze the period, beside the window."""
        _ = self._desk.words.gettext
        if self._busy:
            return
        self._busy = True
        self._say(_("Un instant, la publication se prépare…"))
        period, k = self._period, PUBLIC if self.public.isChecked() else HOUSE
        self._background.run(
            self, lambda: self._desk.releases.publish(period, PUBLISHED, k), self._published, self._failed
        )

    def _published(self, released: Released) -> None:
        _ = self._desk.words.gettext
        self._busy = False
        self._say(
            _("Publication nᵒ {number} figée, dès {k} demandes. Empreinte : {hash}").format(
                number=released.number, k=released.k, hash=released.hash
            )
        )
        self._read()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PointInfoError):
            raise error
        self._busy = False
        self._fail(str(error))

    def _say(self, sentence: str) -> None:
        self._failed_line.clear()
        self._failed_line.hide()
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def _fail(self, sentence: str) -> None:
        self._said.hide()
        self._failed_line.setText(sentence)
        self._failed_line.show()
        announce(self, sentence)
