"""Opening hours as a weekly grid: a real table, a row a day, its slots side by side where they fit."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.content import Slot, WeekGrid
from pointinfo.leaflets.line_breaking import TextStyle, natural_width
from pointinfo.leaflets.shaping import direction
from pointinfo.leaflets.structure import AttributeValue, Element
from pointinfo.leaflets.typesetting import LINE, SOFT, Rule, paragraphs

_USUAL: Final = 9.5  # points: the size of times from which the other measures were chosen
_AFTER_DAY: Final = 4 * mm
_BETWEEN_SLOTS: Final = 5 * mm
_BEFORE_REMARK: Final = 2 * mm
_BETWEEN_GRIDS: Final = 7 * mm
_DAY_WIDEST: Final = 38 * mm
_TIMES_WIDEST: Final = 40 * mm
_REMARK_NARROWEST: Final = 27 * mm  # a remark may be set on several lines, but not on slivers


class Measure(NamedTuple):
    """Where the slots of a grid stand side by side, in points from its left edge."""

    day: float
    lefts: tuple[float, ...]  # of each column of slots
    times: tuple[float, ...]
    width: float


def week_grids(grids: Sequence[WeekGrid], closed: str, width: float, body: Element, times: TextStyle) -> list[Flowable]:
    """A table for each season: side by side if each fits its share of `width`, else one after another.

    `times` is the style of what is read most; the others follow from it.
    """
    return _Grids(closed, body, times).tables(grids, width)


class _Grids:
    """Sets grids in one size of type."""

    def __init__(self, closed: str, body: Element, times: TextStyle) -> None:
        self._closed = closed
        self._body = body
        self._language = body.language
        self._mirrored = direction(body.language) == "rtl"
        self._scale = times.size / _USUAL
        self._times = times
        self._aligned = times._replace(align="end")
        self._day = times._replace(colour=SOFT)
        self._remark = times._replace(size=max(times.size * 8.5 / _USUAL, min(times.size, 18)), colour=SOFT)
        self._season = times._replace(weight="SemiBold")

    def tables(self, grids: Sequence[WeekGrid], width: float) -> list[Flowable]:
        share = (width - _BETWEEN_GRIDS * (len(grids) - 1)) / len(grids)
        measures = [self._measure(grid) for grid in grids]
        if all(measure.width <= share for measure in measures):
            lefts = [place * (share + _BETWEEN_GRIDS) for place in range(len(grids))]
            tables = [self._table(grid, measure, share) for grid, measure in zip(grids, measures, strict=True)]
            columns = [Column(left, share, table) for left, table in zip(lefts, tables, strict=True)]
            return [Columns(columns, mirrored=self._mirrored)]
        return [
            Columns([Column(0, width, self._table(grid, measure, width))], space_before=3 * mm, mirrored=self._mirrored)
            for grid, measure in zip(grids, measures, strict=True)
        ]

    def _measure(self, grid: WeekGrid) -> Measure:
        """A column of slots is as wide as its times, and as the remarks that another slot follows."""
        scale = self._scale
        most = max([1, *(len(day.slots) for day in grid.days)])
        columns = [[day for day in grid.days if len(day.slots) > place] for place in range(most)]
        times = [
            min(_TIMES_WIDEST * scale, max([0, *(self._width(_times(day.slots[place])) for day in days)]))
            for place, days in enumerate(columns)
        ]
        day_width = min(_DAY_WIDEST * scale, max([0, *(self._width(day.name) for day in grid.days)]))
        lefts = [day_width + _AFTER_DAY]
        for place, days in enumerate(columns[1:]):
            remark = max(self._remark_width(day.slots[place]) for day in days)
            lefts.append(lefts[-1] + times[place] + remark + _BETWEEN_SLOTS)
        ends = [lefts[0] + self._width(self._closed)]
        for day in grid.days:
            if day.slots:
                last = len(day.slots) - 1
                ends.append(
                    lefts[last] + times[last] + min(_REMARK_NARROWEST * scale, self._remark_width(day.slots[last]))
                )
        return Measure(day_width, tuple(lefts), tuple(times), max(ends))

    def _width(self, text: str) -> float:
        return natural_width(text, self._times, self._language)

    def _remark_width(self, slot: Slot) -> float:
        if not slot.remark:
            return 0
        return natural_width(slot.remark, self._remark, slot.lang or self._language) + _BEFORE_REMARK

    def _table(self, grid: WeekGrid, measure: Measure, width: float) -> list[Flowable]:
        table = self._body.add("Table")
        lines = paragraphs(grid.season, self._season, table, tag="Caption", keep_with_next=True)
        for day in grid.days:
            row = table.add("TR")
            header = row.add("TH", attributes={"Scope": "Row"})
            cells = [Column(0, measure.day, paragraphs(day.name, self._day, header))]
            if not day.slots:
                cells += self._closed_day(measure, width, row)
            elif measure.width <= width:
                cells += self._side_by_side(day.slots, measure, width, row)
            else:
                cells.append(self._one_below_another(day.slots, measure, width, row))
            if day is not grid.days[0]:
                lines.append(Rule(LINE, 0.6, space_before=0.5))
            lines.append(Columns(cells, space_before=0.5, mirrored=self._mirrored))
        return lines

    def _closed_day(self, measure: Measure, width: float, row: Element) -> list[Column]:
        cell = _cell(row, len(measure.times) if measure.width <= width else 1)
        left = measure.lefts[0]
        return [Column(left, width - left, paragraphs(self._closed, self._day, cell))]

    def _side_by_side(self, slots: Sequence[Slot], measure: Measure, width: float, row: Element) -> list[Column]:
        """The last slot of a day has the rest of the width for its remark."""
        columns: list[Column] = []
        for place, slot in enumerate(slots):
            last = place == len(slots) - 1
            cell = _cell(row, len(measure.times) - place if last else 1)
            left, times = measure.lefts[place], measure.times[place]
            right = width if last else measure.lefts[place + 1]
            columns += self._slot(slot, left, times, right - left - times - _BEFORE_REMARK, cell)
        return columns

    def _one_below_another(self, slots: Sequence[Slot], measure: Measure, width: float, row: Element) -> Column:
        cell = _cell(row, 1)
        left, times = measure.lefts[0], max(measure.times)
        remark = width - left - times - _BEFORE_REMARK
        lines = [Columns(self._slot(slot, 0, times, remark, cell), mirrored=self._mirrored) for slot in slots]
        return Column(left, width - left, lines)

    def _slot(self, slot: Slot, left: float, times: float, remark: float, cell: Element) -> list[Column]:
        """The times, flush right so that the dashes stand in line, and the remark beside them."""
        columns = [Column(left, times, paragraphs(_times(slot), self._aligned, cell))]
        if slot.remark:
            left += times + _BEFORE_REMARK
            columns.append(Column(left, remark, paragraphs(slot.remark, self._remark, cell, language=slot.lang)))
        return columns


def _cell(row: Element, span: int) -> Element:
    """A cell over `span` columns, so that all rows of the table count as many."""
    attributes: dict[str, AttributeValue] = {"ColSpan": span} if span > 1 else {}
    return row.add("TD", attributes=attributes)


def _times(slot: Slot) -> str:
    return f"{slot.opens} – {slot.closes}" if slot.closes else slot.opens
