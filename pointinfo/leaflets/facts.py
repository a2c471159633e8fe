"""The facts of an entry in a sheet's language, each line with the language it is in. Takes public entries only."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Literal, NamedTuple

from pointinfo.database.schema import Entry
from pointinfo.directory import card, sessions_words
from pointinfo.directory.hours import Calendar
from pointinfo.directory.text import fold
from pointinfo.i18n import Words, typeset
from pointinfo.leaflets.content import Fact, FactStyle
from pointinfo.leaflets.languages import isolated, isolated_within, sheet_words, term_label

Field = Literal["summary", "eligibility", "how_to_apply", "documents", "fee", "directions", "alert"]


class Text(NamedTuple):
    """A line and its language. `free`: somebody wrote it and it could be in any language, unlike a name or a number."""

    line: str
    lang: str
    free: bool = True


class Facts:
    """What one entry says in one language."""

    def __init__(self, entry: Entry, language: str, calendar: Calendar, now: datetime) -> None:
        self._entry = entry
        self._language = language
        self._words: Words = sheet_words(language)
        self._calendar = calendar
        self._now = now
        self.is_untranslated = False
        """Whether a text that was asked for came in French instead."""

    def before_hours(self) -> tuple[Fact, ...]:
        """Everything up to where and when, in the order of the city's own procedure sheets."""
        _ = self._words.gettext
        links = self.linked
        attendance, languages, accessibility = map(self._terms, ("attendance", "language", "accessibility"))
        whom, area = self.whom()
        return self._facts(
            ("warning", _("Attention"), self._warning(), "warning"),
            ("whom", _("Pour qui"), whom, "text"),
            ("area", _("Territoire"), area, "text"),
            ("conditions", _("Conditions"), self.terms_first("eligibility", "eligibility"), "text"),
            ("how", _("Comment faire"), self.written("how_to_apply"), "text"),
            ("attendance", _("Accueil"), self._joined(attendance), "text"),
            ("see_first", _("Voir d’abord"), links("see_first"), "text"),
            ("bring", _("À apporter"), self._documents(), "checklist"),
            ("cost", _("Prix"), self.terms_first("fee", "fee"), "text"),
            ("languages", _("Langues"), self._joined(languages), "text"),
            ("accessibility", _("Accessibilité"), self._joined(accessibility), "text"),
            ("offered_by", _("Proposé par"), links("offered_by"), "text"),
            ("where", _("Où"), self.where(), "text"),
            ("place", _("Lieu"), links("takes_place_at"), "text"),
            ("directions", _("Accès"), self.written("directions"), "text"),
            ("sessions", _("Séances"), self._sessions(), "text"),
        )

    def after_hours(self) -> tuple[Fact, ...]:
        """How to reach it, and the stop."""
        _ = self._words.gettext
        of_kind = {kind: [each for each in self._entry.contacts if each.kind == kind] for kind in ("web", "email")}
        web, email = ([self._proper(each.value) for each in of_kind[kind]] for kind in ("web", "email"))
        return self._facts(
            ("phone", _("Téléphone"), self.phones(), "phone"),
            ("web", _("Site internet"), web, "link"),
            ("email", _("Courriel"), email, "link"),
            ("stop", _("Arrêt"), [self._proper(line, "fr") for line in _lines(self._entry.stop)], "text"),
        )

    def written(self, field: Field) -> list[Text]:
        """The lines of a free text in the sheet's language, else in French, else in whatever language has it."""
        wordings = self._entry.wordings
        for language in dict.fromkeys((self._language, "fr", *wordings)):
            said = getattr(wordings[language], field) if language in wordings else ""
            if said.strip():
                return [self._text(line, language) for line in _lines(said)]
        return []

    def name(self) -> Text:
        """The entry's name in the sheet's language where it has one, else its own."""
        for name in self._entry.names:
            if name.language == self._language != "fr" and name.kind == "alias":
                return Text(name.text, self._language)
        return Text(typeset(self._entry.name), "fr", free=False)

    def _facts(self, *listed: tuple[str, str, Sequence[Text], FactStyle]) -> tuple[Fact, ...]:
        return tuple(self._fact(*each) for each in listed if each[2])

    def _fact(self, key: str, label: str, texts: Sequence[Text], style: FactStyle) -> Fact:
        lines = tuple(typeset(text.line) if text.lang == "fr" and style != "link" else text.line for text in texts)
        langs = tuple("" if text.lang == self._language else text.lang for text in texts)
        return Fact(label, lines, style, key, langs if any(langs) else ())

    def _text(self, line: str, language: str) -> Text:
        if language != self._language:
            self.is_untranslated = self.is_untranslated or language == "fr"
            return Text(line, language)
        return Text(isolated_within(line, language), language)

    def _ours(self, line: str) -> Text:
        """A line in the sheet's language made here."""
        return Text(line, self._language, free=False)

    def _proper(self, line: str, lang: str = "") -> Text:
        """A name, an address, a number: as it is in every language."""
        return Text(isolated(line, self._language), lang or self._language, free=False)

    def _warning(self) -> list[Text]:
        _ = self._words.gettext
        if self._entry.status != "closed":
            return self.written("alert")
        told = [self._ours(_("Cette offre n’existe plus."))]
        reason = "" if self._entry.status_reason == "merged" else self._entry.status_reason or ""
        if reason:
            reason = reason[:1].upper() + reason[1:]
            told.append(self._text(reason if reason.endswith((".", "!", "?")) else f"{reason}.", "fr"))
        if self._entry.successor is not None:
            name = isolated(self._entry.successor.name, self._language)
            told.append(self._ours(_("À la place : {name}").format(name=name)))
        return told

    def whom(self) -> tuple[list[Text], list[Text]]:
        """For whom, the area at the end of its first line; the area alone where nobody says for whom."""
        ages = sessions_words.ages(self._entry.age_from, self._entry.age_to, self._words)
        whom = [*self._joined(self._terms("audience")), *([self._ours(ages)] if ages else [])]
        area = self._joined(self._terms("area"))
        if not whom:
            return [], area
        if area and area[0].lang == whom[0].lang:
            whom[0] = whom[0]._replace(line=f"{whom[0].line} · {area[0].line}")
            area = area[1:]
        return [whom[0], *area, *whom[1:]], []

    def _documents(self) -> list[Text]:
        """Each paper on a line of its own, then what is written and isn't among them."""
        listed = self._terms("document")
        known = {fold(text.line) for text in listed} | {fold(term.label("fr")) for term in self._entry.of("document")}
        return [*listed, *(text for text in self.written("documents") if fold(text.line) not in known)]

    def terms_first(self, vocabulary: str, field: Field) -> list[Text]:
        """The terms in one line, then what is written beside them; a term that the text says too isn't said twice."""
        written = self.written(field)
        said = f" {fold(' '.join(text.line for text in written))} "
        return [*self._joined([text for text in self._terms(vocabulary) if fold(text.line) not in said]), *written]

    def _terms(self, vocabulary: str) -> list[Text]:
        return [self._text(*term_label(term, self._language)) for term in self._entry.of(vocabulary)]

    def _joined(self, texts: Iterable[Text]) -> list[Text]:
        """In one line; what is in another language in a line of its own."""
        comma = self._words.gettext(", ")
        runs = groupby(texts, key=lambda text: text.lang)
        return [Text((comma if lang == self._language else ", ").join(t.line for t in run), lang) for lang, run in runs]

    def where(self) -> list[Text]:
        town = f"{self._entry.postcode} {self._entry.city}".strip()
        address = ", ".join(filter(None, (self._entry.street, town)))
        return [self._proper(address, "fr")] if self._entry.street else []

    def linked(self, kind: str) -> list[Text]:
        """The entries this one is tied to, with a telephone; one that is closed without a successor says so."""
        _ = self._words.gettext
        told = []
        for target in (link.target for link in self._entry.links if link.kind == kind):
            if target.status == "closed":
                name = isolated(target.name, self._language)
                told.append(self._ours(_("{name} (n’existe plus)").format(name=name)))
            elif target.status != "do_not_refer":
                phone = [isolated(contact.value, self._language) for contact in card.phones(target)[:1]]
                told.append(self._proper(", ".join((typeset(target.name), *phone)), "fr"))
        return told

    def phones(self) -> list[Text]:
        listed = []
        for contact in card.phones(self._entry):
            number = self._proper(contact.value).line
            if contact.label and self._language != "fr":
                self.is_untranslated = True
            label = f" ({isolated(typeset(contact.label), self._language)})" if contact.label else ""
            listed.append(self._ours(number + label))
        return listed

    def _sessions(self) -> list[Text]:
        if self._language != "fr" and any(each.label or each.price for each in self._entry.schedules or ()):
            self.is_untranslated = True
        told = card.sessions(self._entry, self._words, self._calendar, self._now)
        return [self._ours(line) for line in told]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
