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

GRID_LEADING: Final = 13.2
"""Points from baseline to baseline, for a label that stands beside the first line."""

_TIMES: Final = TextStyle(9.5, GRID_LEADING)
_ALIGNED_TIMES: Final = _TIMES._replace(align="end")
_DAY: Final = _TIMES._replace(colour=SOFT)
_REMARK: Final = TextStyle(8.5, GRID_LEADING, colour=SOFT)
_SEASON: Final = _TIMES._replace(weight="SemiBold")

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


def week_grids(grids: Sequence[WeekGrid], closed: str, width: float, body: Element) -> list[Flowable]:
    """A table for each season: side by side if each fits its share of `width`, else one after another."""
    mirrored = direction(body.language) == "rtl"
    share = (width - _BETWEEN_GRIDS * (len(grids) - 1)) / len(grids)
    measures = [_measure(grid, closed, body.language) for grid in grids]
    if all(measure.width <= share for measure in measures):
        lefts = [place * (share + _BETWEEN_GRIDS) for place in range(len(grids))]
        tables = [_table(grid, closed, measure, share, body) for grid, measure in zip(grids, measures, strict=True)]
        return [
            Columns([Column(left, share, table) for left, table in zip(lefts, tables, strict=True)], mirrored=mirrored)
        ]
    return [
        Columns([Column(0, width, _table(grid, closed, measure, width, body))], space_before=3 * mm, mirrored=mirrored)
        for grid, measure in zip(grids, measures, strict=True)
    ]


def _measure(grid: WeekGrid, closed: str, language: str) -> Measure:
    """A column of slots is as wide as its times, and as the remarks that another slot follows."""
    most = max([1, *(len(day.slots) for day in grid.days)])
    columns = [[day for day in grid.days if len(day.slots) > place] for place in range(most)]
    times = [
        min(_TIMES_WIDEST, max([0, *(natural_width(_times(day.slots[place]), _TIMES, language) for day in days)]))
        for place, days in enumerate(columns)
    ]
    day_width = min(_DAY_WIDEST, max([0, *(natural_width(day.name, _DAY, language) for day in grid.days)]))
    lefts = [day_width + _AFTER_DAY]
    for place, days in enumerate(columns[1:]):
        remark = max(_remark_width(day.slots[place], language) for day in days)
        lefts.append(lefts[-1] + times[place] + remark + _BETWEEN_SLOTS)
    ends = [lefts[0] + natural_width(closed, _DAY, language)]
    for day in grid.days:
        if day.slots:
            last = len(day.slots) - 1
            ends.append(lefts[last] + times[last] + min(_REMARK_NARROWEST, _remark_width(day.slots[last], language)))
    return Measure(day_width, tuple(lefts), tuple(times), max(ends))


def _remark_width(slot: Slot, language: str) -> float:
    return natural_width(slot.remark, _REMARK, language) + _BEFORE_REMARK if slot.remark else 0


def _table(grid: WeekGrid, closed: str, measure: Measure, width: float, body: Element) -> list[Flowable]:
    table = body.add("Table")
    lines = paragraphs(grid.season, _SEASON, table, tag="Caption", keep_with_next=True)
    for day in grid.days:
        row = table.add("TR")
        header = row.add("TH", attributes={"Scope": "Row"})
        cells = [Column(0, measure.day, paragraphs(day.name, _DAY, header))]
        if not day.slots:
            cells += _closed_day(closed, measure, width, row)
        elif measure.width <= width:
            cells += _slots_side_by_side(day.slots, measure, width, row)
        else:
            cells.append(_slots_one_below_another(day.slots, measure, width, row))
        if day is not grid.days[0]:
            lines.append(Rule(LINE, 0.6, space_before=0.5))
        lines.append(Columns(cells, space_before=0.5, mirrored=direction(body.language) == "rtl"))
    return lines


def _closed_day(closed: str, measure: Measure, width: float, row: Element) -> list[Column]:
    cell = _cell(row, len(measure.times) if measure.width <= width else 1)
    left = measure.lefts[0]
    return [Column(left, width - left, paragraphs(closed, _DAY, cell))]


def _slots_side_by_side(slots: Sequence[Slot], measure: Measure, width: float, row: Element) -> list[Column]:
    """The last slot of a day has the rest of the width for its remark."""
    columns: list[Column] = []
    for place, slot in enumerate(slots):
        last = place == len(slots) - 1
        cell = _cell(row, len(measure.times) - place if last else 1)
        left, times = measure.lefts[place], measure.times[place]
        right = width if last else measure.lefts[place + 1]
        columns += _slot(slot, left, times, right - left - times - _BEFORE_REMARK, cell)
    return columns


def _slots_one_below_another(slots: Sequence[Slot], measure: Measure, width: float, row: Element) -> Column:
    cell = _cell(row, 1)
    left, times = measure.lefts[0], max(measure.times)
    remark = width - left - times - _BEFORE_REMARK
    mirrored = direction(row.language) == "rtl"
    return Column(
        left, width - left, [Columns(_slot(slot, 0, times, remark, cell), mirrored=mirrored) for slot in slots]
    )


def _slot(slot: Slot, left: float, times: float, remark: float, cell: Element) -> list[Column]:
    """The times, flush right so that the dashes stand in line, and the remark beside them."""
    columns = [Column(left, times, paragraphs(_times(slot), _ALIGNED_TIMES, cell))]
    if slot.remark:
        left += times + _BEFORE_REMARK
        columns.append(Column(left, remark, paragraphs(slot.remark, _REMARK, cell)))
    return columns


def _cell(row: Element, span: int) -> Element:
    """A cell over `span` columns, so that all rows of the table count as many."""
    attributes: dict[str, AttributeValue] = {"ColSpan": span} if span > 1 else {}
    return row.add("TD", attributes=attributes)


def _times(slot: Slot) -> str:
    return f"{slot.opens} – {slot.closes}" if slot.closes else slot.opens
