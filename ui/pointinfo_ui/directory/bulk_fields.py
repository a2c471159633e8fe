"""Which entries, and what to change in them: the two forms of a change of many entries."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import fields
from pointinfo.directory.bulk import Selection
from pointinfo.directory.bulk_edits import TEXTS, CheckOn, Edit, Replace, Retag, SetStatus
from pointinfo.directory.vocabularies import LISTS, list_words
from pointinfo_ui.flow import Pair
from pointinfo_ui.forms import Choice, Choices, above, label
from pointinfo_ui.theme import Theme

PLACES: Final = ("neighbourhood", "sector", "commune", "area")
"""The lists that say where an entry is, in the order they are offered."""


class Which(QWidget):
    """A selection of entries by words and filters, or the entries another part has handed over."""

    edited = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._uids: tuple[str, ...] = ()
        words = desk.words
        _ = words.gettext
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Mots, comme au guichet"))
        self.kind, self.audience, self.topic, self.place = (Choice([]) for _number in range(4))
        self.closed = QCheckBox(_("Aussi les fiches fermées"))
        self.closed.setAccessibleName(self.closed.text())
        self.handed = label("", "lead")
        outer = _column(self)
        outer.addWidget(self.handed)
        self.handed.hide()
        self._fields = QWidget()
        inside = _column(self._fields)
        inside.addWidget(above(_("Mots"), self.text))
        inside.addWidget(Pair(above(_("Type"), self.kind), above(_("Public"), self.audience), theme))
        inside.addWidget(Pair(above(_("Sujet"), self.topic), above(_("Lieu"), self.place), theme))
        inside.addWidget(self.closed)
        outer.addWidget(self._fields)
        self.offer()
        self.text.textEdited.connect(lambda _text: self.edited.emit())
        for choice in (self.kind, self.audience, self.topic, self.place):
            choice.chosen.connect(self.edited)
        self.closed.clicked.connect(lambda _on: self.edited.emit())

    def offer(self) -> None:
        """What the lists have now."""
        _ = self._desk.words.gettext
        terms = self._desk.directory.terms
        kinds = fields.choices("kind", self._desk.words)
        self.kind.offer([("", _("tous")), *kinds.items()])
        for choice, name in ((self.audience, "audience"), (self.topic, "topic")):
            choice.offer([("", _("tous")), *((term.code, term.label) for term in terms(name, retired=True))])
        places = [
            (f"{name}:{term.code}", f"{term.label} ({list_words(name, self._desk.words).lower()})")
            for name in PLACES
            for term in self._desk.directory.used_terms(name)
        ]
        self.place.offer([("", _("tous")), *places])

    def take(self, uids: Sequence[str]) -> None:
        """Let these entries be the ones; none: those of the filters again."""
        words = self._desk.words
        self._uids = tuple(uids)
        count = len(self._uids)
        said = words.ngettext("{count} fiche choisie ailleurs.", "{count} fiches choisies ailleurs.", count)
        self.handed.setText(said.format(count=count))
        self.handed.setVisible(bool(self._uids))
        self._fields.setVisible(not self._uids)
        self.edited.emit()

    @property
    def selection(self) -> Selection:
        """The entries that are meant."""
        if self._uids:
            return Selection(uids=self._uids, closed=True)
        terms = [(name, choice.code) for name, choice in (("audience", self.audience), ("topic", self.topic))]
        place, _separator, code = self.place.code.partition(":")
        chosen = tuple((name, each) for name, each in (*terms, (place, code)) if each)
        return Selection(self.text.text(), self.kind.code, chosen, (), self.closed.isChecked())

    @property
    def says_something(self) -> bool:
        """Whether anything narrows the directory."""
        selection = self.selection
        return bool(selection.text.strip() or selection.kind or selection.terms or selection.uids)


class What(QWidget):
    """One change: words, a term, the next check, the status."""

    edited = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        words = desk.words
        _ = words.gettext
        self.act = Choice(
            [
                ("replace", _("Remplacer des mots")),
                ("retag", _("Changer un mot de liste")),
                ("check", _("Fixer la prochaine vérification")),
                ("status", _("Changer l’état")),
            ]
        )
        self.act.setAccessibleName(_("Quel changement"))
        self.stack = QStackedWidget()
        self._acts = (self._replace(), self._retag(), self._check(), self._status())
        for page in self._acts:
            self.stack.addWidget(page)
        outer = _column(self)
        outer.addWidget(self.act)
        outer.addWidget(self.stack)
        self.act.chosen.connect(self._turn)
        self._fit()

    @property
    def edit(self) -> Edit:
        """The change as the fields stand; the core says what is missing in it."""
        match self.act.code:
            case "replace":
                return Replace(self.fields.codes, self.sought.text(), self.instead.text(), self.whole.isChecked())
            case "retag":
                return Retag(self.list.code, self.old.code, self.new.code)
            case "check":
                return CheckOn(None if self.no_day.isChecked() else self.day.date().toPython())  # type: ignore[arg-type]
            case _:
                return SetStatus(self.status.code, "" if self.status.code == "active" else self.reason.text())

    @property
    def said(self) -> str:
        """The change in a few words, for the history of every entry."""
        _ = self._desk.words.gettext
        match self.edit:
            case Replace(_fields, find, by):
                return _("En lot : «{before}» → «{after}»").format(before=find, after=by)
            case Retag():
                old, new = (choice.currentText() if choice.code else "–" for choice in (self.old, self.new))
                return _("En lot : «{before}» → «{after}»").format(before=old, after=new)
            case CheckOn():
                return _("En lot : prochaine vérification")
            case _:
                return _("En lot : état")

    def offer(self) -> None:
        """What the chosen list has: what entries carry may be taken off, what is offered may be put."""
        _ = self._desk.words.gettext
        every = self._desk.directory.terms(self.list.code, retired=True)
        offered = self._desk.directory.terms(self.list.code)
        self.old.offer([("", _("rien")), *((term.code, term.label) for term in every)])
        self.new.offer([("", _("rien")), *((term.code, term.label) for term in offered)])

    def _replace(self) -> QWidget:
        words = self._desk.words
        _ = words.gettext
        self.sought, self.instead = QLineEdit(), QLineEdit()
        self.whole = QCheckBox(_("Mots entiers seulement"))
        self.whole.setAccessibleName(self.whole.text())
        texts = [(key, fields.label(key, words)) for key in TEXTS]
        self.fields = Choices(texts, len(TEXTS), _("aucun champ"))
        self.fields.fill(key for key in TEXTS if key not in fields.INTERNAL and key != "source")
        page = QWidget()
        layout = _column(page)
        layout.addWidget(
            Pair(above(_("Chercher"), self.sought), above(_("Mettre à la place"), self.instead), self._theme)
        )
        layout.addWidget(self.whole)
        layout.addWidget(above(_("Dans les champs"), self.fields))
        layout.addWidget(label(_("Majuscules et accents comptent, tels que vous les écrivez."), "meta"))
        layout.addStretch(1)
        for line in (self.sought, self.instead):
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.whole.clicked.connect(lambda _on: self.edited.emit())
        self.fields.chosen.connect(self.edited)
        return page

    def _retag(self) -> QWidget:
        words = self._desk.words
        _ = words.gettext
        self.list = Choice([(name, list_words(name, words)) for name in LISTS])
        self.old, self.new = Choice([]), Choice([])
        page = QWidget()
        layout = _column(page)
        layout.addWidget(above(_("Liste"), self.list))
        layout.addWidget(Pair(above(_("Enlever"), self.old), above(_("Mettre"), self.new), self._theme))
        layout.addWidget(label(_("Les deux : seules les fiches qui portent le premier changent."), "meta"))
        layout.addStretch(1)
        self.list.chosen.connect(self._relist)
        for choice in (self.old, self.new):
            choice.chosen.connect(self.edited)
        self.offer()
        return page

    def _check(self) -> QWidget:
        _ = self._desk.words.gettext
        self.day = QDateEdit(QDate(*self._desk.inquiries.today().timetuple()[:3]).addMonths(3))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd.MM.yyyy")
        self.no_day = QCheckBox(_("Aucune date"))
        self.no_day.setAccessibleName(self.no_day.text())
        page = QWidget()
        layout = _column(page)
        layout.addWidget(above(_("À revérifier le"), self.day))
        layout.addWidget(self.no_day)
        layout.addStretch(1)
        self.day.dateChanged.connect(lambda _day: self.edited.emit())
        self.no_day.clicked.connect(lambda _on: self._toggle_day())
        return page

    def _status(self) -> QWidget:
        words = self._desk.words
        _ = words.gettext
        self.status = Choice(fields.choices("status", words).items())
        self.status.fill("do_not_refer")
        self.reason = QLineEdit()
        page = QWidget()
        layout = _column(page)
        layout.addWidget(above(_("État"), self.status))
        self._why = above(_("Raison"), self.reason)
        layout.addWidget(self._why)
        layout.addStretch(1)
        self.status.chosen.connect(self._restate)
        self.reason.textEdited.connect(lambda _text: self.edited.emit())
        return page

    def _turn(self) -> None:
        self.stack.setCurrentIndex(self.act.currentIndex())
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        """As high as the shown fields, not as the highest of all."""
        for page in self._acts:
            policy = page.sizePolicy()
            shown = page is self.stack.currentWidget()
            policy.setVerticalPolicy(policy.Policy.Preferred if shown else policy.Policy.Ignored)
            page.setSizePolicy(policy)
        self.stack.adjustSize()

    def _relist(self) -> None:
        self.offer()
        self.edited.emit()

    def _toggle_day(self) -> None:
        self.day.setEnabled(not self.no_day.isChecked())
        self.edited.emit()

    def _restate(self) -> None:
        self._why.setVisible(self.status.code != "active")
        self.edited.emit()


def _column(parent: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    return layout
