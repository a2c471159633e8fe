"""The catalogues of the sheet: whole, alike, with every plural form that CLDR asks for."""

import inspect
import io
import re
from collections.abc import Iterator
from datetime import date
from types import FunctionType

import msgspec
import pytest
from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.messages.extract import extract

from pointinfo.database.schema import Schedule, Term
from pointinfo.directory import card, sessions_words
from pointinfo.directory.hours import days
from pointinfo.directory.hours import words as hours_words
from pointinfo.directory.vocabulary import ListFile
from pointinfo.leaflets import composition, facts, languages, programmes, publications
from pointinfo.leaflets.languages import LANGUAGES, catalogue, sheet_words, term_label
from pointinfo.paths import resources

FOREIGN = [language for language in LANGUAGES if language != "fr"]
PRINTED = ("audiences", "areas", "eligibility", "documents", "fees", "attendance", "accessibility")
SPOKEN = (
    *(
        publications,
        programmes,
        composition,
        facts,
        hours_words,
        days,
        card.kind_words,
        sessions_words.recurrence,
        sessions_words.details,
    ),
    *(sessions_words.lines, sessions_words.ages, sessions_words.age_words, sessions_words._weekly),
    *(sessions_words._dated, sessions_words._range, sessions_words._listed, sessions_words._next_lines),
    *(sessions_words._meeting_words, card.age),
)
"""Whatever a sheet speaks through."""
NEVER_PRINTED = {"Vérifié le {date} – ne pas orienter", "Informations : {date} – ne pas orienter"}


def spoken() -> Iterator[str | tuple[str, ...]]:
    for part in SPOKEN:
        source = inspect.getsource(part if isinstance(part, FunctionType) else inspect.getmodule(part) or part)
        keywords = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
        for _line, message, _comments, _context in extract("python", io.BytesIO(source.encode()), keywords):
            yield message


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}", text))


MESSAGES = {message for message in spoken() if isinstance(message, str)} - NEVER_PRINTED
PLURALS = {message for message in spoken() if isinstance(message, tuple)}


def test_there_is_a_file_for_every_language_and_no_other() -> None:
    files = {file.stem for file in (resources() / "leaflets" / "languages").glob("*.json")}
    assert files == set(FOREIGN)
    assert len(LANGUAGES) == 16


def test_the_messages_of_a_sheet_are_found_in_the_code() -> None:
    assert {"Vos informations", "sauf jours fériés", "sur rendez-vous", "24 h/24", "Service"} <= MESSAGES
    assert ("{count} mois", "{count} mois") in PLURALS


@pytest.mark.parametrize("language", FOREIGN)
def test_a_catalogue_has_every_message_and_no_other(language: str) -> None:
    told = catalogue(language)
    assert told.language == language
    assert set(told.messages) == MESSAGES
    assert set(told.plurals) == {singular for singular, _plural in PLURALS}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_message_keeps_its_placeholders_and_says_something(language: str) -> None:
    told = catalogue(language)
    for message, text in told.messages.items():
        assert text.strip(), message
        assert placeholders(text) == placeholders(message), message
        assert text.strip() == text or message == ", ", message


@pytest.mark.parametrize("language", FOREIGN)
def test_a_plural_has_each_form_that_its_language_counts_by(language: str) -> None:
    wanted = {*Locale.parse(language).plural_form.tags, "other"}
    for singular, plural in PLURALS:
        forms = catalogue(language).plurals[singular]
        assert set(forms) == wanted, singular
        for category, text in forms.items():
            # «one» or «two» may be a word that needs no number beside it.
            spared = {"{count}"} if category in {"zero", "one", "two"} else set()
            assert placeholders(plural) - spared <= placeholders(text) <= placeholders(plural), text


@pytest.mark.parametrize("language", FOREIGN)
def test_nobody_has_reviewed_a_catalogue_unless_it_says_who_and_when(language: str) -> None:
    told = catalogue(language)
    assert (told.reviewed_by is None) == (told.reviewed_on is None)
    assert languages.is_reviewed(language) == (told.reviewed_by is not None)


@pytest.mark.parametrize("language", FOREIGN)
def test_every_term_that_a_sheet_prints_has_a_label(language: str) -> None:
    for file in PRINTED:
        shipped = shipped_list(file)
        for row in shipped.terms:
            term = Term(list=shipped.list, code=row.code, labels=row.labels, edited=False)
            label, lang = term_label(term, language)
            assert lang == language, (file, row.code)
            assert label.strip() == label != ""


@pytest.mark.parametrize("language", FOREIGN)
def test_every_language_is_named_by_cldr(language: str) -> None:
    for row in shipped_list("languages").terms:
        term = Term(list="language", code=row.code, labels=row.labels, edited=False)
        label, lang = term_label(term, language)
        assert lang == language or row.code not in LANGUAGES, row.code
        assert label


def test_a_catalogue_knows_no_term_that_is_not_in_the_lists() -> None:
    known = {(shipped.list, row.code) for shipped in map(shipped_list, PRINTED) for row in shipped.terms}
    for language in FOREIGN:
        terms = catalogue(language).terms
        assert {(name, code) for name, labels in terms.items() for code in labels} <= known


def test_a_term_that_an_editor_renamed_or_added_is_said_in_french() -> None:
    renamed = Term(list="document", code="photo", labels={"fr": "Deux photos"}, edited=True)
    assert term_label(renamed, "ar") == ("Deux photos", "fr")
    own = Term(list="document", code="carte-piscine", labels={"fr": "Carte piscine"}, edited=True)
    assert term_label(own, "tr") == ("Carte piscine", "fr")
    written = Term(
        list="document", code="carte-piscine", labels={"fr": "Carte piscine", "tr": "Havuz kartı"}, edited=True
    )
    assert term_label(written, "tr") == ("Havuz kartı", "tr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_cldr_has_the_days_and_months_of_every_language(language: str) -> None:
    for names in (get_day_names("wide", locale=language), get_month_names("wide", locale=language)):
        assert len(set(names.values())) == len(names)
        assert all(re.search(r"[^\W\d_]", name) for name in names.values())


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", {1: "شهر واحد", 2: "شهران", 3: "3 أشهر", 11: "11 شهرًا"}),
        ("ru", {1: "1 месяц", 3: "3 месяца", 11: "11 месяцев", 21: "21 месяц"}),
        ("uk", {1: "1 місяць", 3: "3 місяці", 5: "5 місяців"}),
        ("fr", {0: "0 mois", 1: "1 mois"}),
        ("zh", {1: "1个月", 18: "18个月"}),
    ],
)
def test_numbers_are_counted_as_the_language_counts(language: str, told: dict[int, str]) -> None:
    words = sheet_words(language)
    assert {n: words.ngettext("{count} mois", "{count} mois", n).format(count=n) for n in told} == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "chaque mercredi 14:00–16:00, en période scolaire, du 2 décembre 2026 au 30 juin 2027"),
        ("de", "jeden Mittwoch 14:00–16:00, während der Schulzeit, 2. Dezember 2026 bis 30. Juni 2027"),
        ("ru", "каждую неделю: среда 14:00–16:00, во время учебного года, 2 декабря 2026 г. – 30 июня 2027 г."),
        ("so", "toddobaad kasta: Arbaco 14:00–16:00, xilliga dugsiga, Diseembar 2, 2026 – Juun 30, 2027"),
    ],
)
def test_a_recurrence_reads_well(language: str, told: str) -> None:
    weekly = Schedule("14:00", "16:00", weekdays=(2,), school="terms", first="2026-12-02", last="2027-06-30")
    said = sessions_words.recurrence(weekly, sheet_words(language), date(2026, 11, 23))
    assert re.sub(r"[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", said) == told


def shipped_list(name: str) -> ListFile:
    return msgspec.json.decode((resources() / "vocabulary" / f"{name}.json").read_bytes(), type=ListFile)
