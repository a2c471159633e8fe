"""An entry being put together from the cells of a foreign record."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pointinfo.database.schema import Contact, Origin, Wording
from pointinfo.directory.exchange import cleaning
from pointinfo.directory.exchange.foreign import Cells
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.directory.vocabulary import Resolver


class Draft(msgspec.Struct):
    """An entry while its cells are being read. `identifier` is the source's own, or what must do for one.

    `fields` are those of `EntryRecord` that are said once; the others are gathered.
    """

    identifier: str
    name: str = ""
    kind: str = "service"
    text: list[str] = []
    fields: dict[str, Any] = {}
    wording: dict[str, list[str]] = {}
    contacts: list[Contact] = []
    terms: dict[str, list[str]] = {}
    links: list[Link] = []

    def say(self, label: str, text: str) -> None:
        """Add a labelled line to the description."""
        if text:
            self.text.append(f"{label} : {text.rstrip(' .')}." if label else text)

    def note(self, part: str, text: str) -> None:
        """Add a line to one of the other texts."""
        if text:
            self.wording.setdefault(part, []).append(text)

    def wordings(self) -> dict[str, Wording]:
        """The texts in French."""
        others = {part: "\n".join(dict.fromkeys(lines)) for part, lines in self.wording.items()}
        return told("\n".join(dict.fromkeys(self.text)), **others)

    def put(self, place: cleaning.Place | None, cells: Cells, *names: str) -> None:
        """The place on earth that was read from these cells."""
        if place:
            self.fields["longitude"], self.fields["latitude"] = place
            cells.take(*names)
        elif any(cells.raw(name) is not None for name in names):
            _ = cells.gettext
            cells.refuse(names[0], _("Ces coordonnées ne sont pas sur la carte."))

    def record(self, uid: str, origins: tuple[Origin, ...], resolver: Resolver | None) -> EntryRecord:
        """The entry, its terms settled: with the commune of its city and the themes of its topics."""
        commune = resolver.code("commune", self.fields.get("city", "")) if resolver else None
        if commune:
            self.terms["commune"] = [commune]
        return EntryRecord(
            uid=uid,
            kind=self.kind,
            name=self.name,
            wordings=self.wordings(),
            contacts=tuple(dict.fromkeys(self.contacts)),
            terms=settled(self.terms, resolver),
            links=tuple(dict.fromkeys(self.links)),
            origins=origins,
            **self.fields,
        )

    def check_name(self, cells: Cells, field: str) -> None:
        """Remark that an entry without a name can't come in."""
        _ = cells.gettext
        if not self.name:
            cells.refuse(field, _("Cette fiche n’a pas de nom."), fatal=True)


def told(text: str, **others: str) -> dict[str, Wording]:
    """A source's one long text as a summary to read aloud and, where it says more, a description."""
    summary = cleaning.shortened(text)
    more = "" if " ".join(text.split()) == summary else text
    wording = Wording(summary=summary, description=more, **others)
    return {"fr": wording} if wording != Wording() else {}


def settled(found: Mapping[str, Iterable[str]], resolver: Resolver | None) -> dict[str, tuple[str, ...]]:
    """Codes without doubles, themes of the topics, and «toute la population» alone if it is among the audiences."""
    terms = {vocabulary: tuple(dict.fromkeys(codes)) for vocabulary, codes in found.items() if codes}
    if resolver is None:
        return terms
    if "population" in terms.get("audience", ()):
        terms["audience"] = ("population",)
    themes = (*terms.get("theme", ()), *(resolver.parent("topic", code) for code in terms.get("topic", ())))
    terms["theme"] = tuple(dict.fromkeys(filter(None, themes)))
    return {vocabulary: codes for vocabulary, codes in terms.items() if codes}
