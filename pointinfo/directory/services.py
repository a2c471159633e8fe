"""What people and offices call the services of Geneva beside their names: abbreviations, short forms, old names."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from pointinfo import paths
from pointinfo.directory.speech import telling
from pointinfo.directory.text import stems, words


class Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name`: words that the name of the service's entry has; `called`: what it is called otherwise.

    One word may be said of several services («MDA»), and no entry need have the name.
    """

    name: str
    called: tuple[str, ...]


class Called(NamedTuple):
    """A service that a query calls by one of its names, and the places of the words that do."""

    name: tuple[str, ...]
    places: frozenset[int]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    services: tuple[Service, ...]


def called(asked: Sequence[str]) -> list[Called]:
    """The services that a query’s folded words call by name, longest first; a part of a longer name is none."""
    found: dict[tuple[str, ...], frozenset[int]] = {}
    for start, word in enumerate(asked):
        for saying, names in _by_first().get(word, ()):
            said = asked[start : start + len(saying)]
            if len(said) == len(saying) and all(map(_is_same, said, saying)):
                places = frozenset(range(start, start + len(saying)))
                for name in names:
                    found[name] = max(places, found.get(name, frozenset()), key=len)
    longest = sorted(found.items(), key=lambda each: -len(each[1]))
    return [Called(name, places) for name, places in longest if not any(places < other for _name, other in longest)]


def _is_same(said: str, saying: str) -> bool:
    return said == saying or (len(saying) > 4 and stems(said)[-1] == stems(saying)[-1])


@cache
def services() -> tuple[Service, ...]:
    """Every service of the files."""
    folder = paths.resources() / "services"
    files = sorted(folder.glob("*.json"))
    return tuple(one for file in files for one in msgspec.json.decode(file.read_bytes(), type=_File).services)


@cache
def _by_first() -> dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]]:
    """By the first word of what they are called, without stop words: all its words, and the names meant."""
    names: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for service in services():
        for text in service.called:
            names.setdefault(tuple(telling(words(text), ("fr",))), []).append(tuple(words(service.name)))
    found: dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]] = {}
    for saying, meant in names.items():
        found.setdefault(saying[0], []).append((saying, tuple(meant)))
    return found
