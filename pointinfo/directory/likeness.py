"""How much two entries look like one: names, addresses, phones and web pages, weighed against each other.

The evidence is added up as log-odds (Fellegi and Sunter, «A Theory for Record Linkage», JASA 1969): what two entries
share speaks for one, what they have and don't share for two; what one of them doesn't say speaks for neither. The
weights were set by hand; the tests hold them against the demonstration directory and variants planted in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, product
from math import exp, log
from typing import Final, NamedTuple

from pointinfo.database.schema import Contact
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.text import phone_digits, words
from pointinfo.directory.written_names import LIGHT, NameWords, alike, door, initials, name_words, without_aside
from pointinfo.i18n import Words

_PRIOR: Final = -4.0
_NAME: Final = ((0.0, -6.0), (0.5, -2.5), (0.7, 0.0), (0.8, 2.0), (0.87, 4.45), (1.0, 5.0))
"""From how alike two names are to what that weighs, straight between these points.

Names with one slip in eight letters are offered where nothing else is known; less alike ones need more in common.
"""
_OTHER_NAME: Final = 0.95
_SHORTER_NAME: Final = 0.88
"""How alike names are at most that agree with a former name, or with a name without what it says in brackets."""


class Signs(NamedTuple):
    """What tells an entry from others, as it is compared: phones as digits, web pages without scheme, their hosts.

    `kind` is "" where nobody says one; `shorter` has the names that say something aside, each without that: «Le
    Passage (Armée du Salut)».
    """

    kind: str
    names: tuple[NameWords, ...]
    shorter: dict[NameWords, NameWords]
    acronyms: frozenset[str]
    road: NameWords
    number: str
    postcode: str
    phones: frozenset[str]
    mails: frozenset[str]
    pages: frozenset[str]
    hosts: frozenset[str]

    @property
    def keys(self) -> Iterator[str]:
        """What can be shared word for word, each once: «phone 0224188181»."""
        yield from (f"phone {phone}" for phone in self.phones)
        yield from (f"mail {mail}" for mail in self.mails)
        yield from (f"page {page}" for page in self.pages)
        yield from (f"host {host}" for host in self.hosts)
        if self.road and self.number:
            yield self.door

    @property
    def spellings(self) -> tuple[NameWords, ...]:
        """Its names, whole and shorter."""
        return (*self.names, *self.shorter.values())

    @property
    def door(self) -> str:
        """Street and number as one key."""
        return f"door {' '.join(self.road)} {self.number}"


class Evidence(NamedTuple):
    """One observation on two entries; `weight` above 0 speaks for one entry, below for two."""

    sign: str
    weight: float


def signs(record: EntryRecord) -> Signs:
    """The signs of an entry, from its public fields."""
    known = [record.name, *(other.text for other in record.names if other.kind != "acronym")]
    counted = [name_words(each) for each in known]
    shorter = {full[0]: name_words(short)[0] for full, short in zip(counted, map(without_aside, known), strict=True)}
    acronyms = {"".join(words(other.text)) for other in record.names if other.kind == "acronym"} - {""}
    acronyms |= {found for each in counted for found in each[1]}
    road, number = door(record.street)
    reached: dict[str, set[str]] = {"phone": set(), "email": set(), "web": set()}
    for contact in record.contacts:
        if contact.kind in reached:
            reached[contact.kind].add(reached_at(contact))
    pages = reached["web"] - {""}
    return Signs(
        record.kind,
        tuple(dict.fromkeys(each[0] for each in counted if each[0])),
        {full: short for full, short in shorter.items() if short and short != full},
        frozenset(acronyms),
        road,
        number,
        record.postcode,
        phones=frozenset(reached["phone"] - {""}),
        mails=frozenset(reached["email"] - {""}),
        pages=frozenset(pages),
        hosts=frozenset(page.partition("/")[0] for page in pages),
    )


def weigh(one: Signs, other: Signs, having: Mapping[str, int], least: float) -> list[Evidence]:
    """Everything that speaks for or against; nothing when together it scores less than `least`.

    `having`: how many entries have a key of `Signs.keys`. What many entries share (a town's free number, the site of
    a canton) says little.
    """
    found = [*_reached(one, other, having), *_places(one, other, having)]
    if one.kind and other.kind and one.kind != other.kind:
        found.append(Evidence("other kind", -0.7))
    needed = log(least / (1.0 - least))
    if _sum(found) + _NAME[-1][1] < needed:
        return []  # not even one name for both would do: most pairs end here, unread
    nearness, how = _names_alike(one, other)
    found.insert(0, Evidence(how, _between(nearness)))
    return found if _sum(found) >= needed else []


def score(found: Iterable[Evidence]) -> float:
    """How sure it is that two entries are one, in [0, 1]."""
    return 1.0 / (1.0 + exp(-_sum(found)))


def _sum(found: Iterable[Evidence]) -> float:
    return _PRIOR + sum(each.weight for each in found)


def in_words(found: Iterable[Evidence], language: Words) -> tuple[str, ...]:
    """What a person should know of the evidence: what speaks for one entry, then what doesn't."""
    _ = language.gettext
    said = {
        "name": _("même nom"),
        "one of the names": _("un nom en commun"),
        "near name": _("noms presque pareils"),
        "part of name": _("noms qui se recoupent"),
        "acronym": _("l’un est le sigle de l’autre"),
        "phone": _("même téléphone"),
        "mail": _("même courriel"),
        "page": _("même page internet"),
        "host": _("même site internet"),
        "door": _("même adresse"),
        "road": _("même rue"),
        "other phone": _("mais un autre téléphone"),
        "other door": _("mais un autre numéro dans la rue"),
        "other road": _("mais une autre adresse"),
        "other kind": _("mais un autre type de fiche"),
    }
    known = [each for each in found if each.sign in said]
    return tuple(said[each.sign] for each in sorted(known, key=lambda each: each.sign.startswith("other")))


def _names_alike(one: Signs, other: Signs) -> tuple[float, str]:
    """How alike the nearest two of their names are, and what that is called."""
    best, how = 0.0, "other name"
    for (mine, ours), (its, theirs) in product(enumerate(one.names), enumerate(other.names)):
        nearness, called = _two_names(one, ours, other, theirs)
        if (mine or its) and nearness > 0.8:
            nearness, called = min(nearness, _OTHER_NAME), "one of the names"
        if nearness > best:
            best, how = nearness, called
    if best < 0.9 and (_is_acronym_of(one, other) or _is_acronym_of(other, one)):
        return 0.9, "acronym"
    return best, how


def _two_names(one: Signs, ours: NameWords, other: Signs, theirs: NameWords) -> tuple[float, str]:
    whole = alike(ours, theirs)
    if whole < _SHORTER_NAME and (ours in one.shorter) != (theirs in other.shorter):
        short = alike(one.shorter.get(ours, ours), other.shorter.get(theirs, theirs))
        if short > whole:
            return min(short, _SHORTER_NAME), "part of name"
    if whole > 0.999:
        return whole, "name"
    return whole, "near name" if whole > 0.8 else "part of name" if whole > 0.6 else "other name"


def _is_acronym_of(short: Signs, long: Signs) -> bool:
    """Whether one of the names of `short` is nothing but an acronym of `long`."""
    for name in short.names:
        telling = [word for word in name if word not in LIGHT]
        if len(telling) == 1 and 2 < len(telling[0]) < 8:
            known = long.acronyms | {initials(each) for each in long.names if len(each) > 2}
            if telling[0] in known:
                return True
    return False


def _between(nearness: float) -> float:
    """What a likeness of names weighs."""
    for (low, least), (high, most) in pairwise(_NAME):
        if nearness <= high:
            return least + (most - least) * (nearness - low) / (high - low)
    return _NAME[-1][1]


def _reached(one: Signs, other: Signs, having: Mapping[str, int]) -> Iterator[Evidence]:
    for sign, ours, theirs, weight, against in (
        ("phone", one.phones, other.phones, 3.0, 1.2),
        ("mail", one.mails, other.mails, 2.0, 0.0),
        ("page", one.pages, other.pages, 2.5, 0.0),
    ):
        if not ours or not theirs:
            continue
        both = ours & theirs
        if both:
            yield Evidence(sign, weight * max(_rare(f"{sign} {value}", having) for value in both))
        elif sign == "page":
            hosts = one.hosts & other.hosts
            rare = max((_rare(f"host {host}", having) for host in hosts), default=0.0)
            yield Evidence("host", rare) if hosts else Evidence("other host", -0.7)
        elif against:
            yield Evidence(f"other {sign}", -against)


def _rare(key: str, having: Mapping[str, int]) -> float:
    """1 for what only these two have, less the more entries have it."""
    return 2.0 / max(2, having.get(key, 2))


def _places(one: Signs, other: Signs, having: Mapping[str, int]) -> list[Evidence]:
    if not one.road or not other.road:
        return []
    other_road = one.road != other.road and alike(one.road, other.road) < 0.85
    other_town = bool(one.postcode and other.postcode) and one.postcode != other.postcode
    if other_road or (other_town and one.number != other.number):
        return [Evidence("other road", -2.5)]
    if not one.number or not other.number:
        return [Evidence("road", 1.0)]
    if one.number != other.number:
        return [Evidence("other door", -1.0)]
    return [Evidence("door", 0.8 + 1.2 * _rare(one.door, having))]


def reached_at(contact: Contact) -> str:
    """A contact as two lists would have it in common."""
    value = contact.value.strip().lower()
    if contact.kind == "phone":
        return phone_digits(value) or re.sub(r"\D", "", value)
    if contact.kind == "web":
        host, _slash, path = value.partition("//")[2].partition("/") if "//" in value else value.partition("/")
        return f"{host.removeprefix('www.')}/{path}".rstrip("/")
    return value
