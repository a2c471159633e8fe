"""The designs of a sheet and of what is published, as data in `resources/leaflets`."""

from functools import lru_cache
from typing import Final, Literal

import msgspec

from pointinfo import paths

Paper = Literal["A3", "A4", "A5"]

USUAL: Final = 10.5
"""The size in points of running text on the visit sheet, from which every other measure was chosen."""


class Design(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a sheet looks. `size` is that of running text and `smallest` that of any text, in points.

    `stacked`: labels stand above what they label, not beside it. `apart`: each entry begins a page. `easy`: one idea a
    line, each fact with its pictogram. `titles` by language of the window.
    """

    name: str
    titles: dict[str, str]
    paper: Paper = "A4"
    size: float = USUAL
    smallest: float = 0
    family: Literal["sans", "legible"] = "sans"
    stacked: bool = False
    apart: bool = False
    easy: bool = False


@lru_cache
def designs() -> tuple[Design, ...]:
    """Those of a visit's sheet, the usual one first."""
    return _read("designs.json")


def design(name: str) -> Design:
    """The design called so. Raises `KeyError`."""
    return {each.name: each for each in designs()}[name]


@lru_cache
def publication_design(name: str) -> Design:
    """That of a leaflet, a programme, a booklet, a poster: those that hold no visit. Raises `KeyError`."""
    return {each.name: each for each in _read("publications.json")}[name]


def _read(file: str) -> tuple[Design, ...]:
    return msgspec.json.decode((paths.resources() / "leaflets" / file).read_bytes(), type=tuple[Design, ...])
