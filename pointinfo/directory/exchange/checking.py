"""What an incoming record may be: everything that the directory would refuse is said before anything is written."""

import re
from datetime import date
from typing import Any, Final

import msgspec

from pointinfo.directory import hours
from pointinfo.directory.exchange.incoming import Incoming, Remark
from pointinfo.directory.record import EntryRecord
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_KINDS: Final = frozenset({"service", "association", "activity", "place"})
_STATES: Final = frozenset({"active", "do_not_refer", "closed"})
_CONTACTS: Final = frozenset({"phone", "email", "web"})
_NAMES: Final = frozenset({"alias", "acronym", "former"})
_LINKS: Final = frozenset({"offered_by", "takes_place_at", "part_of", "see_first", "former_name_of"})
_UID: Final = re.compile(r"[^\s\x00-\x1f\x7f]{1,200}")


class Check:
    """Looks at one record after the other. `codes` are all (vocabulary, code), `leaflets` the attachments at hand."""

    def __init__(self, codes: frozenset[tuple[str, str]], leaflets: frozenset[str], today: date, words: Words) -> None:
        self._codes = codes
        self._leaflets = leaflets
        self._today = today.isoformat()
        self._words = words
        self._hours: dict[str, bool] = {"": True}

    def __call__(self, incoming: Incoming) -> Incoming:
        """The same with what can't be kept taken out, each with its remark; fatal where nothing is left to keep."""
        record, row = incoming.record, incoming.row
        if any(remark.fatal for remark in incoming.remarks):
            return incoming
        _ = self._words.gettext
        fatal = self._fatal(record, row)
        if fatal is not None:
            return incoming._replace(remarks=(*incoming.remarks, fatal))
        dropped: dict[str, Any] = {}
        remarks: list[Remark] = []
        if record.latitude is not None and record.longitude is not None:
            record = self._placed(record, (record.longitude, record.latitude), row, remarks)
        if record.as_of and record.as_of > self._today:
            remarks.append(Remark(row, "as_of", record.as_of, _("Cette date de la source est encore à venir.")))

        def drop(field: str, kept: Any, value: object, sentence: str) -> None:
            dropped[field] = kept
            remarks.append(Remark(row, field, str(value)[:200], sentence))

        self._check_terms(record, drop)
        for field in ("verified_on", "next_check"):
            day = getattr(record, field)
            if day is not None and not _is_day(day):
                drop(field, None, day, _("Cette date n’existe pas."))
        if not self._reads(record.hours):
            drop("hours", "", record.hours, _("Cet horaire ne se lit pas."))
        for field in ("contacts", "internal_contacts"):
            contacts = getattr(record, field)
            if any(contact.kind not in _CONTACTS or not contact.value for contact in contacts):
                kept = tuple(contact for contact in contacts if contact.kind in _CONTACTS and contact.value)
                drop(field, kept, contacts, _("Un contact n’est ni un téléphone, ni un courriel, ni un site."))
        if any(name.kind not in _NAMES or not name.text for name in record.names):
            kept = tuple(name for name in record.names if name.kind in _NAMES and name.text)
            drop("names", kept, record.names, _("Un autre nom est d’une sorte inconnue."))
        if any(link.kind not in _LINKS for link in record.links):
            kept = tuple(link for link in record.links if link.kind in _LINKS)
            drop("links", kept, record.links, _("Un lien est d’une sorte inconnue."))
        if any(leaflet.sha256 not in self._leaflets for leaflet in record.attachments):
            kept = tuple(leaflet for leaflet in record.attachments if leaflet.sha256 in self._leaflets)
            drop("attachments", kept, record.attachments, _("Ce dépliant n’est pas sur ce poste."))
        if not remarks:
            return incoming
        return incoming._replace(
            record=msgspec.structs.replace(record, **dropped) if dropped else record,
            remarks=(*incoming.remarks, *remarks),
            unread=(*incoming.unread, *dropped),
        )

    def _fatal(self, record: EntryRecord, row: int) -> Remark | None:
        _ = self._words.gettext
        if not record.name.strip():
            return Remark(row, "name", "", _("Cette ligne n’a pas de nom."), fatal=True)
        if not _UID.fullmatch(record.uid):
            return Remark(row, "uid", record.uid[:200], _("Cet identifiant ne peut pas en être un."), fatal=True)
        if record.kind not in _KINDS:
            return Remark(row, "kind", record.kind[:200], _("Ce type de fiche n’existe pas."), fatal=True)
        if record.status not in _STATES:
            return Remark(row, "status", record.status[:200], _("Cet état n’existe pas."), fatal=True)
        return None

    def _placed(self, record: EntryRecord, place: tuple[float, float], row: int, remarks: list[Remark]) -> EntryRecord:
        """With longitude and latitude the right way round, where they are around here only when exchanged."""
        longitude, latitude = place
        if _is_around_here(longitude, latitude):
            return record
        _ = self._words.gettext
        said = f"{longitude:g} / {latitude:g}"
        if _is_around_here(latitude, longitude):
            sentence = _("Longitude et latitude étaient échangées : remises à leur place.")
            remarks.append(Remark(row, "longitude", said, sentence))
            return msgspec.structs.replace(record, longitude=latitude, latitude=longitude)
        if _SWISS.fullmatch(record.postcode):
            sentence = _("Ce lieu n’est pas en Suisse, mais son NPA oui : vérifiez les coordonnées.")
            remarks.append(Remark(row, "longitude", said, sentence))
        return record

    def _check_terms(self, record: EntryRecord, drop: Any) -> None:
        known = self._codes
        for vocabulary, codes in record.terms.items():
            for code in codes:
                if (vocabulary, code) not in known:
                    _ = self._words.gettext
                    kept = {
                        name: tuple(each for each in some if (name, each) in known)
                        for name, some in record.terms.items()
                    }
                    kept = {name: some for name, some in kept.items() if some}
                    drop("terms", kept, code, _("«{value}» n’est pas dans la liste.").format(value=code[:60]))

    def _reads(self, expression: str) -> bool:
        known = self._hours.get(expression)
        if known is None:
            try:
                hours.check(expression, self._words)
                known = True
            except InputError:
                known = False
            self._hours[expression] = known
        return known


_SWISS: Final = re.compile(r"\d{4}")


def _is_around_here(longitude: float, latitude: float) -> bool:
    """Whether a place is in France, Switzerland or what lies around: nowhere there are its degrees alike."""
    return -6 <= longitude <= 11 and 41 <= latitude <= 52


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
