"""What every field of the entry form is, whatever it edits, and the frame it stands in: label, marks, help, remarks."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pointinfo.directory.fields import Field
from pointinfo.i18n import Words
from pointinfo_ui.forms import label


class EntryField(Protocol):
    """A widget that edits one value of a record, whole. Filling it says nothing; `edited` is a person's doing.

    `value` is exactly what was filled in until somebody edits it. `problems` are sentences on what was typed and
    can't be a value yet.
    """

    @property
    def edited(self) -> SignalInstance: ...

    def fill(self, value: Any) -> None: ...

    @property
    def value(self) -> Any: ...

    @property
    def problems(self) -> tuple[str, ...]: ...


class FieldFrame(QWidget):
    """One field with its label and its help above, remarks below; `helped` False where the field shows its help."""

    def __init__(self, field: Field, widget: QWidget, words: Words, *, helped: bool = True) -> None:
        super().__init__()
        _ = words.gettext
        self.field = field
        self.widget = widget
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        name = label(field.label, "label", wrap=False)
        name.setBuddy(first_stop(widget) or widget)
        head.addWidget(name)
        self._mark = label("• " + _("modifié"), "mark", wrap=False)
        self._help = label(field.help if helped else "", "meta")
        head.addWidget(self._help, 1)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignRight)
        if field.help:
            widget.setAccessibleDescription(field.help)
        layout.addLayout(head)
        layout.addWidget(widget)
        self._said = label("", "remark")
        layout.addWidget(self._said)
        self._mark.hide()  # once they have a parent: without one they would be windows
        self._said.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def mark(self, *, changed: bool) -> None:
        """Say whether the value differs from what is kept."""
        self._mark.setVisible(changed)

    def say(self, sentences: Sequence[str], *, blocking: bool) -> None:
        """Show what is wrong or odd under the field, nothing when there is nothing."""
        self._said.setText("\n".join(sentences))
        self._said.setVisible(bool(sentences))
        if sentences and self._said.property("role") != ("error" if blocking else "remark"):
            self._said.setProperty("role", "error" if blocking else "remark")
            _restyle(self._said)

    def take_focus(self) -> None:
        """Put the focus on the first thing to type into."""
        stop = first_stop(self.widget)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)


def first_stop(widget: QWidget) -> QWidget | None:
    """The first widget, this one or inside it, that Tab would stop at."""
    return widget.focusProxy() or next(iter(stops(widget)), None)


def stops(widget: QWidget) -> list[QWidget]:
    """What Tab stops at in a widget, in the order of reading: rows come and go, so Qt's own order doesn't say."""
    inside = [each for each in (widget, *widget.findChildren(QWidget)) if _is_stop(each, widget)]
    places = [(each.mapTo(widget, each.rect().center()), each) for each in inside]
    places.sort(key=lambda place: place[0].y())
    found: list[QWidget] = []
    line: list[tuple[int, QWidget]] = []
    below = 0
    for centre, each in places:
        if line and centre.y() > below:
            found += [one for _x, one in sorted(line, key=lambda place: place[0])]
            line = []
        if not line:
            below = centre.y() + each.height() // 2
        line.append((centre.x() if widget.layoutDirection() == Qt.LayoutDirection.LeftToRight else -centre.x(), each))
    return found + [one for _x, one in sorted(line, key=lambda place: place[0])]


def _is_stop(each: QWidget, inside: QWidget) -> bool:
    reachable = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and each.isVisibleTo(inside)
    return bool(reachable) and each.window() is inside.window() and not each.focusProxy()


def _restyle(shown: QLabel) -> None:
    shown.style().unpolish(shown)
    shown.style().polish(shown)
