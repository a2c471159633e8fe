"""The lists, edited: words are found at once, codes stay for good, what is retired still reads and still counts."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, text

from pointinfo import paths
from pointinfo.database.schema import Meta, Term
from pointinfo.desk import Desk
from pointinfo.directory import Query, TermDetail, vocabulary
from pointinfo.directory.vocabularies import LISTS, list_words, shared_words
from pointinfo.errors import InputError
from pointinfo.inquiries import Note, Period
from tests.conftest import Clock


def by_code(desk: Desk, name: str, code: str) -> TermDetail:
    return next(term for term in desk.vocabularies.terms(name) if term.code == code)


def change(desk: Desk, name: str, code: str, **columns: object) -> tuple[TermDetail, ...]:
    """Save a list in which one term differs."""
    return desk.vocabularies.save(
        name,
        [
            msgspec.structs.replace(term, **columns) if term.code == code else term
            for term in desk.vocabularies.terms(name)
        ],
    )


def found(desk: Desk, words: str) -> set[int]:
    return {hit.id for hit in desk.directory.search(Query(words)).hits}


def test_every_shipped_list_can_be_edited_and_has_a_name(desk: Desk) -> None:
    assert len(LISTS) == len(vocabulary.FILES)
    for name in LISTS:
        assert desk.vocabularies.terms(name)
        assert list_words(name, desk.words)


def test_a_new_label_and_a_new_synonym_are_found_at_once_and_the_old_ones_no_more(desk: Desk) -> None:
    code = next(term.code for term in desk.vocabularies.terms("topic") if 0 < term.entries < 20)
    term = by_code(desk, "topic", code)
    assert not found(desk, "xylotruc")
    change(desk, "topic", code, labels={**term.labels, "fr": "Xylotruc"}, synonyms=("bricoltruc",))
    assert len(found(desk, "xylotruc")) == len(found(desk, "bricoltruc")) == term.entries
    change(desk, "topic", code, labels=term.labels, synonyms=term.synonyms)
    assert not found(desk, "xylotruc")
    assert desk.directory.unindexed() == 0


def test_an_added_term_gets_a_code_from_its_french_label_that_nothing_ever_had(desk: Desk) -> None:
    terms = desk.vocabularies.terms("fee")
    saved = desk.vocabularies.save(
        "fee",
        [
            TermDetail(labels={"fr": "Chèque-cadeau d’été", "en": "Summer voucher"}, synonyms=(" bon d’été ", "")),
            *terms,
            TermDetail(labels={"fr": "Gratuit !"}),
            TermDetail(labels={"fr": "…"}),
        ],
    )
    assert [saved[0].code, saved[-2].code, saved[-1].code] == ["cheque-cadeau-d-ete", "gratuit-2", "mot"]
    assert saved[0].synonyms == ("bon d’été",)
    assert desk.directory.terms("fee")[0].label == "Chèque-cadeau d’été"
    retired = change(desk, "fee", "gratuit-2", retired=True)
    again = desk.vocabularies.save("fee", [*retired, TermDetail(labels={"fr": "Gratuit !"})])
    assert again[-1].code == "gratuit-3"


def test_a_new_term_that_is_there_already_but_for_its_accents_is_refused(desk: Desk) -> None:
    before = desk.vocabularies.terms("topic")
    with pytest.raises(InputError, match="«Impôts» est déjà dans la liste"):
        desk.vocabularies.save("topic", [*before, TermDetail(labels={"fr": "impots"})])
    assert desk.vocabularies.terms("topic") == before


def test_moving_a_term_changes_the_order_and_nothing_else(desk: Desk) -> None:
    terms = desk.vocabularies.terms("theme")
    saved = desk.vocabularies.save("theme", [terms[-1], *terms[:-1]])
    assert saved == (terms[-1], *terms[:-1]), "no term counts as edited"
    assert desk.directory.terms("theme")[0].code == terms[-1].code


def test_no_term_is_ever_left_out_or_given_twice(desk: Desk) -> None:
    terms = desk.vocabularies.terms("fee")
    for wrong in (terms[1:], [*terms, terms[0]], [*terms[1:], msgspec.structs.replace(terms[0], code="autre")]):
        with pytest.raises(InputError, match="changé entre-temps"):
            desk.vocabularies.save("fee", wrong)
    assert desk.vocabularies.terms("fee") == terms


def test_a_retired_term_is_offered_no_more_and_still_reads_well(desk: Desk) -> None:
    term = next(term for term in desk.vocabularies.terms("language") if term.entries)
    assert term.code in {row.code for row in desk.directory.used_terms("language")}
    change(desk, "language", term.code, retired=True)
    assert term.code not in {row.code for row in desk.directory.terms("language")}
    assert term.code not in {row.code for row in desk.directory.used_terms("language")}
    assert term.code in {row.code for row in desk.directory.terms("language", retired=True)}
    assert found(desk, term.label), "entries that carry it are still found by its name"
    change(desk, "language", term.code, retired=False)
    assert term.code in {row.code for row in desk.directory.terms("language")}


@pytest.mark.parametrize(
    ("retired", "sentence"),
    [
        ({"enfance": "enfance"}, "se remplacerait lui-même"),
        ({"enfance": "jeunesse", "jeunesse": "aines", "aines": "enfance"}, "se remplacerait lui-même"),
        ({"enfance": "nowhere"}, "de la même liste"),
        ({"population": "enfance"}, "exclut les autres publics"),
    ],
)
def test_a_replacement_that_leads_nowhere_is_refused(desk: Desk, retired: dict[str, str], sentence: str) -> None:
    terms = desk.vocabularies.terms("audience")
    wanted = [
        msgspec.structs.replace(term, retired=term.code in retired, replaced_by=retired.get(term.code, ""))
        for term in terms
    ]
    with pytest.raises(InputError, match=sentence):
        desk.vocabularies.save("audience", wanted)
    assert desk.vocabularies.terms("audience") == terms


def test_a_term_still_offered_has_no_replacement_and_every_term_a_french_label(desk: Desk) -> None:
    with pytest.raises(InputError, match="choisissez un remplaçant"):
        change(desk, "fee", "gratuit", replaced_by=desk.vocabularies.terms("fee")[1].code)
    with pytest.raises(InputError, match="n° 1 n’a pas de nom français"):
        change(desk, "fee", "gratuit", labels={"fr": "  ", "en": "Free"})
    with pytest.raises(InputError, match="rangé sous un mot"):
        change(desk, "topic", desk.vocabularies.terms("topic")[0].code, parent="nowhere")


def test_a_chain_of_replacements_counts_under_its_end_and_an_inquiry_only_once(desk: Desk, clock: Clock) -> None:
    for audiences in [("enfance",)] * 6 + [("jeunesse",)] * 7 + [("enfance", "jeunesse")] * 5 + [("aines",)] * 9:
        desk.inquiries.add(Note(audiences=audiences))
    today = desk.inquiries.today()
    period = Period(date(today.year, 1, 1), date(today.year, 12, 31))

    def counts() -> dict[str, int | None]:
        breakdown = desk.statistics.report(period).breakdown("audience")
        assert breakdown is not None
        return {cell.label: cell.inquiries for cell in breakdown.cells if cell.inquiries != 0}

    assert counts() == {"Enfance": 11, "Jeunesse": 12, "Aîné-e-s": 9}
    change(desk, "audience", "enfance", retired=True, replaced_by="jeunesse")
    assert counts() == {"Jeunesse": 18, "Aîné-e-s": 9}
    change(desk, "audience", "jeunesse", retired=True, replaced_by="aines")
    assert counts() == {"Aîné-e-s": 27}
    change(desk, "audience", "jeunesse", retired=True, replaced_by="")
    assert counts() == {"Jeunesse": 18, "Aîné-e-s": 9}, "without a replacement it stays in the table, by name"


def test_a_word_of_a_retired_term_leads_an_import_to_its_replacement(desk: Desk) -> None:
    topics = [term for term in desk.vocabularies.terms("topic") if term.synonyms]
    old, new = topics[0], topics[1]
    change(desk, "topic", old.code, retired=True, replaced_by=new.code)
    with desk.database.read() as session:
        resolver = vocabulary.Resolver(session)
        assert resolver.code("topic", old.label) == new.code
        assert resolver.code("topic", new.label) == new.code


def test_what_was_edited_here_stays_when_a_newer_list_is_shipped(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(desk, "fee", "gratuit", labels={"fr": "Sans rien payer"})
    terms = desk.vocabularies.terms("fee")
    desk.vocabularies.save("fee", terms[::-1])
    untouched = terms[1]
    for file in (paths.resources() / "vocabulary").iterdir():
        target = tmp_path / "vocabulary" / file.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(file.read_bytes())
    newer = tmp_path / "vocabulary" / "fees.json"
    shipped = msgspec.json.decode(newer.read_bytes(), type=vocabulary.ListFile)
    shipped.version += 1
    for term in shipped.terms:
        term.labels["fr"] = f"{term.labels['fr']} (livré)"
    added = vocabulary.TermFile("bon", {"fr": "Avec un bon"})
    newer.write_bytes(msgspec.json.encode(vocabulary.ListFile("fee", shipped.version, (added, *shipped.terms))))
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with desk.database.write() as session:
        vocabulary.bring_up_to_date(session)
    after = desk.vocabularies.terms("fee")
    assert [term.code for term in after] == [*(term.code for term in terms[::-1]), "bon"]
    labels = {term.code: term.label for term in after}
    assert labels["gratuit"] == "Sans rien payer"
    assert labels[untouched.code] == f"{untouched.label} (livré)"


def test_a_list_nobody_reordered_takes_the_shipped_order(desk: Desk) -> None:
    change(desk, "fee", "gratuit", labels={"fr": "Sans rien payer"})
    with desk.database.read() as session:
        assert session.get(Meta, vocabulary.order_key("fee")) is None
        assert session.scalar(select(Term.edited).where(Term.list == "fee", Term.code == "gratuit"))


def test_words_that_two_terms_share_are_told_of_those_still_offered() -> None:
    terms = [
        TermDetail(code="a", labels={"fr": "Crèche"}, synonyms=("garde",)),
        TermDetail(code="b", labels={"fr": "Nounou"}, synonyms=("Garde", "creche")),
        TermDetail(code="c", labels={"fr": "Garde"}, retired=True),
    ]
    assert shared_words(terms) == {
        0: (("Crèche", "Nounou"), ("garde", "Nounou")),
        1: (("Garde", "Crèche"), ("creche", "Crèche")),
    }


def test_the_index_is_in_step_before_the_save_is_over(desk: Desk) -> None:
    change(desk, "fee", "gratuit", labels={"fr": "Sans rien payer"})
    with desk.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM entry_dirty")) == 0
