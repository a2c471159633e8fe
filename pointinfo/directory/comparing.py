"""Two values of one field side by side: each in lines a person reads, the words that differ marked, lists united."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final, Literal, NamedTuple

import msgspec
from babel.dates import get_day_names

from pointinfo.database.schema import Contact, Name, Schedule
from pointinfo.directory import fields, hours
from pointinfo.directory.hours import Calendar
from pointinfo.directory.record import EntryRecord, Link, changes
from pointinfo.i18n import Words

Side = Literal["left", "right", "both", "other"]
"""What is chosen of two values: one of them, both lists as one, another that a person typed."""

PLAIN: Final = frozenset({"line", "text"})
"""Shapes of fields of which a person can type another value."""

_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)


class Piece(NamedTuple):
    """A run of text; `differs` where the other side hasn't got it."""

    text: str
    differs: bool


class Reader(NamedTuple):
    """What it takes to say values in words: labels by (vocabulary, code), entry names by uid."""

    words: Words
    calendar: Calendar
    terms: Mapping[tuple[str, str], str]
    names: Mapping[str, str]

    def lines(self, key: str, value: Any) -> tuple[str, ...]:
        """A value of `record.flat` as lines, those of a list one an item; () for none."""
        if key.startswith("terms/"):
            return tuple(self._said(key, (code,)) for code in value or ())
        if isinstance(value, tuple):
            return tuple(self._item(key, item) for item in value)
        if key == "hours" and value:
            return hours.in_sentence(value, self.words, self.calendar) or (str(value),)
        return tuple(line for line in self._said(key, value).splitlines() if line.strip())

    def _item(self, key: str, item: Any) -> str:
        """One item of a list, with everything that tells it from others."""
        _ = self.words.gettext
        said = self._said(key, (item,))
        if isinstance(item, Name) and item.kind in ("former", "acronym"):
            kinds = {"former": _("ancien nom"), "acronym": _("sigle")}
            return f"{said} ({kinds[item.kind]})"
        if isinstance(item, Contact) and item.hours:
            return ", ".join((said, *hours.in_sentence(item.hours, self.words, self.calendar)))
        if isinstance(item, Schedule):
            return self._meeting(item)
        return said

    def _meeting(self, meeting: Schedule) -> str:
        names = get_day_names("wide", locale=self.words.language)
        days = ", ".join(names[day] for day in meeting.weekdays)
        span = "–".join(filter(None, (meeting.starts, meeting.ends)))
        period = "–".join(self._said("verified_on", day) for day in (meeting.first, meeting.last) if day)
        dates = ", ".join(self._said("verified_on", day) for day in meeting.dates)
        return " · ".join(filter(None, (meeting.label, days, span, period, dates, meeting.price)))

    def _said(self, key: str, value: Any) -> str:
        return fields.said(key, value, self.words, self.terms, self.names)


def mentioned(*records: EntryRecord) -> list[str]:
    """The uids of other entries that records speak of, to look up their names."""
    linked = [link.uid for record in records for link in record.links]
    return list(dict.fromkeys([*linked, *(record.replaced_by for record in records if record.replaced_by)]))


def shape(key: str, words: Words) -> fields.Shape:
    """How a field of `record.flat` is edited."""
    general = fields.general(key)
    return next((field.shape for field in fields.fields(words) if field.key == general), "line")


def marked(left: Sequence[str], right: Sequence[str], *, listed: bool) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """The lines of both sides in pieces. In a list whole lines differ, in a text words do; beside nothing, nothing."""
    if not left or not right:
        return [[Piece(line, False)] for line in left], [[Piece(line, False)] for line in right]
    if listed:
        return (
            [[Piece(line, line not in right)] for line in left],
            [[Piece(line, line not in left)] for line in right],
        )
    one, other = ([_WORD.findall(line) for line in side] for side in (left, right))
    flat_one, flat_other = ([word for line in side for word in (*line, "\n")] for side in (one, other))
    changed_one, changed_other = [True] * len(flat_one), [True] * len(flat_other)
    for here, there, size in SequenceMatcher(a=flat_one, b=flat_other, autojunk=False).get_matching_blocks():
        changed_one[here : here + size] = [False] * size
        changed_other[there : there + size] = [False] * size
    return _pieces(flat_one, changed_one), _pieces(flat_other, changed_other)


def advised(left: EntryRecord, right: EntryRecord) -> dict[str, Side]:
    """The sides to begin with when two entries become the left one: what it lacks, both lists, the later check."""
    later = (right.verified_on or "") > (left.verified_on or "")
    newer = (right.as_of or "") > (left.as_of or "")
    found: dict[str, Side] = {}
    for change in changes(left, right):
        if isinstance(change.before, tuple) and isinstance(change.after, tuple):
            found[change.field] = "both"
        elif change.field in ("verified_on", "verified_by", "verified_how", "next_check"):
            found[change.field] = "right" if later else "left"
        elif change.field in ("source", "as_of", "confidence"):
            found[change.field] = "right" if newer else "left"
        else:
            found[change.field] = "right" if change.before is None else "left"
    return found


def known_as(record: EntryRecord, *names: str) -> EntryRecord:
    """The record with these among its names: who asks for an entry by the name it had still finds it."""
    known = {record.name, *(name.text for name in record.names)}
    return msgspec.structs.replace(
        record, names=(*record.names, *(Name(name) for name in dict.fromkeys(names) if name not in known))
    )


def united(key: str, left: tuple[Any, ...], right: tuple[Any, ...]) -> tuple[Any, ...]:
    """Two lists as one, each thing once, as the left one has it. «Toute la population» goes with no other public."""
    if key == "terms/audience" and "population" in (*left, *right):
        return ("population",)
    found = {_identity(item): item for item in (*right, *left)}
    return tuple(found[each] for each in dict.fromkeys(_identity(item) for item in (*left, *right)))


def _identity(item: Any) -> Any:
    if isinstance(item, Contact):
        return item.kind, "".join(item.value.split()).lower()
    if isinstance(item, Name):
        return item.text
    if isinstance(item, Link):
        return item.kind, item.uid
    return repr(item)


def _pieces(words_of_lines: list[str], changed: list[bool]) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    line: list[Piece] = []
    for word, differs in zip(words_of_lines, changed, strict=True):
        if word == "\n":
            lines.append(line)
            line = []
        elif line and line[-1].differs == differs:
            line[-1] = Piece(line[-1].text + word, differs)
        else:
            line.append(Piece(word, differs))
    return lines
