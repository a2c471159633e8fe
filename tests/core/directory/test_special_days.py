"""School holidays and the town's own closed days, kept as plain lines."""

from datetime import date

import pytest

from pointinfo.directory.hours.special_days import days_of_lines, days_text, periods_of, periods_text
from pointinfo.errors import InputError
from pointinfo.i18n import words

FRENCH = words("fr")
ENGLISH = words("en")
AUTUMN = (date(2026, 10, 19), date(2026, 10, 23))
WINTER = (date(2026, 12, 24), date(2027, 1, 8))


def test_periods_come_in_order_whatever_the_order_of_the_lines() -> None:
    lines = "24 décembre 2026 - 8 janvier 2027\n\n  du 19.10.2026 au 23.10.2026\n"
    assert periods_of(lines, FRENCH) == (AUTUMN, WINTER)
    assert periods_of("", FRENCH) == ()


@pytest.mark.parametrize("speaks", ["fr", "en"])
def test_what_is_shown_reads_back(speaks: str) -> None:
    periods = (AUTUMN, WINTER, (date(2027, 5, 1), date(2027, 5, 1)))
    assert periods_of(periods_text(periods, words(speaks)), words(speaks)) == periods
    days = (date(2026, 12, 24), date(2027, 1, 2))
    assert days_of_lines(days_text(days, words(speaks)), words(speaks)) == days


def test_a_closed_week_is_all_its_days() -> None:
    assert days_of_lines("24-26.12.2026\n24.12.2026", FRENCH) == tuple(date(2026, 12, day) for day in (24, 25, 26))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("19.10-23.10", "« 19.10-23.10 » : il manque l’année."),
        ("19.10.2026\nbientôt", "« bientôt » n’est pas une date."),
        ("23.10.2026-19.10.2026", "« 23.10.2026-19.10.2026 » finit avant de commencer."),
        ("19.10.2026-23.10.2027", "dure plus de quatre mois"),
        ("19.10.2026-23.10.2026\n23.10.2026-30.10.2026", "« 23 octobre 2026–30 octobre 2026 » chevauche"),
    ],
)
def test_the_line_that_cannot_be_is_shown(lines: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        periods_of(lines, FRENCH)
    assert said in str(caught.value)
