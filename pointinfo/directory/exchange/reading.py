"""What the readers of standard formats share: a file as a `Reader`, ids that stay the same, words made our codes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import msgspec

from pointinfo import paths
from pointinfo.directory.exchange import cleaning
from pointinfo.directory.exchange.columns import extra_key
from pointinfo.directory.exchange.foreign import Cells, Tally
from pointinfo.directory.exchange.incoming import Incoming, Remark, Understood, uid_of
from pointinfo.directory.exchange.jsonfile import Place
from pointinfo.directory.exchange.tables import Tick
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.text import fold
from pointinfo.directory.vocabulary import Resolver
from pointinfo.i18n import Words


class FileReader:
    """A file being read. Each iteration begins anew; `understood` tells of the last. `tick` is told of its end."""

    def __init__(self, source: str, words: Words, records: Callable[[Tally], Iterator[Incoming]], tick: Tick) -> None:
        self.source = source
        self._words = words
        self._records = records
        self._tick = tick
        self._tally = Tally(words)

    def __iter__(self) -> Iterator[Incoming]:
        self._tally = Tally(self._words)
        yield from self._records(self._tally)
        self._tick(1.0)

    def understood(self) -> tuple[Understood, ...]:
        """Per field of the source, in the file's order."""
        return self._tally.understood()


def unreadable(source: str, row: int, place: Place, words: Words) -> Incoming:
    """A record that is none, from a place on. It is told by its line in the file, which need not be its number."""
    _ = words.gettext
    sentence = _("Ce n’est pas une fiche lisible à partir de la colonne {column}.").format(column=place.column)
    record = EntryRecord(uid=uid_of(source, f"#{row}"), kind="service", name="")
    return Incoming(record, row, (Remark(place.line, "", "", sentence, fatal=True),))


COVERED: Final = frozenset(
    [
        "kind",
        "name",
        "status",
        "status_reason",
        "street",
        "postcode",
        "city",
        "stop",
        "longitude",
        "latitude",
        "hours",
        "as_of",
        "contacts/phone",
        "contacts/email",
        "contacts/web",
        "terms/topic",
        "terms/theme",
        "terms/audience",
        "terms/accessibility",
        "terms/fee",
        "terms/attendance",
        "terms/eligibility",
        "terms/commune",
        "wordings/fr/summary",
        "wordings/fr/description",
        "wordings/fr/eligibility",
        "wordings/fr/how_to_apply",
        "wordings/fr/fee",
        "wordings/fr/directions",
    ]
)
"""What every standard has a place for, so that an empty one says something; see `Incoming.covers`."""


def finished(record: EntryRecord, *read: Cells, covers: frozenset[str] | None = COVERED) -> Incoming:
    """A record with all that was remarked in its cells. `covers` beside its origins; None: all of the record."""
    for cells in read:
        cells.count()
    if covers is not None:
        covers |= {f"origins/{origin.source}" for origin in record.origins}
        covers |= {extra_key(origin.source, "*") for origin in record.origins}
    remarks = tuple(remark for cells in read for remark in cells.remarks)
    unread = tuple(dict.fromkeys(key for cells in read for key in cells.unread))
    return Incoming(record, read[0].row, remarks, covers, unread)


class _TableFile(msgspec.Struct):
    """A table of `resources/exchange`: foreign words, and what each says in our lists; `back` the other way."""

    name: str
    source: str
    licence: str
    words: dict[str, dict[str, tuple[str, ...]]]
    back: dict[str, dict[str, tuple[str, ...]]] = {}


SIGNS: Final = r"[,;\n/|]"
"""What separates the words of a cell, where a source has no sign of its own."""


class Crosswalk:
    """Makes the words of one standard our codes, by its table and by our own labels and synonyms."""

    def __init__(self, name: str, resolver: Resolver) -> None:
        self._table = _table(name)
        self._resolver = resolver

    def codes(self, word: str, lists: Iterable[str] = ()) -> Mapping[str, tuple[str, ...]] | None:
        """Our codes by list for a foreign word; `lists` are those that may know it themselves. None: unknown."""
        known = self._table.get(folded(word))
        if known is not None:
            return known
        own = {name: code for name in lists if (code := self._resolver.code(name, word)) is not None}
        return {name: (code,) for name, code in own.items()} or None

    def read(
        self, cells: Cells, name: str, found: dict[str, list[str]], lists: Iterable[str] = (), cut: str = SIGNS
    ) -> None:
        """Add the codes of all words of a cell to `found`; `cut` is a pattern that separates them.

        A cell counts as taken when every word was known; each unknown one is remarked.
        """
        _ = cells.gettext
        missed = []
        values = words_of(cells.raw(name), cut)
        for word in values:
            codes = self.codes(word, lists)
            if codes is None:
                missed.append(word)
            for vocabulary, each in (codes or {}).items():
                found.setdefault(vocabulary, []).extend(each)
        if values and not missed:
            cells.take(name)
        for word in missed[:20]:
            cells.refuse(name, _("Ce mot n’est dans aucune de nos listes."), word)
        if missed:
            cells.unread += [f"terms/{vocabulary}" for vocabulary in lists or ("topic", "theme", "audience")]

    def hear(self, text: str, found: dict[str, list[str]], cut: str = SIGNS) -> None:
        """Add the codes of those words of a text that are known; the text itself is kept elsewhere."""
        for word in words_of(text, cut):
            for vocabulary, codes in (self.codes(word) or {}).items():
                found.setdefault(vocabulary, []).extend(codes)


def words_of(value: Any, cut: str) -> list[str]:
    """The words of a cell: a list's elements, or a text's parts."""
    parts = value if isinstance(value, list) else re.split(cut, cleaning.plain(value))
    cleaned = (
        cleaning.line(part).replace("_", " ").strip(" .;") for part in parts if not isinstance(part, dict | list)
    )
    return [word for word in dict.fromkeys(cleaned) if word and word.lower() not in {"other", "autre", "autres", "non"}]


def back(name: str, terms: Mapping[str, tuple[str, ...]], vocabulary: str) -> list[str]:
    """A standard's own words for the codes an entry has of one of our lists."""
    words = _file(name).back.get(vocabulary, {})
    return list(dict.fromkeys(word for code in terms.get(vocabulary, ()) for word in words.get(code, ())))


def folded(word: str) -> str:
    """How words of a table are compared."""
    return " ".join(fold(word).replace("’", "'").replace("_", " ").split()).strip(" .;")


@lru_cache
def _file(name: str) -> _TableFile:
    data = (paths.resources() / "exchange" / f"{name}.json").read_bytes()
    return msgspec.json.decode(data, type=_TableFile)


@lru_cache
def _table(name: str) -> dict[str, dict[str, tuple[str, ...]]]:
    return {folded(word): codes for word, codes in _file(name).words.items()}
