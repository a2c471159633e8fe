"""The counter: one search line, the results, the card, the visit. The whole errand without leaving the keyboard."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from pointinfo.desk import Desk
from pointinfo.directory import Query, Results, merged
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import Pin, Visit, codes
from pointinfo.leaflets import Leaflet
from pointinfo_ui.background import Background
from pointinfo_ui.counter.by_meaning import ByMeaning
from pointinfo_ui.counter.card_view import CardView
from pointinfo_ui.counter.in_vain import InVain
from pointinfo_ui.counter.panes import Panes
from pointinfo_ui.counter.search_line import types_a_letter
from pointinfo_ui.counter.sheet_preview import SheetPreview
from pointinfo_ui.messages import announce
from pointinfo_ui.note_form import NoteForm
from pointinfo_ui.theme import Theme

AT_THE_COUNTER = "counter"
PART_OF_A_PAGE = 0.8
"""How much of what is seen one key moves: a line or two stay for the eye."""


class Memory(NamedTuple):
    """A visit with what was typed, filtered and corrected in it. Held in memory only."""

    visit: Visit
    words: str
    query: Query
    edits: dict[str, object]


class CounterPage(Panes):
    """Find, answer, print, note, next visitor. Says `noted` with the id of the inquiry, `said`
    and `not_printed` with a sentence, `left` with what takes up a visit that was cleared without a note,
    `verified` with a sentence and what takes the check back."""

    noted = Signal(str)
    said = Signal(str)
    tally_asked = Signal()
    palette_asked = Signal()
    not_printed = Signal(str)
    left = Signal(object)
    verified = Signal(str, object)
    edit_asked = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, background: Background) -> None:
        super().__init__(desk, theme, background)
        self.visit = Visit()
        self.pin = Pin(desk.clock)
        self.author_name: Callable[[], str] = str
        self.by_meaning = ByMeaning(desk, background, self)
        self._results = Results(())
        self._connect()
        self._minute = QTimer(self)
        self._minute.setInterval(20_000)
        self._minute.timeout.connect(self.let_time_pass)
        self._minute.start()
        self._unmet = False
        self._spoken = ""
        self.in_vain = InVain(desk, self)
        self.start_afresh()

    # What the commands do

    def go_to_search(self) -> None:
        """Put the focus on the search line, its words selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def clear_search(self) -> None:
        """First the preview goes, then the words, then the filters."""
        if self._middle.currentWidget() is not self.card:
            self.show_card()
        elif self.search.text():
            self.search.clear()
        else:
            self.filters.adopt(Query())
            self.show_results()

    def add_to_visit(self) -> None:
        """Keep the shown card for this visit."""
        if self.card.entry is None:
            return
        _ = self._desk.words.gettext
        if self._unmet:  # an answer was found after all
            self._unmet = False
            self.panel.form.forget("outcome", "reason")
        if not self.visit.kept and not self.visit.copies:
            self.printer.forget()
        fresh = self.visit.keep(self.card.entry, self._desk.clock())
        self.visit.language = self._spoken or self.visit.language
        name = self.card.entry.name
        announce(self, (_("Ajouté : {name}") if fresh else _("Déjà dans la visite : {name}")).format(name=name))
        self._visit_changed()

    def choose_audience(self, code: str) -> None:
        """Filter by an audience, or stop doing so."""
        self.filters.choose_audience(code)

    def toggle_open_now(self) -> None:
        """Only what is open now, or everything."""
        self.filters.toggle_open_now()

    def toggle_near(self) -> None:
        """The nearest to this counter first, or by what fits."""
        if not self.filters.toggle_near():
            _ = self._desk.words.gettext
            self.said.emit(_("Où est ce guichet ? Choisissez son quartier dans les Réglages (Ctrl+5)."))

    def scroll_on(self) -> None:
        """Read on in the card or the sheet; where only one of list and card has room, show the card first."""
        if self._one_pane and self._middle.isHidden():
            self._show_middle()
        else:
            self._scroll(PART_OF_A_PAGE)

    def scroll_back(self) -> None:
        """Read again what stood above."""
        self._scroll(-PART_OF_A_PAGE)

    def show_sheet(self) -> None:
        """Show the sheet of this visit (of the shown card when nothing is kept); shown already, print it."""
        if self._middle.currentWidget() is self.preview:
            self.preview.print_sheet()
            return
        if not self.visit.kept:
            self.add_to_visit()
        if not self.visit.kept:
            _ = self._desk.words.gettext
            self.said.emit(_("Choisissez d’abord une fiche : écrivez un mot, puis Entrée."))
            return
        self.preview.compose([seen.uid for seen in self.visit.kept], self.visit.language)
        self._middle.setCurrentWidget(self.preview)
        self._show_middle()

    def save_sheet(self) -> None:
        """Ask where to save the shown sheet; without one, show it first."""
        if self._middle.currentWidget() is self.preview:
            self.preview.save()
        else:
            self.show_sheet()

    def reprint(self) -> None:
        """Print the last sheet again: its visitor waits, perhaps noted already. Nothing of it is shown."""
        if self._middle.currentWidget() is self.preview:
            self.preview.print_sheet()  # of this visit: it counts
        elif not self.printer.send_again():
            _ = self._desk.words.gettext
            self.said.emit(_("Aucune feuille à réimprimer."))

    def choose_language(self) -> None:
        """Put the focus on the language of the shown sheet; without one, show it first."""
        if self._middle.currentWidget() is not self.preview:
            self.show_sheet()
        self.preview.sheet.language.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_enclosed(self) -> None:
        """Put the focus on the attached leaflets that follow the shown sheet."""
        enclosed = self.preview.enclosed if self._middle.currentWidget() is self.preview else None
        if enclosed is None or not enclosed.take_focus():
            _ = self._desk.words.gettext
            self.said.emit(_("Aucun dépliant joint : l’aperçu (Ctrl+P) montre ceux des fiches de cette visite."))

    def still_correct(self) -> None:
        """The shown card was confirmed on the phone a moment ago: its facts are of today."""
        _ = self._desk.words.gettext
        entry = self.card.entry
        if entry is None:
            self.said.emit(_("Choisissez d’abord la fiche qui vient d’être confirmée."))
            return
        author = self.author_name()
        try:
            revision = self._desk.verification.still_correct(entry.uid, author)
        except PointInfoError as error:
            self.said.emit(str(error))
            return

        def take_back() -> str:
            self._desk.verification.take_back(revision, author)
            self._show_anew()
            return _("La vérification est annulée.")

        self._show_anew()
        self.verified.emit(_("«{name}» : vérifiée aujourd’hui par téléphone.").format(name=entry.name), take_back)

    def edit_entry(self) -> None:
        """Open the shown card's entry in the editor."""
        if self.card.entry is None:
            _ = self._desk.words.gettext
            self.said.emit(_("Choisissez d’abord une fiche : écrivez un mot, puis Entrée."))
            return
        self.edit_asked.emit(self.card.entry.uid)

    def edit_note(self) -> None:
        """Put the focus on the first field of the note."""
        if self._folded:
            self._middle.setCurrentWidget(self.panel)
            self._show_middle()
        self.panel.form.first_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_form(self) -> None:
        """From the note back to where letters go; what was chosen stays."""
        self.show_card()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_pin(self) -> None:
        """Let the chosen channel be that of the next notes too, or of none any more."""
        _ = self._desk.words.gettext
        if self.pin.until:
            self.pin.take_out()
            said = _("Canal libéré : les prochaines demandes sont au guichet.")
        else:
            channel = self.panel.form.note().channel
            if channel in ("", AT_THE_COUNTER):
                self.panel.form.open_channel()
                self.said.emit(_("Choisissez le canal à épingler, puis F7."))
                return
            self.pin.put_in(channel)
            said = _("{channel} : épinglé pour les prochaines demandes. F7 le libère.").format(
                channel=codes.label("channel", channel, self._desk.words.language)
            )
        self.panel.form.forget("channel")
        self._prefill()
        self._show_pin()
        announce(self, said)
        self.said.emit(said)

    def note_unmet(self) -> None:
        """Prefill the note with an unmet need: nobody offers this."""
        self.in_vain.count()
        self.visit.begin(self._desk.clock())
        self._prefill()
        self._unmet = True
        self.panel.form.choose("outcome", "not-met")
        self.panel.form.choose("reason", "no-offer")
        _ = self._desk.words.gettext
        self.said.emit(_("Besoin sans réponse : complétez si besoin, puis Ctrl+Entrée pour noter."))

    def note_and_next(self) -> None:
        """Note the inquiry, on disk before anything clears; then the next visitor."""
        _ = self._desk.words.gettext
        if self.visit.is_empty and not self.panel.form.is_edited:
            self.said.emit(_("Rien à noter encore. F9 compte une question simple."))
            return
        self._prefill()
        try:
            inquiry = self._desk.inquiries.add(self.panel.form.note())
        except PointInfoError as error:
            self.panel.form.show_error(str(error))
            self.said.emit(str(error))
            return
        self.pin.hold()
        self.noted.emit(inquiry)
        self.start_afresh()

    def next_visitor(self) -> None:
        """Clear the screen without noting; the visit can be taken up again for a moment."""
        memory = self.memory()
        self.start_afresh()
        if not memory.visit.is_empty or memory.edits:
            self._count(lambda: self._desk.day_logs.count_unnoted(1))
            self.left.emit(lambda: self.take_up(memory))

    @property
    def form(self) -> NoteForm:
        """The note of this visit."""
        return self.panel.form

    @property
    def is_occupied(self) -> bool:
        """Whether there is something of a visitor that is not noted: a kept card, a corrected field."""
        return bool(self.visit.kept) or self.panel.form.is_edited

    def memory(self) -> Memory:
        """This visit as it stands, to be recalled."""
        return Memory(self.visit, self.search.text(), self.filters.query(""), self.panel.form.edits())

    def take_up(self, memory: Memory) -> None:
        """Take up a visit that was cleared without a note: it may get one yet."""
        if self.visit.is_empty:
            self._count(lambda: self._desk.day_logs.count_unnoted(-1))
        self.recall(memory)

    def recall(self, memory: Memory) -> None:
        """Take a visit up again, unless another one has begun."""
        if not self.visit.is_empty:
            _ = self._desk.words.gettext
            self.said.emit(_("Une autre visite a commencé : elle reste à l’écran."))
            return
        self.filters.adopt(memory.query)
        self.search.setText(memory.words)
        self.visit = memory.visit
        for name, value in memory.edits.items():
            self.panel.form.choose(name, value)
        self._visit_changed()

    # What happens on the page

    def start_afresh(self) -> None:
        """Nothing of the last visit stays."""
        self.visit = Visit()
        self._unmet = False
        self._here = self._desk.here()
        self.in_vain.forget()
        self.filters.adopt(Query())
        self.search.start_afresh()
        self.preview.forget()
        self.show_card()
        self.show_results()
        self.panel.form.start_afresh(self.visit.note(self._desk.clock(), self.pin.channel))
        self._visit_changed()
        self.refresh_day()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Show the present, the focus on the search line."""
        self._here = self._desk.here()
        self.refresh_day()
        self.go_to_search()

    def refresh_directory(self) -> None:
        """Find and show again what an editor may have changed, entries and lists."""
        self._model.forget()
        self.filters.read_lists()
        self.panel.form.read_lists()
        shown = self.card.entry
        self.show_results()
        if shown is not None and self.card.entry is shown:
            self.card.show_entry(self._desk.directory.entry(shown.uid, internal=True))

    def refresh_day(self) -> None:
        """Show today's count anew."""
        self.panel.show_day()
        self._show_pin()

    def search_as_typed(self) -> None:
        """Take the words as they are written, mistyped or not."""
        self.show_results(as_typed=True)

    def show_results(self, *, as_typed: bool = False) -> None:
        """Find what the words and filters ask for; the first result is the shown card."""
        query = replace(self.filters.query(self.search.text()), as_typed=as_typed)
        results = self._results = self._desk.directory.search(query)
        front = () if query.asks else self._desk.front_page.shown(self._desk.directory.calendar)
        self._model.show(query, results, front)
        self._spoken = results.language
        self.card.speak(results.language, self._language(results.language))
        self.card.measure(query.near or self._here)
        self._say_found(query, results)
        self._count_audiences(query, results)
        self.in_vain.watch("" if results.sure or query.is_filtered else query.text.strip())
        self.head.offer_wider(query, results)
        if results.hits:
            self._lists.setCurrentWidget(self.results)
        else:
            self.no_result.show_ways(query, self._desk.directory.hints(query))
            self._lists.setCurrentWidget(self.no_result)
        if query.words:
            self.visit.begin(self._desk.clock())
            self.results.choose(0)
        else:
            self.results.clearSelection()
            self.results.setCurrentIndex(self._model.index(-1, 0))
            self.show_entry("")
        self.by_meaning.ask(query, results)

    def show_meant(self, near: tuple[int, ...], in_time: bool) -> None:
        """What may be meant: among the guesses while nobody has read them, else below, so that nothing read moves."""
        query = self.filters.query(self.search.text())
        unread = (in_time or not self._results.hits) and self.results.currentIndex().row() <= 0
        results = self._results = merged(self._results, near, below=not unread)
        if unread:
            self._model.show(query, results)
            self._lists.setCurrentWidget(self.results)
            self.results.choose(0)
        else:
            self._model.show_more(results)
            self._lists.setCurrentWidget(self.results)
        self._say_found(query, results)

    def show_entry(self, uid: str) -> None:
        """Show a card beside the list."""
        if self.card.entry is not None and self.card.entry.uid == uid:
            return
        entry = self._desk.directory.entry(uid, internal=True) if uid else None
        self.card.show_entry(entry)
        self.visit.show(entry)
        if entry is not None:
            self.visit.begin(self._desk.clock())
        self.show_card()
        self._prefill()
        self._mark_kept()
        self.panel.sheet.setEnabled(bool(self.visit.kept) or entry is not None)

    def _show_other(self, uid: str) -> None:
        """A card to send somebody to instead, whatever the list shows."""
        self.show_card()
        self.show_entry(uid)

    def _show_anew(self) -> None:
        """Show the shown card and its row as they stand now; the visit stays as it is."""
        entry = self.card.entry
        if entry is not None:
            self.card.show_entry(self._desk.directory.entry(entry.uid, internal=True))
        self._model.let_facts_change()

    def _scroll(self, pages: float) -> None:
        shown = self._middle.currentWidget()
        if isinstance(shown, CardView | SheetPreview):
            shown.read_on(pages)

    def _try_query(self, query: Query) -> None:
        self.filters.adopt(query)
        self.search.setText(query.text)
        self.show_results()

    def _visit_changed(self) -> None:
        self.panel.show_visit(self.visit)
        self._prefill()
        self._mark_kept()
        self.panel.sheet.setEnabled(bool(self.visit.kept) or self.card.entry is not None)
        self._show_pin()

    def _mark_kept(self) -> None:
        shown = self.card.entry
        self.card.mark_kept(kept=shown is not None and any(seen.uid == shown.uid for seen in self.visit.kept))

    def _prefill(self) -> None:
        self.visit.audience = self.filters.audience
        self.panel.form.prefill(self.visit.note(self._desk.clock(), self.pin.channel))

    def _filter(self) -> None:
        self.visit.begin(self._desk.clock())
        self.show_results()

    def _drop(self, uid: str) -> None:
        self.visit.drop(uid)
        self._visit_changed()
        if self._middle.currentWidget() is self.preview:
            self.show_card()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_time_pass(self) -> None:
        """What is open, how long the visitor has been here, how busy the day is: said anew."""
        self.panel.show_elapsed(self.visit)
        self.panel.show_day()
        self._show_pin()
        self.card.let_time_pass()
        self._model.let_time_pass()

    def _printed(self, leaflet: Leaflet, copies: int) -> None:
        """Counted when handed over: the clerk may note before the printer has answered."""
        self.visit.printed(leaflet.revisions, leaflet.language, copies)
        self._count(lambda: self._desk.day_logs.count_sheets(1))
        self._visit_changed()
        self.show_card()

    def _refused(self, leaflet: Leaflet, copies: int) -> None:
        """The printer did not take it. The sheet is shown again if this visit is still there."""
        self._count(lambda: self._desk.day_logs.count_sheets(-1))
        if not self.visit.unprinted(list(leaflet.revisions), copies):
            return
        self._visit_changed()
        if self.preview.is_ready:
            self._middle.setCurrentWidget(self.preview)
            self._show_middle()

    def _show_pin(self) -> None:
        """What is pinned, in the visit's panel or in the bar it is folded to."""
        self.panel.show_pin(self.pin)
        channel = codes.label("channel", self.pin.channel, self._desk.words.language)
        self._say_kept(len(self.visit.kept), f"{channel} (F7)" if self.pin.until else "")

    def _count(self, counted: Callable[[], None]) -> None:
        """A count beside the notes; where the disk refuses it, the visitor does not wait for it."""
        try:
            counted()
        except PointInfoError as error:
            self.said.emit(str(error))

    def _say_found(self, query: Query, results: Results) -> None:
        language = self._language(results.language)
        self.head.show_results(query, results, counted=not self._model.has_front, language=language)

    def _language(self, code: str) -> str:
        """What the list of languages calls it, "" for none."""
        languages = self._desk.directory.terms("language") if code else ()
        return next((term.label for term in languages if term.code == code), code)

    def _count_audiences(self, query: Query, results: Results) -> None:
        """How many answers each audience would have; without words, how many entries."""
        directory = self._desk.directory
        if not query.text.strip():
            self.filters.show_counts(directory.audience_counts(query))
            return
        everyone = directory.search(replace(query, audience="")) if query.audience else results
        sure = [hit.id for hit in everyone.hits if not hit.weak]
        self.filters.show_counts(directory.audiences_among(sure), more=everyone.more)

    def _connect(self) -> None:
        self._palette.clicked.connect(self.palette_asked)
        self._look.clicked.connect(self.scroll_on)
        self._correct.clicked.connect(self.edit_note)
        self._note.clicked.connect(self.note_and_next)
        self.search.textChanged.connect(lambda _text: self.show_results())
        self.by_meaning.found.connect(self.show_meant)
        self.search.moved.connect(self.results.step)
        self.filters.changed.connect(self._filter)
        self.filters.words = self.search.text
        self.results.entry_shown.connect(self.show_entry)
        self.results.entry_taken.connect(lambda _uid: self.add_to_visit())
        self.head.as_typed.connect(self.search_as_typed)
        self.head.tried.connect(self._try_query)
        self.no_result.tried.connect(self._try_query)
        self.no_result.unmet_asked.connect(self.note_unmet)
        self.card.taken.connect(self.add_to_visit)
        self.card.previewed.connect(self.show_sheet)
        self.printer.sent.connect(self._printed)
        self.printer.refused.connect(self._refused)
        self.printer.failed.connect(self.not_printed)
        self.printer.said.connect(self.said)
        self.card.confirmed.connect(self.still_correct)
        self.preview.said.connect(self.said)
        self.preview.closed.connect(self.show_card)
        self.preview.asked_for.connect(self._show_other)
        self.panel.sheet_asked.connect(self.show_sheet)
        self.panel.confirmed.connect(self.note_and_next)
        self.panel.tallied.connect(self.tally_asked)
        self.panel.pin_asked.connect(self.toggle_pin)
        self.panel.dropped.connect(self._drop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field wanted: letters go to the search line."""
        if types_a_letter(event):
            self.search.take_letter(event)
            return
        super().keyPressEvent(event)
