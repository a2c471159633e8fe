"""Is the log as it was written? The chain of its events, and the present rows they add up to."""

from typing import Any, Final

import msgspec
from sqlalchemy import LargeBinary, cast, select, text
from sqlalchemy.orm import Session

from pointinfo.database.schema import InquiryEvent
from pointinfo.inquiries.note import Event, chain_hash, columns


def broken_links(session: Session, counter: str) -> list[int]:
    """Sequence numbers of a counter where the hash chain or the numbering is broken."""
    broken = []
    previous, expected = "", 1
    written = cast(InquiryEvent.content, LargeBinary).label("written")  # a stranger may have left text there
    events = select(InquiryEvent, written).where(InquiryEvent.counter == counter).order_by(InquiryEvent.seq)
    for event, content in session.execute(events.execution_options(yield_per=1000)):
        chained = chain_hash(content, previous, f"{event.seq}", event.id, event.inquiry_id, event.action)
        if (event.seq, event.previous, event.hash) != (expected, previous, chained):
            broken.append(event.seq)
        previous, expected = event.hash, event.seq + 1
    return broken


# SQLite takes the other columns from the row that has the maximum (sqlite.org/lang_select.html#bareagg).
_LAST_EVENTS: Final = text("""
    SELECT last.inquiry_id, last.action, last.counter AS event_counter, CAST(last.content AS BLOB) AS content, inquiry.*
    FROM (SELECT inquiry_id, action, content, counter, max(seq) FROM inquiry_event GROUP BY inquiry_id) AS last
    LEFT JOIN inquiry ON inquiry.id = last.inquiry_id""")
_WITHOUT_EVENTS: Final = text("SELECT id FROM inquiry WHERE id NOT IN (SELECT inquiry_id FROM inquiry_event)")


def altered(session: Session) -> list[str]:
    """Ids of the inquiries whose row is not what their last event says, or that have only one of the two."""
    found = [
        row.inquiry_id
        for row in session.execute(_LAST_EVENTS.execution_options(yield_per=1000))
        if not _agrees(row._asdict())
    ]
    return found + list(session.scalars(_WITHOUT_EVENTS))


def _agrees(row: dict[str, Any]) -> bool:
    """Whether a row as it lies in the file says what the event beside it says; a stranger may have left anything."""
    try:
        event = msgspec.json.decode(row["content"], type=Event)
        said = columns(row["inquiry_id"], row["event_counter"], event, voided=row["action"] == "void")
        stored = {name: _value(name, row[name]) for name in said}
    except (msgspec.DecodeError, TypeError):
        return False
    return bool(stored == msgspec.json.decode(msgspec.json.encode(said)))


def _value(name: str, stored: Any) -> Any:
    if name in ("voided", "back_dated"):
        return stored == 1
    return msgspec.json.decode(stored) if name in _LISTS else stored


_LISTS: Final = {"audiences", "themes", "referrals"}
