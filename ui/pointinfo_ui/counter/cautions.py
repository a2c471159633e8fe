"""What to know before the shown sheet is printed, and where else to send somebody."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pointinfo.i18n import Words
from pointinfo.leaflets import Caution
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, label


class Cautions(QFrame):
    """A sentence for each reason, below it the entries that answer instead; `asked_for` one of them by its uid."""

    asked_for = Signal(str)

    def __init__(self, cautions: Sequence[Caution], words: Words) -> None:
        super().__init__()
        _ = words.gettext
        refused = any(caution.kind == "refused" for caution in cautions)
        self.setProperty("tile", "warning" if refused else "closed")
        self.setAccessibleName(_("Avant d’imprimer"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(6)
        for _uid, told in groupby(cautions, key=lambda caution: caution.uid):
            reasons = list(told)
            for caution in reasons:
                layout.addWidget(label(caution.sentence))
            others = reasons[0].alternatives
            if others:
                made = [button(other.name, "quiet") for other in others]
                for each, other in zip(made, others, strict=True):
                    each.setAccessibleName(_("Voir plutôt {name}").format(name=other.name))
                    each.clicked.connect(lambda _on=False, uid=other.uid: self.asked_for.emit(uid))
                layout.addWidget(flowing(label(_("Voir plutôt :"), "meta", wrap=False), *made, gap=8))
