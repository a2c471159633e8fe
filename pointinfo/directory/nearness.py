"""How far an offer is: metres from a place to an entry's own coordinates, else to the middle of its quartier.

The middle of a quartier is a point of the shipped list of statistical sectors; what is measured by it is approximate
and says so. An entry that has neither has no distance: it is never guessed from a postcode.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Final, Literal, NamedTuple

import msgspec
from babel.numbers import format_decimal
from sqlalchemy import Connection

from pointinfo import paths
from pointinfo.database.schema import Entry
from pointinfo.directory.text import fold
from pointinfo.directory.vocabulary import TermRow
from pointinfo.errors import InputError
from pointinfo.i18n import Words, region

EARTH: Final = 6_371_009.0
"""Metres: the mean radius (IUGG). Over a canton the error against the ellipsoid stays under one percent."""

NORTH: Final = (45.0, 48.0)
EAST: Final = (5.0, 11.0)
"""Degrees: Switzerland and what lies around it."""

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")

Inside = Literal["", "quartier", "sector"]

_QUARTIERS: Final = """
    SELECT et.entry_id, t.code, t.parent FROM term t JOIN entry_term et ON et.term_id = t.id
    WHERE t.list IN ('sector', 'neighbourhood') ORDER BY t.list DESC, et.position"""
_COORDINATES: Final = """
    SELECT id, longitude, latitude FROM entry
    WHERE status <> 'closed' AND longitude IS NOT NULL AND latitude IS NOT NULL"""


class Point(NamedTuple):
    """WGS 84, in degrees."""

    longitude: float
    latitude: float


class Spot(NamedTuple):
    """Where distances are measured from. `code`: the quartier whose middle it is, "" for a place itself."""

    point: Point
    code: str = ""
    sectors: tuple[str, ...] = ()


class Distance(NamedTuple):
    """`metres` from a spot. `approximate`: one end is the middle of a quartier; `inside`: both ends are in the same.

    Orders by how near it is.
    """

    metres: float
    inside: Inside = ""
    approximate: bool = False


Distances = Mapping[int, Distance]
"""By the row id of an entry; those whose place isn't known are missing."""


class _Term(msgspec.Struct):
    code: str
    point: tuple[float, float] | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()


class _Terms(msgspec.Struct):
    terms: tuple[_Term, ...]


def _shipped(name: str) -> tuple[_Term, ...]:
    data = (paths.resources() / "vocabulary" / f"{name}.json").read_bytes()
    return msgspec.json.decode(data, type=_Terms).terms


@cache
def middles() -> Mapping[str, Point]:
    """The middle of each sector, by its code."""
    return {term.code: Point(*term.point) for term in _shipped("sectors") if term.point is not None}


@cache
def _spanning() -> Mapping[str, tuple[str, ...]]:
    """The neighbourhoods that lie in several sectors, with these."""
    return {term.code: term.sectors for term in _shipped("neighbourhoods") if term.sectors}


def sectors_of(code: str, parent: str) -> tuple[str, ...]:
    """The sectors, of which the middle is known, that a sector or a neighbourhood of `parent` lies in."""
    return tuple(each for each in _spanning().get(code, (parent or code,)) if each in middles())


def _middle(sectors: tuple[str, ...]) -> Point:
    """Of several sectors, the mean of their middles."""
    known = [middles()[sector] for sector in sectors]
    longitudes, latitudes = zip(*known, strict=True)
    return Point(sum(longitudes) / len(known), sum(latitudes) / len(known))


def spots(sectors: tuple[TermRow, ...], neighbourhoods: tuple[TermRow, ...]) -> dict[str, tuple[str, Spot]]:
    """The quartiers that distances can be measured from, by code, each with its label, in the order of labels."""
    found = {}
    for term in sorted((*neighbourhoods, *sectors), key=lambda each: fold(each.label)):
        lying = sectors_of(term.code, term.parent)
        if lying:
            found[term.code] = (term.label, Spot(_middle(lying), term.code, lying))
    return found


def metres_between(one: Point, other: Point) -> float:
    """Along the surface, by the haversine formula."""
    south, north = radians(one.latitude), radians(other.latitude)
    rise, turn = sin((north - south) / 2), sin(radians(other.longitude - one.longitude) / 2)
    return 2 * EARTH * asin(min(1.0, sqrt(rise * rise + cos(south) * cos(north) * turn * turn)))


def distance(spot: Spot, point: Point | None, quartiers: Mapping[str, str]) -> Distance | None:
    """From `spot` to an entry at `point`, else of these `quartiers` (code to parent); None where neither is known."""
    if point is not None:
        return Distance(metres_between(spot.point, point), approximate=bool(spot.code))
    if spot.code in quartiers:
        return Distance(0.0, "quartier", approximate=True)
    lying = [found for found in (sectors_of(code, parent) for code, parent in quartiers.items()) if found]
    if len(spot.sectors) == 1 and spot.sectors in lying:
        return Distance(0.0, "sector", approximate=True)
    if not lying:
        return None
    return Distance(min(metres_between(spot.point, _middle(each)) for each in lying), approximate=True)


def of_entry(spot: Spot, entry: Entry) -> Distance | None:
    """How far one entry is."""
    point = None
    if entry.longitude is not None and entry.latitude is not None:
        point = Point(entry.longitude, entry.latitude)
    terms = (*entry.of("sector"), *entry.of("neighbourhood"))
    return distance(spot, point, {term.code: term.parent for term in terms})


def measured(connection: Connection, spot: Spot) -> Distances:
    """How far every entry is whose place is known."""
    quartiers: dict[int, dict[str, str]] = {}
    for entry_id, code, parent in connection.exec_driver_sql(_QUARTIERS):
        quartiers.setdefault(entry_id, {})[code] = parent
    found: dict[int, Distance] = {}
    shared: dict[tuple[tuple[str, str], ...], Distance | None] = {}
    for entry_id, lying in quartiers.items():
        key = tuple(lying.items())
        if key not in shared:
            shared[key] = distance(spot, None, lying)
        known = shared[key]
        if known is not None:
            found[entry_id] = known
    for entry_id, longitude, latitude in connection.exec_driver_sql(_COORDINATES):
        found[entry_id] = Distance(metres_between(spot.point, Point(longitude, latitude)), approximate=bool(spot.code))
    return found


def nearness(distances: Distances) -> Callable[[int], tuple[bool, Distance]]:
    """What row ids are sorted by: nearest first, those whose place isn't known after all others."""
    nowhere = Distance(0.0)
    return lambda entry_id: (entry_id not in distances, distances.get(entry_id, nowhere))


def distance_words(known: Distance, words: Words) -> str:
    """«à 600 m», «à 1,2 km»; «env. 800 m (quartier)» where it is measured by the middle of a quartier."""
    _ = words.gettext
    if known.inside == "quartier":
        return _("dans le quartier")
    if known.inside == "sector":
        return _("dans le même secteur")
    said = _length(known.metres, words)
    return (_("env. {length} (quartier)") if known.approximate else _("à {length}")).format(length=said)


def _length(metres: float, words: Words) -> str:
    """No more exact than one walks: to 10 m near by, to 50 m under a kilometre, then to 100 m."""
    rounded = max(10, round(metres, -1)) if metres < 200 else round(metres / 50) * 50
    if rounded < 1_000:
        return words.gettext("{count} m").format(count=round(rounded))
    kilometres = format_decimal(round(metres / 1_000, 1), "#,##0.#", locale=region(words.language))
    return words.gettext("{count} km").format(count=kilometres)


def point_of(text: str, words: Words) -> Point | None:
    """The place written as a map shows it: «46.2022, 6.1457», in either order; None for nothing written.

    Raises `InputError` for anything that is not a place in Switzerland or near it.
    """
    if not text.strip():
        return None
    written = [float(number) for number in _NUMBER.findall(text)]
    if len(written) == 2:
        latitude, longitude = sorted(written, reverse=True)
        if NORTH[0] <= latitude <= NORTH[1] and EAST[0] <= longitude <= EAST[1]:
            return Point(longitude, latitude)
    _ = words.gettext
    raise InputError(_("Écrivez la latitude et la longitude en degrés : 46.2022, 6.1457."))


def point_text(point: Point | None) -> str:
    """The same written again, to the metre."""
    return f"{point.latitude:.5f}, {point.longitude:.5f}" if point is not None else ""
