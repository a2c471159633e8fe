"""The code lists of an inquiry (channel, effort, outcome, reason…), versioned, labelled in the reader's language."""

from functools import cache
from typing import Final, Literal, NamedTuple

import msgspec

from pointinfo import paths
from pointinfo.directory import vocabulary

CodeList = Literal["channel", "effort", "outcome", "reason", "mode", "first_contact"]

EVERYONE: Final = vocabulary.EVERYONE
"""The audience «toute la population», which excludes every other."""

UNMET: Final = frozenset({"partly", "not-met"})
"""Outcomes that ask for a reason."""


class Code(msgspec.Struct, frozen=True):
    """One code with its labels by language."""

    code: str
    labels: dict[str, str]


class _File(msgspec.Struct):
    version: int
    lists: dict[str, tuple[Code, ...]]


class CodeRow(NamedTuple):
    """A code for a field or an axis."""

    code: str
    label: str


def version() -> int:
    """The version of the code lists an inquiry is noted with."""
    return _file().version


def codes(name: CodeList, language: str) -> tuple[CodeRow, ...]:
    """One list in display order."""
    return tuple(CodeRow(c.code, c.labels.get(language) or c.labels["fr"]) for c in _file().lists[name])


def label(name: CodeList, code: str, language: str) -> str:
    """The label of `code`; a code of an older or newer list is shown as it is, never dropped."""
    return next((row.label for row in codes(name, language) if row.code == code), code)


@cache
def _file() -> _File:
    data = (paths.resources() / "vocabulary" / "inquiry.json").read_bytes()
    return msgspec.json.decode(data, type=_File)
