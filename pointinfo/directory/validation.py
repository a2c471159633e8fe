"""What is wrong or odd in an entry, said field by field before it is saved; and how phones and addresses are written.

Only what can't be kept blocks. Everything else is a warning: the person at the phone knows better than a rule.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from pointinfo.database.schema import Contact
from pointinfo.directory import hours
from pointinfo.directory.fields import INTERNAL, choices
from pointinfo.directory.record import EntryRecord, flat
from pointinfo.directory.text import fold
from pointinfo.errors import InputError
from pointinfo.i18n import Words

if TYPE_CHECKING:  # 50 ms, paid by whoever types the first number
    import phonenumbers

EVERYONE: Final = "population"
"""The audience that goes with no other."""
OLDEST: Final = 120.0
SWISS_POSTCODES: Final = range(1000, 9700)
USUAL: Final = 0.8
"""The share of a postcode's entries that makes a town its usual one."""


class Problem(NamedTuple):
    """One remark on a field (its key in `record.flat`); with `blocking` the entry can't be kept as it is."""

    field: str
    sentence: str
    blocking: bool = False


class Towns:
    """Which town a postcode usually is, as the directory's own entries say; a commune's villages are one town.

    With `addresses` (street, postcode, town) also which postcodes a street has.
    """

    def __init__(
        self,
        pairs: Iterable[tuple[str, str, int]] = (),
        communes: Mapping[str, str] | None = None,
        addresses: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        self._communes = communes or {}
        counts: dict[str, Counter[str]] = {}
        for postcode, city, count in pairs:
            counts.setdefault(postcode, Counter())[city] += count
        self._usual = {}
        for postcode, cities in counts.items():
            city, count = cities.most_common(1)[0]
            if count > 1 and count >= USUAL * cities.total():
                self._usual[postcode] = city

        self._postcodes: dict[tuple[str, str], Counter[str]] = {}
        for street, postcode, city in addresses:
            self._postcodes.setdefault((_road(street), self._key(city)), Counter())[postcode] += 1

    def of_street(self, street: str, city: str) -> tuple[str, ...]:
        """The postcodes of a street's entries, () where they are too few to say."""
        counts = self._postcodes.get((_road(street), self._key(city)), Counter())
        return tuple(sorted(counts)) if counts.total() > 1 else ()

    def usual(self, postcode: str) -> str:
        """The town, "" where the entries don't agree or are too few."""
        return self._usual.get(postcode, "")

    def are_one(self, one: str, other: str) -> bool:
        """Whether two names mean one town or commune."""
        return self._key(one) == self._key(other)

    def _key(self, city: str) -> str:
        folded = town_key(city)
        return self._communes.get(folded, folded)


def town_key(city: str) -> str:
    """A town's name for comparing: «Genève 2» and «geneve» are one."""
    return " ".join(re.sub(r"\d+", "", fold(city)).replace("-", " ").split())


def _road(street: str) -> str:
    """A street for comparing, without its number: «Rue Dancet 14 bis» is «rue dancet»."""
    return " ".join(fold(re.sub(r",?\s*\d.*$", "", street)).replace("-", " ").split())


NO_TOWNS: Final = Towns()


def problems(
    record: EntryRecord,
    words: Words,
    towns: Towns = NO_TOWNS,
    known: Collection[str] | None = None,
    today: date | None = None,
) -> list[Problem]:
    """Every remark, in no particular order. `known`: those of the entry's links that exist; None: all do."""
    return [
        *_identity(record, words),
        *_audiences(record, words),
        *_place(record, words, towns),
        *_contacts(record, words),
        *_hours(record, words),
        *_links(record, words, known),
        *_trust(record, words, today),
        *_confidences(record, words),
    ]


# Phones, e-mails, addresses of pages


def phone_written(value: str) -> str:
    """A phone number as it is read aloud: «022 418 81 81», «+33 4 50 12 34 56»; what isn't one stays as it is."""
    value = " ".join(value.split())
    number = _phone(value)
    if number is None:
        return value
    import phonenumbers  # noqa: PLC0415  # see above

    shape = phonenumbers.PhoneNumberFormat
    if number.country_code != _SWISS:
        return phonenumbers.format_number(number, shape.INTERNATIONAL)
    written = phonenumbers.format_number(number, shape.NATIONAL)
    same_digits = re.sub(r"\D", "", written) == re.sub(r"\D", "", value)
    return value if same_digits and _GROUPED.fullmatch(value) else written


def phone_is_sound(value: str) -> bool:
    """Whether this number exists by its country's plan; Swiss short numbers (143, 1811) too."""
    if _phone(value) is not None:
        return True
    digits = re.sub(r"\s", "", value)
    if not re.fullmatch(r"1\d{2,4}", digits):
        return False
    import phonenumbers  # noqa: PLC0415  # see above

    return phonenumbers.is_valid_short_number_for_region(phonenumbers.parse(digits, "CH"), "CH")


def url_written(value: str) -> str:
    """A web address with its scheme: «geneve.ch» is «https://geneve.ch»."""
    value = value.strip()
    return f"https://{value}" if value and not _SCHEME.match(value) and _HOST.match(value) else value


def url_is_sound(value: str) -> bool:
    """Whether it is a whole http or https address."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or "")) and " " not in value


def email_is_sound(value: str) -> bool:
    """Whether it looks like one e-mail address."""
    return bool(_EMAIL.fullmatch(value))


def contact_written(kind: str, value: str) -> str:
    """The value of a contact as it is kept: phone, email, web."""
    if kind == "phone":
        return phone_written(value)
    return url_written(value) if kind == "web" else value.strip()


_SWISS: Final = 41
_GROUPED: Final = re.compile(r"0\d{2,3}( \d{2,3}){2,3}")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_HOST: Final = re.compile(r"([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_EMAIL: Final = re.compile(r"[^\s@,;<>()]+@([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]{2,}")


def _phone(value: str) -> "phonenumbers.PhoneNumber | None":
    """The number, None when it isn't a valid one and nothing else («022 418 81 81 (matin)»)."""
    if not re.fullmatch(r"[+\d][\d\s()./’'-]*", value):
        return None
    import phonenumbers  # noqa: PLC0415  # see above

    try:
        number = phonenumbers.parse(value, "CH")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


# The rules, part by part


def _identity(record: EntryRecord, words: Words) -> Iterator[Problem]:
    _ = words.gettext
    if not record.name.strip():
        yield Problem("name", _("Le nom manque : sans lui la fiche ne se trouve pas."), blocking=True)
    for key in ("kind", "status", "confidence", "verified_how"):
        if getattr(record, key) not in choices(key, words):
            said = _("Valeur inconnue : «{value}».").format(value=getattr(record, key))
            yield Problem(key, said, blocking=key in ("kind", "status"))
    if any(not name.text.strip() for name in record.names):
        yield Problem("names", _("Un autre nom est vide."))
    if record.status == "active" and (record.status_reason or record.replaced_by):
        yield Problem("status", _("Une raison ou un remplacement est indiqué, mais la fiche est active."))
    if record.status == "do_not_refer" and not record.status_reason:
        yield Problem("status_reason", _("Dites pourquoi il ne faut pas orienter vers elle."))


def _audiences(record: EntryRecord, words: Words) -> Iterator[Problem]:
    _ = words.gettext
    audiences = record.terms.get("audience", ())
    if EVERYONE in audiences and len(audiences) > 1:
        yield Problem("terms/audience", _("«Toute la population» comprend déjà les autres publics."))
    yield from _ages("", record.age_from, record.age_to, words)


def _ages(prefix: str, least: float | None, most: float | None, words: Words) -> Iterator[Problem]:
    _ = words.gettext
    for key, age in (("age_from", least), ("age_to", most)):
        if age is not None and not 0 <= age <= OLDEST:
            yield Problem(prefix + key, _("Un âge va de 0 à 120 ans."))
    if least is not None and most is not None and least > most:
        yield Problem(prefix + "age_to", _("L’âge maximum est plus bas que l’âge minimum."))


def _place(record: EntryRecord, words: Words, towns: Towns) -> Iterator[Problem]:
    _ = words.gettext
    postcode = record.postcode
    if re.search(r"\b\d{4,5}\s+[^\W\d_]", record.street):
        yield Problem("street", _("Le NPA et la localité ont leurs propres champs."))
    if record.street and not postcode:
        yield Problem("postcode", _("Le NPA manque."))
    if record.street and not record.city:
        yield Problem("city", _("La localité manque."))
    swiss = re.fullmatch(r"\d{4}", postcode) is not None
    if postcode and not re.fullmatch(r"\d{4,5}", postcode):
        yield Problem("postcode", _("Un NPA suisse a quatre chiffres, un code postal français cinq."))
    elif swiss and int(postcode) not in SWISS_POSTCODES:
        yield Problem("postcode", _("Les NPA suisses vont de 1000 à 9699."))
    elif (usual := towns.usual(postcode)) and record.city and not towns.are_one(usual, record.city):
        yield Problem("city", _("{postcode} est d’ordinaire {city}.").format(postcode=postcode, city=usual))
    elif postcode and (others := towns.of_street(record.street, record.city)) and postcode not in others:
        said = _("Les autres fiches de cette rue ont le NPA {postcodes}.")
        yield Problem("postcode", said.format(postcodes=", ".join(others)))
    if (record.longitude is None) != (record.latitude is None):
        missing = "longitude" if record.longitude is None else "latitude"
        yield Problem(missing, _("Un lieu demande la longitude et la latitude."))
    for key, most in (("longitude", 180), ("latitude", 90)):
        degrees = getattr(record, key)
        if degrees is not None and not -most <= degrees <= most:
            yield Problem(key, _("Hors du globe : de −{most} à {most} degrés.").format(most=most))


def _contacts(record: EntryRecord, words: Words) -> Iterator[Problem]:
    for key in ("contacts", "internal_contacts"):
        contacts: tuple[Contact, ...] = getattr(record, key)
        for contact in contacts:
            for sentence in contact_problems(contact, words):
                yield Problem(key, sentence)


def contact_problems(contact: Contact, words: Words) -> Iterator[str]:
    """What is odd about one phone number, e-mail or web address."""
    _ = words.gettext
    value = contact.value
    if not value:
        yield _("Un contact est vide.")
    elif contact.kind == "phone" and not phone_is_sound(value):
        yield _("«{value}» n’est pas un numéro de téléphone complet.").format(value=value)
    elif contact.kind == "email" and not email_is_sound(value):
        yield _("«{value}» n’est pas une adresse électronique.").format(value=value)
    elif contact.kind == "web" and not url_is_sound(value):
        yield _("«{value}» n’est pas une adresse internet : https://…").format(value=value)
    if contact.hours:
        try:
            hours.check(contact.hours, words)
        except InputError as error:
            yield str(error)


def _hours(record: EntryRecord, words: Words) -> Iterator[Problem]:
    try:
        hours.check(record.hours, words)
    except InputError as error:
        yield Problem("hours", str(error))
    for schedule in record.schedules:
        for problem in _ages("", schedule.age_from, schedule.age_to, words):
            yield problem._replace(field="schedules")


def _links(record: EntryRecord, words: Words, known: Collection[str] | None) -> Iterator[Problem]:
    _ = words.gettext
    targets = [link.uid for link in record.links]
    if record.uid in targets:
        yield Problem("links", _("La fiche renvoie à elle-même."), blocking=True)
    if known is not None and any(uid not in known for uid in targets):
        yield Problem("links", _("Une fiche liée n’existe pas ici."), blocking=True)
    if record.replaced_by == record.uid:
        yield Problem("replaced_by", _("La fiche ne peut pas se remplacer elle-même."), blocking=True)
    elif record.replaced_by and known is not None and record.replaced_by not in known:
        yield Problem("replaced_by", _("La fiche qui la remplace n’existe pas ici."), blocking=True)


def _trust(record: EntryRecord, words: Words, today: date | None) -> Iterator[Problem]:
    _ = words.gettext
    if record.source and not url_is_sound(record.source):
        yield Problem("source", _("Une source est d’ordinaire une adresse internet : https://…"))
    if record.as_of and not _is_partial_date(record.as_of):
        yield Problem("as_of", _("Écrivez une année, un mois ou un jour : 2026, 2026-09 ou 2026-09-14."))
    days = {}
    for key in ("verified_on", "next_check"):
        written = getattr(record, key)
        try:
            days[key] = date.fromisoformat(written) if written else None
        except ValueError:
            days[key] = None
            yield Problem(key, _("«{value}» n’est pas une date.").format(value=written), blocking=True)
    if today and days["verified_on"] and days["verified_on"] > today:
        yield Problem("verified_on", _("Cette date est encore à venir."))
    if days["verified_on"] and days["next_check"] and days["next_check"] <= days["verified_on"]:
        yield Problem("next_check", _("La prochaine vérification vient après la dernière."))


def _is_partial_date(written: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", written, re.ASCII):
        return False
    try:
        date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        return False
    return True


_MARKED: Final = re.compile(
    r"\b(ne pas (communiquer|diffuser|transmettre|publier)|usage interne|strictement confidentiel(le)?)\b",
    re.IGNORECASE,
)
_AHV: Final = re.compile(r"\b756\.?\d{4}\.?\d{4}\.?\d{2}\b")


def _confidences(record: EntryRecord, words: Words) -> Iterator[Problem]:
    """What certainly is not for everybody and stands where everybody reads: nothing here is a guess."""
    _ = words.gettext
    direct = {re.sub(r"\s", "", contact.value).casefold() for contact in record.internal_contacts} - {""}
    for contact in record.contacts:
        if re.sub(r"\s", "", contact.value).casefold() in direct:
            said = _("«{value}» est aussi une ligne directe, réservée au personnel.").format(value=contact.value)
            yield Problem("contacts", said)
    hidden = fold(record.internal_street.strip())
    for key, value in flat(record).items():
        if key in INTERNAL or not isinstance(value, str) or not (key.startswith("wordings/") or key in _READ):
            continue
        if len(hidden) > 4 and hidden in fold(value):
            yield Problem(key, _("L’adresse confidentielle se lit ici : ce champ est imprimé."))
        if found := _MARKED.search(value):
            said = _("«{words}» : ce champ est imprimé. Déplacez ce texte dans la note interne.")
            yield Problem(key, said.format(words=found[0]))
        if any(_is_ahv(number[0]) for number in _AHV.finditer(value)):
            yield Problem(key, _("Un numéro AVS n’a pas sa place dans une fiche."))


_READ: Final = ("name", "street", "stop", "status_reason")


def _is_ahv(number: str) -> bool:
    """The last of the 13 digits is an EAN-13 check digit: no other number looks like this by chance."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    total = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
    return (10 - total % 10) % 10 == digits[12]
