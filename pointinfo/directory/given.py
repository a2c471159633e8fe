"""How often an entry was given to visitors lately: what many ask for is asked about first, and offered first."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

DAYS: Final = 30
"""The days behind «donnée 4 fois ce mois»."""

_GIVEN: Final = text(
    """SELECT json_extract(referral.value, '$.entry'), count(*) FROM inquiry, json_each(inquiry.referrals) AS referral
    WHERE inquiry.day >= :since AND NOT inquiry.voided AND inquiry.referrals <> '[]' GROUP BY 1"""
)


def given(session: Session, today: date) -> dict[str, int]:
    """In how many inquiries of the last `DAYS` an entry was given out, by uid; those that were not are left out."""
    since = (today - timedelta(days=DAYS)).isoformat()
    return {uid: count for uid, count in session.execute(_GIVEN, {"since": since}) if uid}
