"""What one act changes in each of many entries: words, a term, the day of the next check, the status."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from pointinfo.database.schema import Contact, Name, Wording
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.vocabulary import EVERYONE

TEXTS: Final = (
    "name",
    "names",
    *(f"wordings/{part}" for part in Wording.__struct_fields__),
    "status_reason",
    "street",
    "postcode",
    "city",
    "stop",
    "contacts",
    "source",
    "internal_street",
    "internal_contacts",
    "internal_note",
)
"""The fields in which words are found and replaced, as `fields` keys."""


class Replace(NamedTuple):
    """Other words in some of `TEXTS`; `find` as typed, accents and capitals included."""

    fields: tuple[str, ...]
    find: str
    by: str = ""
    whole_words: bool = False


class Retag(NamedTuple):
    """A term of a vocabulary: added (no `old`), taken off (no `new`), or the one for the other where it is."""

    vocabulary: str
    old: str = ""
    new: str = ""


class CheckOn(NamedTuple):
    """When to check next; None: no day."""

    day: date | None


class SetStatus(NamedTuple):
    """Active again, not to be referred to, or closed; and why."""

    status: str
    reason: str = ""


Edit = Replace | Retag | CheckOn | SetStatus


def action(edit: Edit) -> str:
    """What the history says was done."""
    return "close" if isinstance(edit, SetStatus) and edit.status == "closed" else "edit"


def edited(record: EntryRecord, edit: Edit) -> EntryRecord:
    """The entry as it would be; the same where nothing changes."""
    match edit:
        case Replace():
            return _replaced(record, edit)
        case Retag():
            return _retagged(record, edit)
        case CheckOn(day):
            return msgspec.structs.replace(record, next_check=day.isoformat() if day else None)
        case SetStatus("active"):
            return msgspec.structs.replace(record, status="active", status_reason="", replaced_by="")
        case SetStatus(status, reason):
            return msgspec.structs.replace(record, status=status, status_reason=reason.strip())


def _replaced(record: EntryRecord, edit: Replace) -> EntryRecord:
    pattern = re.escape(edit.find)
    words = re.compile(rf"(?<!\w){pattern}(?!\w)" if edit.whole_words else pattern)

    def other(text: str) -> str:
        found = words.sub(lambda _match: edit.by, text)
        return text if found == text else found.strip()

    columns: dict[str, Any] = {}
    for field in edit.fields:
        if field.startswith("wordings/"):
            part = field.removeprefix("wordings/")
            texts: Mapping[str, Wording] = columns.get("wordings", record.wordings)
            said = {
                language: msgspec.structs.replace(wording, **{part: other(getattr(wording, part))})
                for language, wording in texts.items()
            }
            columns["wordings"] = {language: wording for language, wording in said.items() if wording != Wording()}
        else:
            columns[field] = _other(getattr(record, field), other)
    return msgspec.structs.replace(record, **columns)


def _other(value: Any, other: Callable[[str], str]) -> Any:
    """A text, the names or the contacts with other words; a name or contact that says nothing any more goes."""
    if isinstance(value, str):
        return other(value)
    parts: list[Name | Contact] = []
    for part in value:
        if isinstance(part, Name):
            parts.append(msgspec.structs.replace(part, text=other(part.text)))
        else:
            parts.append(msgspec.structs.replace(part, value=other(part.value), label=other(part.label)))
    return tuple(part for part in parts if (part.text if isinstance(part, Name) else part.value))


def _retagged(record: EntryRecord, edit: Retag) -> EntryRecord:
    """«Toute la population» goes with no other audience: adding the one takes off the others."""
    codes = record.terms.get(edit.vocabulary, ())
    if edit.old and edit.old not in codes:
        return record
    wanted = [edit.new if code == edit.old else code for code in codes] if edit.old else [*codes, edit.new]
    if edit.vocabulary == "audience" and edit.new and edit.new not in codes and EVERYONE in wanted:
        wanted = [code for code in wanted if (code == EVERYONE) == (edit.new == EVERYONE)]
    kept = tuple(dict.fromkeys(code for code in wanted if code))
    terms = {name: known for name, known in record.terms.items() if name != edit.vocabulary or kept}
    if kept:
        terms[edit.vocabulary] = kept
    return record if kept == codes else msgspec.structs.replace(record, terms=terms)
