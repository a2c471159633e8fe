"""All chunks in memory, end to end: any selection of inquiries counted along every dimension in one pass.

Each inquiry is four numbers (`chunks`). A filter marks which combinations it takes, so it is looked up once for each
combination and not for each inquiry; what is left is counted by combination, and only then by code. An inquiry that
names two themes counts for both. Nothing here is protected: what it gives goes through `tables` before it is shown.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from pointinfo.inquiries import codes
from pointinfo.inquiries.chunks import GROUPS, Chunk, Key, Numbers
from pointinfo.inquiries.period import Period

Axis = Literal[
    "counter", "month", "day", "weekday", "hour", "channel", "effort", "outcome", "reason", "first_contact", "mode",
    "theme", "audience", "language", "origin",
]  # fmt: skip
"""A dimension that inquiries are counted along or chosen by. `weekday` counts from "1" for Monday (ISO 8601)."""

AXES: Final[tuple[Axis, ...]] = get_args(Axis)

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_SEVERAL: Final = {"theme": "themes", "audience": "audiences"}
_FROM_DAY: Final = {"day": 10, "month": 7}


class Selection(NamedTuple):
    """Which inquiries: those of a period that say one of the codes wanted on every axis named; "" is *not said*."""

    period: Period
    only: Mapping[Axis, frozenset[str]] = {}


class Sums(NamedTuple):
    """Inquiries and people by code; only codes that occur."""

    inquiries: dict[str, int]
    people: dict[str, int]


def group_of(axis: Axis) -> str:
    """The group of columns that an axis is read from."""
    if axis in {"counter", "month", "day", "weekday", "hour"}:
        return "when"
    column = _SEVERAL.get(axis, axis)
    return next(group for group, columns in GROUPS.items() if column in columns)


class _Codes:
    """One axis over all combinations of its group: `rows` number the distinct lists of codes, `lists` are these."""

    def __init__(self, keys: list[Key], axis: Axis, successors: Mapping[str, str]) -> None:
        read = _reader(axis)
        number: dict[tuple[str, ...], int] = {}
        told = [tuple(sorted({successors.get(code, code) for code in read(key)})) for key in keys]
        self.rows = np.fromiter((number.setdefault(said, len(number)) for said in told), np.int64, len(told))
        self.lists = list(number)
        self.codes = sorted({code for said in self.lists for code in said})
        at = {code: place for place, code in enumerate(self.codes)}
        self.names = np.zeros((len(self.lists), len(self.codes)), np.int64)
        for row, said in enumerate(self.lists):
            for code in said:
                self.names[row, at[code]] = 1

    def taken(self, wanted: frozenset[str]) -> Mask:
        """Which combinations name one of the codes wanted."""
        lists = np.array([not wanted.isdisjoint(said) for said in self.lists], bool)
        return lists[self.rows]

    def counted(self, by_key: Counts) -> Counts:
        """Counts by code from counts by combination."""
        by_list = np.bincount(self.rows, weights=by_key, minlength=len(self.lists))
        return np.asarray(by_list.astype(np.int64) @ self.names)


class Columns:
    """The inquiries of all months in memory. `chunks` come by (counter, month); they may be of several counters."""

    def __init__(self, chunks: Mapping[tuple[str, str], Chunk], successors: Mapping[Axis, Mapping[str, str]]) -> None:
        self._successors = successors
        self._codes: dict[Axis, _Codes] = {}
        order = sorted(chunks, key=lambda each: (each[1], each[0]))
        self._months = [month for _counter, month in order]
        sizes = [len(chunks[each].places["when"]) for each in order]
        self._ends = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        self.keys: dict[str, list[Key]] = {}
        self.places: dict[str, Numbers] = {}
        for group in GROUPS:
            number: dict[Key, int] = {}
            parts = [np.zeros(0, np.int32)]
            for each in order:
                own = chunks[each].keys[group]
                known = np.fromiter((number.setdefault(key, len(number)) for key in own), np.int32, len(own))
                parts.append(known[chunks[each].places[group]])
            self.keys[group] = list(number)
            self.places[group] = np.concatenate(parts)
        self.people = {
            group: np.array([key[-1] for key in keys] or [0], np.int64)[: len(keys)]
            for group, keys in self.keys.items()
        }

    def __len__(self) -> int:
        return int(self._ends[-1])

    def along(self, axis: Axis) -> _Codes:
        """An axis over all combinations; read once."""
        if axis not in self._codes:
            self._codes[axis] = _Codes(self.keys[group_of(axis)], axis, self._successors.get(axis, {}))
        return self._codes[axis]

    def chosen(self, selection: Selection) -> "Chosen":
        """The inquiries of a selection, ready to be counted."""
        first, last = (f"{day:%Y-%m}" for day in selection.period)
        inside = [place for place, month in enumerate(self._months) if first <= month <= last]
        start, end = (int(self._ends[inside[0]]), int(self._ends[inside[-1] + 1])) if inside else (0, 0)
        only = {axis: self.along(axis).taken(wanted) for axis, wanted in selection.only.items()}
        kept: dict[str, Mask] = {}
        for axis, taken in only.items():
            group = group_of(axis)
            kept[group] = kept[group] & taken if group in kept else taken
        if not _whole_months(selection.period):
            days = _between(self.along("day"), selection.period)
            kept["when"] = kept["when"] & days if "when" in kept else days
        mask: Mask | None = None
        for group, taken in kept.items():
            here = taken[self.places[group][start:end]]
            mask = here if mask is None else mask & here
        return Chosen(self, start, end, mask)


class Chosen:
    """A selection of inquiries: `mask` says which of those from `start` to `end`; None for all."""

    def __init__(self, columns: Columns, start: int, end: int, mask: Mask | None) -> None:
        self._columns = columns
        self._start, self._end, self._mask = start, end, mask
        self._found: dict[str, Numbers] = {}
        self._by_key: dict[str, Counts] = {}

    @cached_property
    def inquiries(self) -> int:
        """How many there are."""
        return self._end - self._start if self._mask is None else int(np.count_nonzero(self._mask))

    @cached_property
    def people(self) -> int:
        """How many people came for them."""
        return int(self.by_key("when") @ self._columns.people["when"])

    def sums(self, axis: Axis) -> Sums:
        """Inquiries and people by code."""
        group, along = group_of(axis), self._columns.along(axis)
        by_key = self.by_key(group)
        inquiries, people = along.counted(by_key), along.counted(by_key * self._columns.people[group])
        occurring = np.flatnonzero(inquiries)
        return Sums(
            {along.codes[place]: int(inquiries[place]) for place in occurring},
            {along.codes[place]: int(people[place]) for place in occurring},
        )

    def crossed(self, one: Axis, other: Axis) -> dict[tuple[str, str], int]:
        """Inquiries by the codes of two axes: those that name both; only pairs that occur."""
        ours, theirs = self._columns.along(one), self._columns.along(other)
        group, other_group = group_of(one), group_of(other)
        size = len(ours.lists) * len(theirs.lists)
        if group == other_group:
            keys = ours.rows * len(theirs.lists) + theirs.rows
            flat = np.bincount(keys, weights=self.by_key(group), minlength=size).astype(np.int64)
        else:
            rows = (ours.rows * len(theirs.lists))[self._places(group)]
            flat = np.bincount(rows + theirs.rows[self._places(other_group)], minlength=size)
        table = ours.names.T @ flat.reshape(len(ours.lists), len(theirs.lists)) @ theirs.names
        return {
            (ours.codes[row], theirs.codes[column]): int(table[row, column])
            for row, column in zip(*np.nonzero(table), strict=True)
        }

    def only(self, axis: Axis, wanted: frozenset[str]) -> "Chosen":
        """Those among them that say one of the codes wanted."""
        taken = self._columns.along(axis).taken(wanted)
        here = taken[self._columns.places[group_of(axis)][self._start : self._end]]
        return Chosen(self._columns, self._start, self._end, here if self._mask is None else self._mask & here)

    def by_key(self, group: str) -> Counts:
        """Counts by combination of a group; counted once."""
        if group not in self._by_key:
            self._by_key[group] = np.bincount(self._places(group), minlength=len(self._columns.keys[group]))
        return self._by_key[group]

    def _places(self, group: str) -> Numbers:
        if group not in self._found:
            places = self._columns.places[group][self._start : self._end]
            self._found[group] = places if self._mask is None else places[self._mask]
        return self._found[group]


def _reader(axis: Axis) -> Callable[[Key], Iterable[str]]:
    """Takes the codes of an axis from a combination."""
    columns = GROUPS[group_of(axis)]
    if axis in _SEVERAL:
        at = columns.index(_SEVERAL[axis])
        return lambda key: key[at] or ("",)
    if axis in _FROM_DAY:
        at, letters = columns.index("day"), _FROM_DAY[axis]
        return lambda key: (key[at][:letters],)
    if axis == "weekday":
        at = columns.index("day")
        return lambda key: (str(date.fromisoformat(key[at]).isoweekday()),)
    at = columns.index(axis)
    return lambda key: ("" if key[at] is None else str(key[at]),)


def _whole_months(period: Period) -> bool:
    return period.first.day == 1 and (period.last + timedelta(days=1)).day == 1


def _between(days: _Codes, period: Period) -> Mask:
    first, last = (day.isoformat() for day in period)
    return np.array([first <= said[0] <= last for said in days.lists], bool)[days.rows]


class Charts(NamedTuple):
    """Everything that is drawn of a selection, uncovered. Pairs are (now, in the period before)."""

    inquiries: tuple[int, int]
    people: tuple[int, int]
    months: Sums
    axes: dict[Axis, Sums]
    week: dict[tuple[str, str], int]
    themes: dict[tuple[str, str], int]
    unmet: Sums


def all_charts(columns: Columns, selection: Selection, line: Period, before: Period) -> Charts:
    """Count every chart of a selection: key figures beside those of `before`, the months of `line`, every axis,
    weekday × hour, theme × audience, and of each theme what was met in part or not at all."""
    now = columns.chosen(selection)
    earlier = columns.chosen(selection._replace(period=before))
    return Charts(
        (now.inquiries, earlier.inquiries),
        (now.people, earlier.people),
        columns.chosen(selection._replace(period=line)).sums("month"),
        {axis: now.sums(axis) for axis in AXES if axis not in {"day", "mode"}},
        now.crossed("weekday", "hour"),
        now.crossed("theme", "audience"),
        now.only("outcome", codes.UNMET).sums("theme"),
    )
