"""Which widget edits which field of an entry, and how much room it needs."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from pointinfo.clock import local_day
from pointinfo.desk import Desk
from pointinfo.directory import validation
from pointinfo.directory.fields import Field, choices
from pointinfo_ui.background import Background
from pointinfo_ui.directory.attachments_field import AttachmentsField
from pointinfo_ui.directory.contacts_field import ContactsField
from pointinfo_ui.directory.hours_field import HoursField
from pointinfo_ui.directory.links_field import EntryLine, LinksField
from pointinfo_ui.directory.names_field import NamesField
from pointinfo_ui.directory.plain_fields import (
    ChoiceField,
    DateField,
    LineField,
    NumberField,
    TextField,
    UrlField,
    YesField,
)
from pointinfo_ui.directory.schedules_field import SchedulesField
from pointinfo_ui.directory.shown_field import ShownField
from pointinfo_ui.directory.terms_field import TermsField
from pointinfo_ui.directory.texts_field import TextsField
from pointinfo_ui.theme import Theme

SHORT: Final = frozenset(
    [
        "kind",
        "status",
        "age_from",
        "age_to",
        "postcode",
        "city",
        "terms/neighbourhood",
        "terms/sector",
        "terms/commune",
        "terms/area",
        "longitude",
        "latitude",
        "as_of",
        "confidence",
        "verified_on",
        "verified_by",
        "verified_how",
        "next_check",
        "important",
        "demonstration",
    ]
)
"""Fields that need no more than half a line."""
COSTLY: Final = frozenset(["hours", "schedules", "attachments"])
"""Shapes that are filled a moment after the rest, and only to show something else: a week is a hundred widgets."""


def field_widget(field: Field, desk: Desk, theme: Theme, background: Background) -> QWidget:
    """A widget that is an `EntryField` and edits this field."""
    words, key = desk.words, field.key
    if key == "replaced_by":
        return EntryLine(desk, theme)
    if key == "source":
        return UrlField()
    if key.startswith("wordings/"):
        return TextsField(desk, theme, field.label)
    alone = validation.EVERYONE if key == "terms/audience" else ""
    makers: dict[str, Callable[[], QWidget]] = {
        "line": LineField,
        "text": TextField,
        "choice": lambda: ChoiceField(choices(key, words)),
        "terms": lambda: TermsField(desk, theme, key.removeprefix("terms/"), field.label, alone),
        "number": lambda: NumberField(words),
        "date": lambda: DateField(words, local_day(desk.clock())),
        "yes": lambda: YesField(field.help or words.gettext("Oui")),
        "contacts": lambda: ContactsField(desk, theme),
        "names": lambda: NamesField(desk, theme),
        "links": lambda: LinksField(desk, theme),
        "hours": lambda: HoursField(desk, theme),
        "schedules": lambda: SchedulesField(desk, theme),
        "attachments": lambda: AttachmentsField(desk, theme, background),
        "origins": lambda: ShownField(key, words),
    }
    return makers[field.shape]()
