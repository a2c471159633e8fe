"""Words in the reader's language."""

import pytest

from pointinfo import i18n


def test_french_is_what_stands_in_the_code() -> None:
    words = i18n.words("fr")
    assert words.language == "fr"
    assert words.gettext("Ouvert") == "Ouvert"


@pytest.mark.parametrize(
    ("written", "set_in_type"),
    [
        ("Imprimé : oui", "Imprimé\u00a0: oui"),
        ("rien ; rien", "rien\u202f; rien"),
        ("férié ?", "férié\u202f?"),
        ("Attention !", "Attention\u202f!"),
        ("« mot »", "«\u00a0mot\u00a0»"),
        ("{share} %", "{share}\u00a0%"),
        ("«mot» à 8:30, https://a.ch?b", "«mot» à 8:30, https://a.ch?b"),
    ],
)
def test_on_screen_and_paper_no_line_begins_with_a_sign(written: str, set_in_type: str) -> None:
    words = i18n.typeset_words("fr")
    assert words.gettext(written) == words.ngettext(written, written, 2) == set_in_type
    assert len(set_in_type) == len(written)


@pytest.mark.parametrize(
    ("typed", "set_in_type"),
    [
        ("BIPE - Bureau d'information", "BIPE – Bureau d’information"),
        ("40'000 CHF ; dès 3 ans", "40’000 CHF\u202f; dès 3 ans"),
        ("rendez-vous 'ouvert'", "rendez-vous 'ouvert'"),
        ("ma 8:30-12:00", "ma 8:30-12:00"),
    ],
)
def test_what_editors_typed_is_set_letter_for_letter(typed: str, set_in_type: str) -> None:
    assert i18n.typeset(typed) == set_in_type
    assert len(set_in_type) == len(typed)


def test_terminals_get_french_as_it_is_typed_and_other_languages_have_their_own_spaces() -> None:
    assert i18n.words("fr").gettext("Fiche écrite : {file}") == "Fiche écrite : {file}"
    assert i18n.typeset_words("en").language == "en"


@pytest.mark.parametrize(("count", "said"), [(0, "fiche"), (1, "fiche"), (2, "fiches"), (-1, "fiche")])
def test_french_counts_zero_as_singular(count: int, said: str) -> None:
    assert i18n.words("fr").ngettext("fiche", "fiches", count) == said


def test_a_language_without_a_catalogue_is_french() -> None:
    assert i18n.words("tlh").language == "fr"


def test_what_a_catalogue_does_not_know_stays_french() -> None:
    assert i18n.words("en").gettext("phrase que personne n’a traduite") == "phrase que personne n’a traduite"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "fr_CH.UTF-8"}, "fr"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "fr_CH.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_US", "LANG": "fr_CH.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "tlh_KL.UTF-8"}, "fr"),
        ({"LC_ALL": "C"}, "fr"),
        ({"LC_ALL": "", "LANG": "en_GB.UTF-8"}, "en"),
    ],
)
def test_the_system_says_which_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.system_language() == language
