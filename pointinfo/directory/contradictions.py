"""What cannot all be true: facts of the directory that contradict each other, with what to do about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Connection

from pointinfo import paths
from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import Contact, Schedule
from pointinfo.directory.hours import clashes
from pointinfo.directory.sessions_words import age_words
from pointinfo.directory.text import fold, phone_digits
from pointinfo.i18n import Words

LOOKED_AT: Final = 50
"""Entries of one phone number that are compared with each other: a help line may stand on thousands."""

_STANDING: Final = """
    SELECT id, uid, name, street, postcode, city, contacts, hours, schedules, age_from, age_to, verified_on, kind
    FROM entry WHERE status <> 'closed'"""
_LINKS: Final = "SELECT entry_id, target_id FROM entry_link"
_DISTINCT: Final = """
    SELECT one.id, other.id FROM distinct_pair JOIN entry AS one ON one.uid = one_uid
    JOIN entry AS other ON other.uid = other_uid"""
_PLACES: Final = """
    SELECT e.uid, e.name, e.hours, p.uid, p.name, p.hours FROM entry_link JOIN entry AS e ON e.id = entry_id
    JOIN entry AS p ON p.id = target_id WHERE entry_link.kind = 'takes_place_at'
    AND e.hours <> '' AND p.hours <> '' AND e.status <> 'closed' AND p.status <> 'closed'"""
_CLOSED_LINKS: Final = """
    SELECT e.uid, e.name, t.uid, t.name FROM entry_link JOIN entry AS e ON e.id = entry_id
    JOIN entry AS t ON t.id = target_id
    WHERE e.status <> 'closed' AND t.status = 'closed' AND entry_link.kind <> 'former_name_of' ORDER BY e.name"""
_SUCCESSORS: Final = """
    SELECT e.uid, e.name, t.uid, t.name FROM entry AS e LEFT JOIN entry AS t ON t.uid = e.replaced_by
    WHERE e.replaced_by <> '' AND e.status = 'closed' AND (t.uid IS NULL OR t.status = 'closed') ORDER BY e.name"""
_contacts: Final = msgspec.json.Decoder(tuple[Contact, ...])
_schedules: Final = msgspec.json.Decoder(tuple[Schedule, ...])


class Party(NamedTuple):
    """An entry that takes part in a contradiction."""

    uid: str
    name: str


class Contradiction(NamedTuple):
    """What is wrong, in a sentence, between which entries, and what to do."""

    code: str
    entries: tuple[Party, ...]
    sentence: str
    remedy: str


class _Standing(NamedTuple):
    """An entry as it is looked at here."""

    id: int
    uid: str
    name: str
    street: str
    postcode: str
    city: str
    contacts: str
    hours: str
    schedules: str
    age_from: float | None
    age_to: float | None
    verified_on: str | None
    kind: str

    @property
    def party(self) -> Party:
        """As it is named."""
        return Party(self.uid, self.name)

    @property
    def town(self) -> str:
        """«1205 Genève»."""
        return f"{self.postcode} {self.city}".strip()


def titles(words: Words) -> dict[str, str]:
    """What each sort of contradiction is called, in the order they are told."""
    _ = words.gettext
    return {
        "closed_link": _("Lien vers une fiche fermée"),
        "successor": _("Remplacée par une fiche fermée"),
        "sessions_over": _("Activité terminée, toujours active"),
        "place_hours": _("Ouvert quand le lieu est fermé"),
        "overlap": _("Horaires qui se chevauchent"),
        "phone": _("Un numéro pour plusieurs fiches"),
        "postcode": _("Deux NPA pour une adresse"),
        "city": _("Localité et NPA"),
        "ages": _("Âges inversés"),
        "future": _("Vérifiée dans le futur"),
    }


class Contradictions:
    """Looks one counter's directory through."""

    def __init__(self, database: Database, clock: Clock, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._words = words

    def find(self) -> list[Contradiction]:
        """Every contradiction, in the order of `titles`. Takes seconds on a very large directory."""
        today = local_day(self._clock())
        with self._database.read() as session:
            connection = session.connection()
            standing = [_Standing(*row) for row in connection.exec_driver_sql(_STANDING)]
            found = [*_of_links(connection, self._words), *_of_places(connection, self._words)]
            linked = _linked(connection)
        for entry in standing:
            found += _within(entry, today, self._words)
        found += _shared_phones(standing, linked, self._words)
        found += _two_postcodes(standing, self._words)
        order = list(titles(self._words))
        return sorted(found, key=lambda each: order.index(each.code))


def _of_links(connection: Connection, words: Words) -> Iterator[Contradiction]:
    _ = words.gettext
    for uid, name, target, target_name in connection.exec_driver_sql(_CLOSED_LINKS):
        yield Contradiction(
            "closed_link",
            (Party(uid, name), Party(target, target_name)),
            _("«{name}» renvoie à «{target}», qui est fermée.").format(name=name, target=target_name),
            _("Retirez le lien, ou menez-le à ce qui la remplace."),
        )
    for uid, name, target, target_name in connection.exec_driver_sql(_SUCCESSORS):
        parties = (Party(uid, name), *((Party(target, target_name),) if target else ()))
        yield Contradiction(
            "successor",
            parties,
            _("«{name}» est remplacée par «{target}», qui est fermée aussi.").format(name=name, target=target_name)
            if target
            else _("«{name}» est remplacée par une fiche qui n’existe pas ici.").format(name=name),
            _("Indiquez la fiche qui vaut aujourd’hui, ou laissez le champ vide."),
        )


def _of_places(connection: Connection, words: Words) -> Iterator[Contradiction]:
    _ = words.gettext
    for uid, name, hours, place, place_name, place_hours in connection.exec_driver_sql(_PLACES):
        if not clashes.fits(hours, place_hours):
            yield Contradiction(
                "place_hours",
                (Party(uid, name), Party(place, place_name)),
                _("«{name}» a lieu à «{place}» à des heures où le lieu est fermé.").format(name=name, place=place_name),
                _("Demandez l’horaire à l’un des deux et corrigez l’autre."),
            )


def _within(entry: _Standing, today: date, words: Words) -> Iterator[Contradiction]:
    """What contradicts itself in one entry."""
    _ = words.gettext
    one = (entry.party,)
    if entry.hours and clashes.overlaps(entry.hours):
        yield Contradiction(
            "overlap",
            one,
            _("L’horaire de «{name}» a deux ouvertures qui se chevauchent.").format(name=entry.name),
            _("Gardez l’ouverture qui vaut, ou réunissez les deux."),
        )
    if entry.age_from is not None and entry.age_to is not None and entry.age_from > entry.age_to:
        yield Contradiction(
            "ages",
            one,
            _("«{name}» : l’âge minimum ({first}) dépasse l’âge maximum ({last}).").format(
                name=entry.name, first=age_words(entry.age_from, words), last=age_words(entry.age_to, words)
            ),
            _("Échangez les deux âges, ou corrigez celui qui est faux."),
        )
    if entry.verified_on and entry.verified_on > today.isoformat():
        yield Contradiction(
            "future",
            one,
            _("«{name}» est notée comme vérifiée à une date qui n’est pas encore venue.").format(name=entry.name),
            _("Corrigez la date, et l’horloge du poste si elle avance."),
        )
    if entry.kind == "activity" and not entry.hours and _is_over(_schedules.decode(entry.schedules), today):
        yield Contradiction(
            "sessions_over",
            one,
            _("Toutes les séances de «{name}» sont passées, mais la fiche est active.").format(name=entry.name),
            _("Notez les nouvelles dates, ou fermez la fiche."),
        )
    places = _places_of_postcodes().get(entry.postcode)
    if entry.city and places is not None and _town(entry.city) not in places:
        yield Contradiction(
            "city",
            one,
            _("«{name}» : {town} n’existe pas ; ce NPA est celui de {place}.").format(
                name=entry.name, town=entry.town, place=next(iter(places.values()))
            ),
            _("Corrigez le NPA ou la localité."),
        )


def _shared_phones(
    standing: Sequence[_Standing], linked: Mapping[int, set[int]], words: Words
) -> Iterator[Contradiction]:
    """A number on entries of different names at different addresses, between which no link leads."""
    _ = words.gettext
    numbers: defaultdict[str, list[_Standing]] = defaultdict(list)
    for entry in standing:
        if '"phone"' not in entry.contacts:
            continue
        for number in {phone_digits(c.value) for c in _contacts.decode(entry.contacts) if c.kind == "phone"}:
            if number:
                numbers[number].append(entry)
    for number, entries in numbers.items():
        apart = _unlinked(entries[:LOOKED_AT], linked)
        if len(apart) > 1:
            yield Contradiction(
                "phone",
                tuple(entry.party for entry in apart),
                _("Le numéro {number} est celui de {names}, sans lien entre ces fiches.").format(
                    number=_spaced(number), names=_listed([entry.name for entry in apart], words)
                ),
                _("Demandez à qui est ce numéro ; si c’est la même maison, reliez les fiches."),
            )


def _unlinked(entries: list[_Standing], linked: Mapping[int, set[int]]) -> list[_Standing]:
    """One entry for each group that is held together by links, by a name or by an address."""
    groups: list[list[_Standing]] = []
    for entry in entries:
        mine = [group for group in groups if any(_belong(entry, other, linked) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([*(other for group in mine for other in group), entry])
    return [group[0] for group in groups]


def _belong(one: _Standing, other: _Standing, linked: Mapping[int, set[int]]) -> bool:
    around, around_other = linked.get(one.id, set()), linked.get(other.id, set())
    tied = other.id in around or not around.isdisjoint(around_other)
    same_place = bool(one.street) and _address(one) == _address(other)
    return tied or same_place or fold(one.name) == fold(other.name)


def _two_postcodes(standing: Sequence[_Standing], words: Words) -> Iterator[Contradiction]:
    _ = words.gettext
    addresses: defaultdict[tuple[str, str], dict[str, _Standing]] = defaultdict(dict)
    for entry in standing:
        if entry.street and entry.postcode and any(letter.isdigit() for letter in entry.street):
            addresses[_address(entry)].setdefault(entry.postcode, entry)
    for entries in addresses.values():
        if len(entries) > 1:
            first = next(iter(entries.values()))
            yield Contradiction(
                "postcode",
                tuple(entry.party for entry in entries.values()),
                _("{street}, {city} a plusieurs NPA : {codes}.").format(
                    street=first.street, city=first.city, codes=", ".join(sorted(entries))
                ),
                _("Cherchez le NPA de cette adresse et corrigez les autres fiches."),
            )


def _linked(connection: Connection) -> Mapping[int, set[int]]:
    """Which entries each one is tied to, or was found to be another than, in both directions."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for statement in (_LINKS, _DISTINCT):
        for one, other in connection.exec_driver_sql(statement):
            found[one].add(other)
            found[other].add(one)
    return found


def _is_over(schedules: Iterable[Schedule], today: date) -> bool:
    ends = [max(each.dates) if each.dates else each.last for each in schedules]
    return bool(ends) and all(end and end < today.isoformat() for end in ends)


@cache
def _places_of_postcodes() -> dict[str, dict[str, str]]:
    """The places of each postcode of the canton as they are written, by how they are compared."""
    data = (paths.resources() / "places" / "postcodes.json").read_bytes()
    places: dict[str, list[str]] = msgspec.json.decode(data)["places"]
    return {code: {_town(name): name for name in names} for code, names in places.items()}


def _town(name: str) -> str:
    return fold(name).removesuffix(" ge").replace("-", " ").strip()


def _address(entry: _Standing) -> tuple[str, str]:
    return " ".join(fold(entry.street).replace(",", " ").split()), _town(entry.city)


def _spaced(digits: str) -> str:
    """«022 418 81 81», as it is dialled here."""
    groups = (digits[:3], digits[3:6], digits[6:8], digits[8:])
    if digits.startswith("08"):
        groups = (digits[:4], digits[4:6], digits[6:8], digits[8:])
    return " ".join(filter(None, groups))


def _listed(names: Sequence[str], words: Words) -> str:
    _ = words.gettext
    shown = [f"«{name}»" for name in names[:3]]
    if len(names) > 3:
        rest = words.ngettext("{count} autre", "{count} autres", len(names) - 3).format(count=len(names) - 3)
        shown.append(rest)
    return _("{first} et {last}").format(first=", ".join(shown[:-1]), last=shown[-1])
