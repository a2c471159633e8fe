"""A large town made of the real one: entries, inquiries and queries recombined from the shipped words, seeded.

The demonstration directory and the vocabularies hold some 2,800 different words, fewer than 100,000 real entries
would; proper names put together from halves of real words give the index its long tail of rare ones.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Final
from uuid import UUID

from pointinfo import paths
from pointinfo.clock import ZONE
from pointinfo.database.schema import Contact, Name, Wording
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.directory.text import fold
from pointinfo.inquiries.note import Event, Note, Referral

TODAY: Final = date(2026, 11, 23)
"""The last day with inquiries."""

DAYS: Final = 4 * 365
"""The inquiries go back so far."""

A_DAY: Final = 150
"""Inquiries of the last day: a busy one at one counter, however many there were before."""

LONG_TAIL: Final = 20_000
"""Proper names; the n-th is used about 1/n as often as the first."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_BODIES: Final = {
    "association": ("Association", "Fondation", "Amicale", "Groupe d’entraide", "Collectif", "Club", "Société"),
    "service": ("Service", "Bureau", "Guichet", "Permanence", "Office", "Antenne", "Consultation"),
    "activity": ("Atelier", "Cours", "Rencontre", "Groupe de parole", "Sortie", "Café"),
    "place": ("Maison", "Espace", "Centre", "Salle", "Bibliothèque", "Foyer", "Jardin"),
}
_ROADS: Final = ("Rue", "Rue", "Rue", "Avenue", "Chemin", "Route", "Place")
_HOURS: Final = (9, 9, 10, 10, 11, 13, 14, 14, 15, 16, None)
_CHANNELS: Final = (("counter", "phone", "email", "outreach", ""), (60, 25, 8, 5, 2))
_OUTCOMES: Final = (("answered", "referred", "accompanied", "partly", "not-met", ""), (45, 35, 5, 7, 5, 3))
_REASONS: Final = ("no-offer", "full", "not-eligible", "cost", "hours", "language", "")
_EFFORTS: Final = ("under-2", "2-5", "2-5", "5-15", "over-15", "")

Term = dict[str, Any]


def clock() -> datetime:
    """10:12 on the day after the last inquiries: what is measured adds nothing to the day that is read."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, 10, 12, tzinfo=ZONE) + timedelta(days=1)


class Town:
    """The words of the shipped directory, and what is made of them."""

    def __init__(self) -> None:
        sample = paths.resources() / "sample" / "directory_geneve.jsonl"
        self._lines = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]
        lists = ("audiences", "topics", "themes", "languages", "communes", "neighbourhoods")
        self._lists = {name: _terms(name) for name in lists}
        self._clauses = [
            clause.strip()
            for line in self._lines
            for clause in re.split(r"[.;:,()]", f"{line['description_fr']}, {line['note']}")
            if len(clause.split()) > 1
        ]
        places = [label for name in ("neighbourhoods", "communes") for label in _labels(self._lists[name])]
        known = {line["address"].rsplit(" ", 1)[0] for line in self._lines if " " in line["address"]}
        self._streets = sorted(known) + [
            f"{_ROADS[number % len(_ROADS)]} de {place}" for number, place in enumerate(places)
        ]
        self._hours = sorted({line["hours"] for line in self._lines} - {""})
        self._proper = self._proper_names(Random(1))
        self._how_often = list(accumulate(1 / (rank + 10) for rank in range(len(self._proper))))

    def entries(self, count: int) -> Iterator[EntryRecord]:
        """So many entries, always the same."""
        draw = Random(2)
        return (self._entry(draw, number) for number in range(1, count + 1))

    def inquiries(self, count: int, entries: int) -> Iterator[tuple[str, str, Event]]:
        """So many inquiries in the order of their days, each with its event's id and its own."""
        draw = Random(3)
        last_day = min(A_DAY, count)
        for number in range(count):
            ago = 0 if number >= count - last_day else 1 + (DAYS - 1) * (count - number) // count
            day = TODAY - timedelta(days=ago)
            day -= timedelta(days=max(0, day.weekday() - 4))  # counters are closed on weekends
            event = Event(day=day, hour=draw.choice(_HOURS), codes=1, note=self.note(draw, entries))
            yield _uuid(draw), _uuid(draw), event

    def note(self, draw: Random, entries: int) -> Note:
        """One note as a clerk confirms it."""
        outcome = draw.choices(*_OUTCOMES)[0]
        referred = range(draw.choice((1, 1, 2, 3)) if outcome == "referred" else 0)
        return Note(
            channel=draw.choices(*_CHANNELS)[0],
            people=draw.choice((1, 1, 1, 1, 2, 2, 3, 4)),
            audiences=self._audiences(draw),
            themes=tuple(theme["code"] for theme in draw.sample(self._lists["themes"], draw.choice((1, 1, 1, 2)))),
            effort=draw.choice(_EFFORTS),
            outcome=outcome,
            reason=draw.choice(_REASONS) if outcome in {"partly", "not-met"} else "",
            referrals=tuple(
                Referral(_uid(draw.randint(1, entries)), _uuid(draw), copies=draw.randint(0, 1)) for _ in referred
            ),
            language=draw.choice(("", "fr", "fr", "en", "es", "pt", "ar")),
        )

    def queries(self, records: list[EntryRecord], count: int) -> list[str]:
        """What people type: names, topics and synonyms, a street; as written, without accents, in the plural."""
        draw = Random(4)
        topics = {topic["code"]: [topic["labels"]["fr"], *topic.get("synonyms", ())] for topic in self._lists["topics"]}
        found = []
        for number in range(count):
            record = draw.choice(records)
            telling = [word for word in _WORD.findall(record.name) if len(word) > 2]
            topic = draw.choice(topics[record.terms["topic"][0]])
            text = (
                " ".join(telling[:3]),
                " ".join(draw.sample(telling, min(2, len(telling)))),
                topic,
                f"{topic} {telling[-1]}",
                record.street.rsplit(" ", 1)[0] or telling[0],
            )[number % 5]
            if number % 3 == 1:
                text = fold(text)
            elif number % 3 == 2:
                text = " ".join(word if word[-1] in "sx" or len(word) < 4 else f"{word}s" for word in text.split())
            found.append(text[:40])
        return found

    def _entry(self, draw: Random, number: int) -> EntryRecord:
        kind = draw.choices(tuple(_BODIES), (4, 4, 2, 1))[0]
        topics = draw.sample(self._lists["topics"], draw.choice((1, 1, 2, 3)))
        place = draw.choice(self._lists["neighbourhoods"])
        commune = draw.choice(self._lists["communes"]) if draw.random() < 0.25 else None
        languages = draw.sample(self._lists["languages"], draw.randint(1, 4) if draw.random() < 0.4 else 0)
        town = commune["labels"]["fr"] if commune else "Genève"
        proper = self._proper_name(draw)
        name = self._name(draw, kind, topics[0], commune or place, proper)
        terms = {
            "audience": self._audiences(draw),
            "topic": tuple(topic["code"] for topic in topics),
            "theme": tuple(dict.fromkeys(topic["parent"] for topic in topics)),
            "language": tuple(language["code"] for language in languages),
            "area": (draw.choice(("ville", "ville", "ville", "canton")),),
            "commune": (commune["code"],) if commune else (),
            "neighbourhood": () if commune else (place["code"],),
            "sector": () if commune or not place.get("sector") else (place["sector"],),
        }
        return EntryRecord(
            uid=_uid(number),
            kind=kind,
            status=draw.choices(("active", "do_not_refer", "closed"), (985, 5, 10))[0],
            name=name,
            names=self._other_names(draw, name, proper),
            wordings={"fr": self._wording(draw)},
            street=f"{draw.choice(self._streets)} {draw.randint(1, 140)}" if draw.random() < 0.9 else "",
            postcode=str(1200 + draw.randint(1, 60)),
            city=town,
            stop=draw.choice(self._streets).split(" ")[-1] if draw.random() < 0.5 else "",
            contacts=_contacts(draw, fold(proper)),
            hours=self._opening(draw),
            source=f"https://www.geneve.ch/{fold(proper)}",
            confidence=draw.choice(("page", "page", "memory")),
            as_of=f"{draw.randint(2019, 2026)}-{draw.randint(1, 10):02}",
            verified_on=f"2026-{draw.randint(1, 10):02}-{draw.randint(1, 28):02}" if draw.random() < 0.5 else None,
            terms={vocabulary: codes for vocabulary, codes in terms.items() if codes},
            links=(Link("see_first", _uid(draw.randint(1, number - 1))),) if number > 1 and number % 20 == 0 else (),
            internal_note=self._sentence(draw, 8, 15) if draw.random() < 0.1 else "",
        )

    def _name(self, draw: Random, kind: str, topic: Term, place: Term, proper: str) -> str:
        where, about = place["labels"]["fr"], topic["labels"]["fr"]
        body = draw.choice(_BODIES[kind])
        return draw.choice(
            (
                f"{body} {proper}",
                f"{body} {proper} – {where}",
                f"{body} {where}",
                f"{about} – {body} {proper}",
                f"{body} {proper} ({about.lower()})",
                f"{draw.choice(self._lines)['name']} – {proper}",
            )
        )

    def _other_names(self, draw: Random, name: str, proper: str) -> tuple[Name, ...]:
        if draw.random() < 0.7:
            return ()
        letters = "".join(word[0] for word in _WORD.findall(name) if len(word) > 2).upper()
        return (Name(letters, "acronym"), Name(f"L’{proper}"))[: draw.randint(1, 2)]

    def _wording(self, draw: Random) -> Wording:
        often = draw.random() < 0.4
        return Wording(
            summary=self._sentence(draw, 20, 60),
            eligibility=self._sentence(draw, 5, 15) if often else "",
            how_to_apply=self._sentence(draw, 5, 20) if often else "",
            fee=draw.choice(("Gratuit", "Selon le revenu", "CHF 20.– par année", "")),
        )

    def _sentence(self, draw: Random, least: int, most: int) -> str:
        """`least` to `most` words: clauses of the real descriptions, now and then with a proper name."""
        length = draw.randint(least, most)
        said: list[str] = []
        while len(said) < length:
            said += draw.choice(self._clauses).split()
            if draw.random() < 0.3:
                said.append(self._proper_name(draw))
        text = " ".join(said[:length])
        return f"{text[:1].upper()}{text[1:]}."

    def _opening(self, draw: Random) -> str:
        if draw.random() < 0.4:
            return ""
        if draw.random() < 0.3:
            return str(draw.choice(self._hours))
        days = draw.choice(("Mo-Fr", "Mo-Th", "Mo,We,Fr", "Tu-Sa", "Tu,Th"))
        return f"{days} {draw.choice(('08:00', '08:30', '09:00'))}-12:00,{draw.choice(('13:30', '14:00'))}-17:00"

    def _audiences(self, draw: Random) -> tuple[str, ...]:
        if draw.random() < 0.3:
            return ("population",)
        others = [term["code"] for term in self._lists["audiences"] if term["code"] != "population"]
        return tuple(draw.sample(others, draw.choice((1, 1, 1, 2))))

    def _proper_name(self, draw: Random) -> str:
        return str(draw.choices(self._proper, cum_weights=self._how_often)[0])

    def _proper_names(self, draw: Random) -> list[str]:
        """Names of streets and places as they are, then halves of words joined."""
        known = sorted(
            {
                word
                for text in (*self._streets, *self._clauses, *(line["name"] for line in self._lines))
                for word in _WORD.findall(text)
                if len(word) > 4
            }
        )
        found = dict.fromkeys(word for word in known if word[0].isupper() and not word.isupper())
        while len(found) < LONG_TAIL:
            first, last = draw.choice(known).lower(), draw.choice(known).lower()
            found[(first[: draw.randint(3, 5)] + last[-draw.randint(3, 5) :]).capitalize()] = None
        return list(found)


def _terms(name: str) -> list[Term]:
    file = paths.resources() / "vocabulary" / f"{name}.json"
    terms: list[Term] = json.loads(file.read_text(encoding="utf-8"))["terms"]
    return terms


def _labels(terms: list[Term]) -> list[str]:
    return [term["labels"]["fr"] for term in terms]


def _contacts(draw: Random, slug: str) -> tuple[Contact, ...]:
    phone = f"022 {draw.randint(300, 799)} {draw.randint(10, 99)} {draw.randint(10, 99)}"
    every = (
        Contact("phone", phone),
        Contact("web", f"https://www.{slug}.ch"),
        Contact("email", f"info@{slug}.ch"),
    )
    return every[: draw.choice((1, 2, 2, 3))]


def _uid(number: int) -> str:
    return f"e{number:06}"


def _uuid(draw: Random) -> str:
    return str(UUID(int=draw.getrandbits(128), version=4))
