"""The check sheet: an entry's public facts, one labelled line each, for its association to correct and send back.

Always in French, the language the associations work in. What comes back is read by `check_reply`.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import time
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, NamedTuple

from babel.dates import get_day_names

from pointinfo import i18n
from pointinfo.config import Settings
from pointinfo.database.schema import Contact, chosen_wording
from pointinfo.directory import hours
from pointinfo.directory.fields import public
from pointinfo.directory.hours import Slot
from pointinfo.directory.record import EntryRecord

FRENCH: Final = i18n.words("fr")
LINE_BREAK: Final = " / "
"""Stands for the end of a line inside a fact: each fact has one line, which mail programs may wrap as they like."""


class Line(NamedTuple):
    """One fact: its key (that of `record.flat`, or «hours/0» for Mondays), its label, what the entry says now."""

    key: str
    label: str
    text: str


class CheckSheet(NamedTuple):
    """What is asked of an association. `address` is its e-mail, "" where none is known."""

    uid: str
    revision: str
    name: str
    address: str
    lines: tuple[Line, ...]

    @property
    def reference(self) -> str:
        """What a reply is recognized by."""
        return f"[PointInfo {self.uid} {self.revision}]"


Labels = Callable[[str, str], str]
"""The French label of a term, by list and code."""


def sheet(record: EntryRecord, revision: str, label: Labels) -> CheckSheet:
    """The check sheet of an entry as it stands in a revision; what is internal is gone before anything is looked at."""
    record = public(record)
    mail = next((contact.value for contact in record.contacts if contact.kind == "email"), "")
    return CheckSheet(record.uid, revision, record.name, mail, tuple(_lines(record, label)))


def labels() -> dict[str, str]:
    """The label of every line there may be, by its key."""
    _ = FRENCH.gettext
    days = get_day_names("wide", locale="fr")
    return {
        "name": _("Nom"),
        "wordings/fr/summary": _("Résumé"),
        "terms/audience": _("Publics"),
        "age_from": _("Âge minimum"),
        "age_to": _("Âge maximum"),
        "wordings/fr/eligibility": _("Conditions"),
        "terms/language": _("Langues parlées"),
        "wordings/fr/how_to_apply": _("Marche à suivre"),
        "wordings/fr/documents": _("À apporter"),
        "wordings/fr/fee": _("Prix"),
        **{f"hours/{day}": days[day].capitalize() for day in range(7)},
        "hours": _("Horaire"),
        "street": _("Rue et numéro"),
        "postcode": _("NPA"),
        "city": _("Localité"),
        "stop": _("Arrêt"),
        "contacts/phone": _("Téléphone"),
        "contacts/email": _("Courriel"),
        "contacts/web": _("Site internet"),
        "all_true": _("Tout est exact (oui ou non)"),
    }


def e_mail(asked: CheckSheet, settings: Settings) -> bytes:
    """The sheet as a message that a mail program opens ready to send (RFC 5322, UTF-8)."""
    _ = FRENCH.gettext
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(_("Votre fiche dans l’annuaire : {name}").format(name=asked.name).split())
    if asked.address:
        with suppress(ValueError, MessageError, IndexError):  # whoever sends it sees that the address is missing
            message["To"] = Address(addr_spec=asked.address)
    message["X-Unsent"] = "1"  # asks Outlook to open it as a draft
    message.set_content(text(asked, settings), charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def text(asked: CheckSheet, settings: Settings) -> str:
    """What the message says."""
    _ = FRENCH.gettext
    counter = settings.counter_name or _("Point info")
    opening, how = letter(settings)
    facts = "\n".join(f"{line.label} : {line.text}".rstrip() for line in asked.lines)
    signed = [counter, settings.counter_address, settings.counter_phone]
    return "\n\n".join(
        (
            _("Bonjour,"),
            opening,
            how,
            _("--- Votre fiche ---"),
            facts,
            _("--- Fin de la fiche ---"),
            asked.reference,
            _("Un grand merci et meilleures salutations"),
            "\n".join(filter(None, signed)),
        )
    )


def letter(settings: Settings) -> tuple[str, str]:
    """Why we write, and how to answer: the message and the printed sheet say the same."""
    _ = FRENCH.gettext
    counter = settings.counter_name or _("Point info")
    return (
        _(
            "{counter} renseigne le public sur votre offre. Voici votre fiche telle que nous la lisons au guichet. "
            "Est-elle encore exacte ?"
        ).format(counter=counter),
        _(
            "Corrigez ce qui a changé directement sur la ligne, complétez ce qui manque, écrivez «rien» pour effacer, "
            "puis renvoyez-nous le tout."
        ),
    )


def week(expression: str) -> tuple[tuple[Slot, ...], ...] | None:
    """The openings from Monday to Sunday where plain weekdays can say them; None for seasons, remarks and the like."""
    if not expression:
        return ((),) * 7
    found = hours.seasons(expression)
    if len(found) != 1 or found[0].months or any(slot.remark for day in found[0].days for slot in day.slots):
        return None
    return tuple(day.slots for day in found[0].days)


def _lines(record: EntryRecord, label: Labels) -> list[Line]:
    named = labels()
    wording = chosen_wording({"fr": record.wordings["fr"]} if "fr" in record.wordings else {}, "fr")
    said = {
        "name": record.name,
        **{f"wordings/fr/{part}": getattr(wording, part) for part in wording.__struct_fields__},
        **{
            f"terms/{name}": ", ".join(label(name, code) for code in record.terms.get(name, ()))
            for name in ("audience", "language")
        },
        "age_from": _number(record.age_from),
        "age_to": _number(record.age_to),
        "street": record.street,
        "postcode": record.postcode,
        "city": record.city,
        "stop": record.stop,
        **{f"contacts/{kind}": contact_line(record.contacts, kind) for kind in ("phone", "email", "web")},
        "all_true": "",
        **_hours(record.hours),
    }
    return [Line(key, named[key], one_line(said[key])) for key in named if key in said]


def _hours(expression: str) -> dict[str, str]:
    plain = week(expression)
    if plain is None:
        return {"hours": "; ".join(hours.in_sentence(expression, FRENCH))}
    _ = FRENCH.gettext
    closed = _("fermé") if expression else ""
    return {f"hours/{day}": ", ".join(map(_span, slots)) or closed for day, slots in enumerate(plain)}


def contact_line(contacts: tuple[Contact, ...], kind: str) -> str:
    """«022 418 81 81 (secrétariat); 022 418 81 82»: every contact of a kind."""
    return "; ".join(f"{c.value} ({c.label})" if c.label else c.value for c in contacts if c.kind == kind)


def one_line(value: str) -> str:
    """A text of several lines on one."""
    return LINE_BREAK.join(filter(None, (" ".join(line.split()) for line in value.splitlines())))


def _span(slot: Slot) -> str:
    ends = "24:00" if slot.closes == time(0) else f"{slot.closes:%H:%M}"
    return f"{slot.opens:%H:%M}-{ends}"


def _number(value: float | None) -> str:
    return "" if value is None else re.sub(r"\.", ",", f"{value:g}")
