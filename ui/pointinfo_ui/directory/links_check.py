"""Asking the web addresses of the directory one by one, beside everything else, as long as somebody wishes it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from pointinfo.desk import Desk
from pointinfo.directory.web_links import Answer, Round
from pointinfo.errors import PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.messages import announce


class LinksCheck(QFrame):
    """A button that begins and stops; how far it is. Says `checked` after each address, `finished` at the end."""

    checked = Signal()
    finished = Signal()

    def __init__(self, desk: Desk, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._background = background
        self.fetch: Callable[[str], Answer] | None = None
        self._round: Round | None = None
        self._waiting: list[str] = []
        self._total = 0
        _ = desk.words.gettext
        self.setProperty("panel", True)
        body = column(self, margins=20, spacing=10)
        body.addWidget(label(_("Liens internet"), "heading"))
        self.state = label(
            _("Demande à chaque site s’il répond encore. Seulement quand vous le voulez, et en ligne."), "meta"
        )
        body.addWidget(self.state)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Liens demandés"))
        self.progress.hide()
        body.addWidget(self.progress)
        self.button = button(_("Vérifier les liens"))
        self.button.clicked.connect(self.toggle)
        body.addWidget(flowing(self.button))
        self._body = body

    def add(self, below: QWidget) -> None:
        """Put a widget below the button."""
        self._body.addWidget(below)

    @property
    def is_running(self) -> bool:
        """Whether addresses are being asked."""
        return bool(self._total)

    def toggle(self) -> None:
        """Begin, or stop after the address that is being asked."""
        if self.is_running:
            self._waiting.clear()
            return
        self._waiting = self._desk.web_links.addresses()
        self._total = len(self._waiting)
        _ = self._desk.words.gettext
        if not self._total:
            self.state.setText(_("Aucune fiche n’a d’adresse internet."))
            return
        self._round = self._desk.web_links.round(self.fetch)
        self.progress.setRange(0, self._total)
        self.progress.setValue(0)
        self.progress.show()
        self.button.setText(_("Arrêter"))
        self.button.setAccessibleName(_("Arrêter"))
        self._next()

    def _next(self) -> None:
        """One address at a time, so that it can be stopped after each."""
        asked = self._round
        if asked is None:
            return
        if not self._waiting:
            self._background.run(self, asked.end, lambda _none: self._end(), self._failed, web=True)
            return
        address = self._waiting.pop(0)
        _ = self._desk.words.gettext
        done = self._total - len(self._waiting)
        self.state.setText(_("{done} sur {total} : {address}").format(done=done, total=self._total, address=address))
        self._background.run(self, lambda: asked.ask(address), lambda _answer: self._asked(), self._failed, web=True)

    def _asked(self) -> None:
        self.progress.setValue(self.progress.value() + 1)
        self.checked.emit()
        self._next()

    def _failed(self, error: Exception) -> None:
        self._waiting.clear()
        self._end()
        if not isinstance(error, PointInfoError):
            raise error
        self.state.setText(str(error))
        announce(self, str(error))

    def _end(self) -> None:
        words = self._desk.words
        _ = words.gettext
        asked = self.progress.value()
        said = words.ngettext("{count} adresse demandée.", "{count} adresses demandées.", asked).format(count=asked)
        self._total = 0
        self.progress.hide()
        self.button.setText(_("Vérifier les liens"))
        self.button.setAccessibleName(_("Vérifier les liens"))
        self.state.setText(said)
        announce(self, said)
        self.finished.emit()
