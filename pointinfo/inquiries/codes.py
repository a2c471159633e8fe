"""The code lists of an inquiry (channel, effort, outcome, reason…), versioned, labelled in the reader's language.

A code is never renumbered. One that a newer version of a list drops is written under `retired` with its labels and
with what counts in its place: old inquiries keep what they say, and are read and counted as their successor.
"""

import re
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
    """One code with its labels by language. `replaced_by` is the code that counts in place of a retired one."""

    code: str
    labels: dict[str, str]
    replaced_by: str = ""


class CodeLists(msgspec.Struct, frozen=True):
    """One version of all lists, and the mapping table from the versions before it."""

    version: int
    lists: dict[str, tuple[Code, ...]]
    retired: dict[str, tuple[Code, ...]] = {}

    def label(self, name: CodeList, code: str, language: str) -> str:
        """The label of `code`, retired ones too; one of a list that is not known here is shown as it is."""
        listed = (*self.lists[name], *self.retired.get(name, ()))
        return next((c.labels.get(language) or c.labels["fr"] for c in listed if c.code == code), code)

    def present(self, name: CodeList, code: str) -> str:
        """The code that counts today for `code`: its successor's successor… else itself, known or not."""
        replaced = {c.code: c.replaced_by for c in self.retired.get(name, ()) if c.replaced_by}
        seen: set[str] = set()
        while code in replaced and code not in seen:
            seen.add(code)
            code = replaced[code]
        return code


class CodeRow(NamedTuple):
    """A code for a field or an axis."""

    code: str
    label: str


def version() -> int:
    """The version of the code lists an inquiry is noted with."""
    return _shipped().version


def codes(name: CodeList, language: str) -> tuple[CodeRow, ...]:
    """One list in display order."""
    return tuple(CodeRow(c.code, c.labels.get(language) or c.labels["fr"]) for c in _shipped().lists[name])


def label(name: CodeList, code: str, language: str) -> str:
    """The label of `code`; a code of an older or newer list is shown as it is, never dropped."""
    return _shipped().label(name, code, language)


def present(name: CodeList, code: str) -> str:
    """The code that counts today for `code`, of whatever version it is; an unknown one stays as it is."""
    return _shipped().present(name, code)


def is_a_code(text: str) -> bool:
    """Whether `text` looks like a code of some list: no room for a name, a number or a sentence."""
    return _CODE.fullmatch(text) is not None


def read(content: bytes) -> CodeLists:
    """The lists of a file."""
    return msgspec.json.decode(content, type=CodeLists)


@cache
def _shipped() -> CodeLists:
    return read((paths.resources() / "vocabulary" / "inquiry.json").read_bytes())


_CODE: Final = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,30}")
