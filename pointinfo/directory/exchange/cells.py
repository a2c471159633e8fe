"""A value as the text of one cell, and what a cell says taken apart: what is written is read again as it was.

Several values stand side by side as «a | b», and one of them may say more: «022 418 00 00 (secrétariat) {Mo-Fr
09:00-12:00}» is a number, its label and its own hours, «Point info {en}» a name and its language, «Hospice général
{hospice}» an entry and its id.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from pointinfo.directory.exchange.columns import shape
from pointinfo.directory.fields import choices
from pointinfo.directory.vocabulary import Resolver
from pointinfo.i18n import Words

SEPARATOR: Final = "|"
"""Between several values in a cell of ours."""

_LONG: Final = 2_000
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_QUOTED: Final = re.compile(r"'+[=+\-@\t\r]")
_ITEM: Final = re.compile(r"(?P<text>.*?)(?: \((?P<label>.*)\))?(?: \{(?P<more>[^{}]*)\})?", re.DOTALL)
_CLOSING: Final = (")", "}")
_PART: Final = re.compile(r"(?:\\[\\|({]|[^|])+")
_ESCAPED: Final = re.compile(r"\\([\\|({])")


def neutral(text: str) -> str:
    """The text so that a spreadsheet takes it for text, not for a formula; `restored` undoes it.

    See OWASP, *CSV Injection*: a leading = + - @, tab or return starts one.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text[:1] == "'" and _QUOTED.match(text) else text


# Writing


def written(key: str, value: Any, words: Words, terms: Mapping[tuple[str, str], str], names: Mapping[str, str]) -> str:
    """A value as its cell says it. `terms`: labels that lead back to their codes; `names`: entry name by uid."""
    if value is None or value in ("", ()):
        return ""
    kind = shape(key)
    if kind == "terms":
        vocabulary = key.removeprefix("terms/")
        return _joined(_escaped(terms.get((vocabulary, code), code)) for code in value)
    if kind == "choice":
        return choices(key, words).get(value, str(value))
    if kind == "yes":
        _ = words.gettext
        return _("oui") if value else _("non")
    if kind == "number":
        return repr(float(value)).removesuffix(".0")
    if kind == "contacts":
        return _joined(_item(contact.value, contact.label, contact.hours) for contact in value)
    if kind == "names":
        return _joined(_item(name.text, "", name.language) for name in value)
    if kind == "links":
        return _joined(_item(names.get(link.uid) or link.uid, "", link.uid) for link in value)
    if kind in ("schedules", "attachments"):
        return msgspec.json.encode(value).decode()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _joined(items: Iterable[str]) -> str:
    return f" {SEPARATOR} ".join(items)


def _item(text: str, label: str, more: str) -> str:
    said = _escaped(" ".join(text.split()))
    if label:
        said = f"{said} ({_marked(' '.join(label.split()))})"
    return f"{said} {{{more}}}" if more else said


def _escaped(text: str) -> str:
    return _marked(text).replace(" (", " \\(").replace(" {", " \\{")


def _marked(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


# Reading


class Item(NamedTuple):
    """One of several values in a cell: its text, what stands behind it in brackets, and in braces."""

    text: str
    label: str
    more: str


def parts(text: str, separator: str) -> list[str]:
    """The values in a cell; `separator` "" for a cell that holds one."""
    if not separator or separator not in text:
        found = [text]
    elif separator == SEPARATOR:
        found = _PART.findall(text) if "\\" in text else text.split(SEPARATOR)
    else:
        found = text.split(separator)
    return [part for part in map(str.strip, found) if part]


def item(text: str) -> Item:
    """A value taken apart."""
    found = _ITEM.fullmatch(text) if text[-1:] in _CLOSING and len(text) < _LONG else None
    if found is None or not found["text"]:
        return Item(plain(text), "", "")
    return Item(plain(found["text"]), plain(found["label"] or ""), found["more"] or "")


def plain(text: str) -> str:
    """The text without the marks that tell it from what parts values."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def labels(resolver: Resolver, terms: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """The label of each (list, code, label) where it leads back to its code; a code goes without one otherwise."""
    return {(name, code): label for name, code, label in terms if resolver.code(name, label) == code}
