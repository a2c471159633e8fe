"""Whatever an entry says, a sheet says it in every language: nothing raises, nothing is left half said."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo.config import Settings
from pointinfo.database.schema import Contact, Entry, EntryLink, Name, Schedule, Term, Wording
from pointinfo.desk import Desk
from pointinfo.directory import Calendar, EntryRecord, Link, Origin
from pointinfo.directory.vocabulary import ListFile
from pointinfo.leaflets.composition import compose
from pointinfo.leaflets.content import Fact, Sheet, SheetEntry
from pointinfo.leaflets.languages import LANGUAGES, RIGHT_TO_LEFT, catalogue
from pointinfo.leaflets.pages import pictures
from pointinfo.paths import resources
from tests.conftest import MONDAY

CANARY = "Zanzibarcanari"
LISTS = ("audiences", "areas", "eligibility", "documents", "fees", "attendance", "accessibility", "languages")
HOURS = (
    "",
    "24/7",
    "Mo-Fr 08:30-12:00,13:30-17:00; PH off",
    'Mo-Fr 09:00-12:00 "sur rendez-vous"; SH off',
    'Mo,We 09:00-12:00; Th 14:00-18:00 "uniquement sur rendez-vous, salle 3"',
    "May,Sep Mo-Th 16:00-18:00; Jul-Aug Mo-Th 15:30-19:00",
    "Mo-Fr 09:00-12:00; 2026 Nov 26-27 off; 2026 Dec 24 09:00-11:00",
    'Mo-Fr 09:00-12:00; Dec 24-Jan 2 off "vacances"; PH 10:00-11:00',
    "Mo[1] 10:00-12:00",
    "We[-1] 18:00-20:00",
    "week 01-53/2 Tu 10:00-12:00",
    "week 02-53/2 Tu 10:00-12:00",
    "Mo[2],We[3] 10:00-12:00",
    "Mo-Fr sunrise-sunset",
    "easter +1 day 10:00-12:00",
    'Mo-Fr 09:00-12:00 || "sur rendez-vous"',
    '"par téléphone"',
    "Fr 22:00-02:00",
    "SH Mo-Fr 10:00-16:00; PH off",
    "ouvert le lundi",
    "off",
)
PHONES = ("022 418 81 81", "0800 44 77 00", "+41 22 418 22 22", "144")
DAYS = st.dates(date(2026, 9, 1), date(2027, 12, 31)).map(date.isoformat)
TEXTS = st.sampled_from(
    ("", "En ligne", "اتصلوا على 022 418 81 81", "Ligne une\nLigne deux", "приём; 20 фр.", "  ", "a@b.ch")
)
WORDINGS = st.builds(
    Wording,
    summary=TEXTS,
    eligibility=TEXTS,
    how_to_apply=TEXTS,
    documents=TEXTS,
    fee=TEXTS,
    directions=TEXTS,
    alert=TEXTS,
)
AGES = st.none() | st.sampled_from((0, 0.25, 1, 1.5, 2.5, 6, 10, 18, 65))
SCHEDULES = st.builds(
    Schedule,
    starts=st.sampled_from(("14:00", "08:05", "")),
    ends=st.sampled_from(("16:00", "", "00:00")),
    label=st.sampled_from(("", "Atelier")),
    weekdays=st.sets(st.integers(0, 6), max_size=7).map(tuple),
    every=st.integers(1, 5),
    nth=st.sampled_from((0, 0, 1, 2, 3, 4, -1)),
    school=st.sampled_from(("", "terms", "holidays")),
    first=st.just("") | DAYS,
    last=st.just("") | DAYS,
    dates=st.lists(DAYS, max_size=3).map(tuple) | st.just(()),
    cancelled=st.lists(DAYS, max_size=2).map(tuple),
    age_from=AGES,
    age_to=AGES,
    price=st.sampled_from(("", "20 francs")),
    register_by=st.just("") | DAYS,
    places_left=st.none() | st.integers(0, 120),
)


@cache
def terms() -> tuple[Term, ...]:
    files = [(resources() / "vocabulary" / f"{name}.json").read_bytes() for name in LISTS]
    shipped = [msgspec.json.decode(data, type=ListFile) for data in files]
    known = [
        Term(list=each.list, code=row.code, labels=row.labels, edited=False) for each in shipped for row in each.terms
    ]
    return (*known, Term(list="document", code="carte-piscine", labels={"fr": "Carte piscine"}, edited=True))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    contacts = [Contact("phone", number, draw(st.sampled_from(("", "secrétariat")))) for number in PHONES]
    contacts += [Contact("web", "https://www.geneve.ch/x"), Contact("email", "info@geneve.ch")]
    made = Entry(
        uid="un",
        kind=draw(st.sampled_from(("service", "association", "activity", "place"))),
        status=draw(st.sampled_from(("active", "active", "closed"))),
        status_reason=draw(st.sampled_from(("", "merged", "fin du projet"))),
        important=False,
        name="Accueil de l'enfance",
        names=draw(st.sampled_from(((), (Name("مركز الاستقبال", "alias", "ar"),)))),
        wordings=draw(st.dictionaries(st.sampled_from(LANGUAGES), WORDINGS, max_size=4)),
        street=draw(st.sampled_from(("", "Rue Hoffmann 8"))),
        postcode="1202",
        city="Genève",
        stop=draw(st.sampled_from(("", "Servette, tram 14"))),
        contacts=tuple(draw(st.lists(st.sampled_from(contacts), max_size=6, unique=True))),
        hours=draw(st.sampled_from(HOURS)),
        schedules=tuple(draw(st.lists(SCHEDULES, max_size=2))),
        age_from=draw(AGES),
        age_to=draw(AGES),
        longitude=6.13,
        latitude=draw(st.sampled_from((None, 46.21))),
        source=draw(st.sampled_from(("", "https://www.geneve.ch/y"))),
        confidence=draw(st.sampled_from(("page", "memory"))),
        as_of=draw(st.sampled_from(("", "2013", "2026-09", "2026-09-14"))),
        verified_on=draw(st.none() | st.dates(date(2020, 1, 1), date(2026, 11, 23))),
        next_check=None,
        demonstration=draw(st.booleans()),
        terms=draw(st.lists(st.sampled_from(terms()), max_size=12, unique=True)),
        links=[],
    )
    made.successor = draw(st.sampled_from((None, Entry(uid="deux", name="Maison Deux", status="active"))))
    if draw(st.booleans()):
        closed = Entry(uid="trois", name="Maison Trois", status=draw(st.sampled_from(("closed", "active"))))
        closed.contacts = (contacts[0],)
        made.links = [EntryLink(kind=draw(st.sampled_from(("see_first", "offered_by"))), target=closed)]
    return made


def strings(value: object) -> Iterator[str]:
    """Every text of a sheet that is read by people, in any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Fact):
        yield from (value.label, *value.lines)
    elif isinstance(value, SheetEntry):
        yield from strings(tuple(value._replace(uid="", qr_payload="", codes=())))
        yield from (code.caption for code in value.codes)
    elif isinstance(value, Sheet):
        yield from strings(tuple(value._replace(page_words="", lang="", direction="ltr")))
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)


def bare(text: str) -> str:
    return re.sub("[\N{LEFT-TO-RIGHT ISOLATE}\N{POP DIRECTIONAL ISOLATE}]", "", text)


CODES = re.compile(r"\b(?:Mo|Tu|We|Th|Su|PH|SH)\b(?:[-,\[]|\s\d)|\boff\b|sunrise|easter|\bweek \d|24/7")
PLACEHOLDER = re.compile(r"[{}]")
TERM_CODES = {term.code for term in terms() if "-" in term.code}


@pytest.mark.parametrize("language", LANGUAGES)
@given(entry=entries(), beside=st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_entry_can_be_said_in_any_language(language: str, entry: Entry, beside: bool) -> None:
    school = Calendar(school_holidays=((date(2026, 12, 21), date(2027, 1, 3)),)) if beside else Calendar()
    sheet = compose([entry], Settings(), MONDAY, school, language, beside=beside)
    said = list(strings(sheet))
    for text in said:
        assert not PLACEHOLDER.search(text), text
        assert not CODES.search(text) or text == entry.hours, text
        assert not TERM_CODES & set(re.findall(r"[\w-]+", text)), text
        assert "None" not in text
        assert text == text.strip()
        assert text.count("\N{LEFT-TO-RIGHT ISOLATE}") == text.count("\N{POP DIRECTIONAL ISOLATE}")
        assert not re.search(r"[\u0660-\u0669\u06f0-\u06f9]", text), text
    [card] = sheet.entries
    for fact in (*card.facts, *card.contact):
        assert fact.label
        assert fact.lines
        assert all(re.search(r"\w", line) for line in fact.lines), fact
        assert not fact.langs or len(fact.langs) == len(fact.lines)
    keys = [fact.key for fact in (*card.facts, *card.contact)]
    assert len(keys) == len(set(keys))
    printed = [bare(line) for fact in card.contact for line in fact.lines]
    for contact in entry.contacts:
        assert any(line == contact.value or line.startswith(f"{contact.value} (") for line in printed)
    assert card.checked
    assert card.name


@pytest.mark.parametrize("language", LANGUAGES)
@given(entry=entries())
@settings(max_examples=10, deadline=None)
def test_the_french_beside_says_the_same_facts_in_the_same_order(language: str, entry: Entry) -> None:
    sheet = compose([entry], Settings(), MONDAY, Calendar(), language, beside=True)
    assert (sheet.beside is None) == (language == "fr")
    if sheet.beside is not None:
        [card], [french] = sheet.entries, sheet.beside.entries
        assert [fact.key for fact in card.facts] == [fact.key for fact in french.facts]
        assert [fact.key for fact in card.contact] == [fact.key for fact in french.contact]
        assert card.qr_payload == french.qr_payload
        assert not french.untranslated
        assert sheet.beside.lang == "fr-CH"


def test_a_language_that_nobody_reviewed_brings_its_french(desk: Desk) -> None:
    entry = desk.directory.entry("hospice-general")
    for language in LANGUAGES:
        sheet = compose([entry], Settings(), MONDAY, Calendar(), language)
        assert (sheet.beside is None) == (language == "fr" or catalogue(language).reviewed_by is not None)
        assert sheet.direction == ("rtl" if language in RIGHT_TO_LEFT else "ltr")


def test_free_text_is_said_in_its_language_else_in_french_and_marked() -> None:
    entry = Entry(
        uid="un", kind="service", status="active", name="Accueil", names=(), important=False,
        wordings={"fr": Wording(summary="Aide", fee="20 francs"), "ar": Wording(summary="مساعدة")},
        street="Rue Hoffmann 8", postcode="1202", city="Genève", stop="", contacts=(Contact("phone", "022 418 81 81"),),
        hours='Mo-Fr 09:00-12:00 "sur rendez-vous"', source="", confidence="page", as_of="", demonstration=False,
        terms=[Term(list="document", code="photo", labels={"fr": "Photo d’identité"}, edited=False)], links=[],
    )  # fmt: skip
    [card] = compose([entry], Settings(), MONDAY, Calendar(), "ar").entries
    told = {fact.key: fact for fact in (*card.facts, *card.contact)}
    assert (card.summary, card.summary_lang) == ("مساعدة", "")
    assert (card.name, card.name_lang) == ("Accueil", "fr")
    assert told["bring"] == Fact("ما يجب إحضاره", ("صورة شخصية",), "checklist", "bring")
    assert told["cost"] == Fact("السعر", ("20 francs",), "text", "cost", ("fr",))
    assert told["where"].lines == ("\N{LEFT-TO-RIGHT ISOLATE}Rue Hoffmann 8, 1202 Genève\N{POP DIRECTIONAL ISOLATE}",)
    assert told["phone"].lines == ("\N{LEFT-TO-RIGHT ISOLATE}022 418 81 81\N{POP DIRECTIONAL ISOLATE}",)
    assert card.untranslated.startswith("بعض النصوص بالفرنسية")
    [[row, _closed]] = [grid.days for grid in card.hours]
    assert row.name == "الاثنين – الجمعة"
    assert [(slot.opens, slot.remark, slot.lang) for slot in row.slots] == [("9:00", "بموعد مسبق", "")]
    entry.wordings = {"ar": Wording(summary="مساعدة")}
    [card] = compose([entry], Settings(), MONDAY, Calendar(), "ar").entries
    assert card.untranslated == ""


def test_the_codes_hold_a_site_a_card_a_number_and_a_place() -> None:
    contacts = (Contact("web", "https://geneve.ch"), Contact("phone", "022 418 81 81"))
    entry = Entry(
        uid="un", kind="service", status="active", name="Accueil", names=(), important=False, wordings={},
        street="", postcode="", city="", stop="", contacts=contacts, hours="", source="", confidence="page", as_of="",
        latitude=46.21, longitude=6.13, demonstration=False, terms=[], links=[],
    )  # fmt: skip
    [card] = compose([entry], Settings(), MONDAY, Calendar(), "it").entries
    assert [(code.kind, code.caption) for code in card.codes] == [
        ("web", "sito internet"),
        ("vcard", "da salvare nel telefono"),
        ("tel", "per telefonare"),
        ("geo", "luogo sulla mappa"),
    ]
    assert card.codes[2].payload == "tel:0224188181"
    assert card.codes[3].payload == "geo:46.21000,6.13000"


@pytest.fixture
def secret(desk: Desk) -> str:
    """An entry of which everything that no visitor may read holds a word found nowhere else."""
    staff = {
        "internal_street": f"{CANARY}street",
        "internal_contacts": (Contact("phone", f"{CANARY}contact", f"{CANARY}label"),),
        "internal_note": f"{CANARY}note",
        "verified_by": f"{CANARY}by",
        "verified_how": f"{CANARY}how",
        "origins": (Origin(f"{CANARY}source", "17", {"champ": f"{CANARY}extra"}),),
    }
    record = msgspec.structs.replace(
        EntryRecord(uid="foyer", kind="service", name="Foyer"),
        wordings={"fr": Wording(summary="Hébergement d’urgence.")},
        hours="Mo-Fr 08:00-18:00",
        verified_on="2026-10-12",
        links=(Link("offered_by", "autre"),),
        **staff,
    )
    other = msgspec.structs.replace(EntryRecord(uid="autre", kind="association", name="Autre"), **staff)
    refused = msgspec.structs.replace(other, uid="refus", status="do_not_refer", status_reason=f"{CANARY}reason")
    for each in (other, refused, record):
        desk.revisions.save(each, "test")
    return record.uid


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_internal_reaches_a_sheet_in_any_language(language: str, desk: Desk, secret: str) -> None:
    read = [desk.directory.entry(uid, internal=True) for uid in (secret, "autre", "refus")]
    assert all(CANARY in repr(entry.internal_note) for entry in read)
    for known in (read, desk.directory.entries([secret, "autre", "refus"])):
        sheet = compose(known, Settings(), MONDAY, desk.directory.calendar, language, beside=True)
        assert [card.uid for card in sheet.entries] == [secret, "autre"]
        assert CANARY not in repr(sheet)


def test_no_internal_word_is_printed(desk: Desk, secret: str) -> None:
    pdf = desk.leaflets.visit_sheet([secret, "autre"], "de").pdf
    text = "".join(page.text for page in pictures(pdf, 20))
    assert "Montag" in text
    assert "lundi" in text
    assert CANARY not in text
    assert CANARY.encode() not in pdf
