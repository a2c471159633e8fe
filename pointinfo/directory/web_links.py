"""Web addresses that lead nowhere: asked one by one, only when somebody wishes it and this computer is online."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

import msgspec
from sqlalchemy import select

from pointinfo import __version__
from pointinfo.clock import Clock
from pointinfo.database import Database
from pointinfo.database.schema import Contact, Entry, LinkCheck
from pointinfo.errors import InputError
from pointinfo.i18n import Words

TIMEOUT_S: Final = 5
SILENT: Final = 5
"""So many sites in a row that say nothing at all, and it is asked whether anything does."""
_HEAD_REFUSED: Final = frozenset({400, 403, 404, 405, 501})
"""Some sites answer these to a HEAD and show the page to a GET."""

_contacts: Final = msgspec.json.Decoder(tuple[Contact, ...])


class Answer(NamedTuple):
    """What an address said: `status` is HTTP's, 0 where nothing answered; `said` the reason then."""

    status: int
    said: str = ""

    @property
    def works(self) -> bool:
        """Whether a visitor would see a page there. A page behind a password is there."""
        return 200 <= self.status < 300 or self.status in (401, 403, 429)


class DeadLink(NamedTuple):
    """An address that leads nowhere, when it was asked, and the entries (uid, name) that give it."""

    address: str
    answer: Answer
    at: datetime
    entries: tuple[tuple[str, str], ...]


class WebLinks:
    """The web addresses of one counter's directory."""

    def __init__(self, database: Database, clock: Clock, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._words = words

    def addresses(self, uids: Sequence[str] | None = None) -> list[str]:
        """The different addresses of these entries, else of all that are not closed, those asked longest ago first."""
        with self._database.read() as session:
            given = select(Entry.contacts).where(Entry.status != "closed", Entry.contacts.is_not(()))
            if uids is not None:
                given = given.where(Entry.uid.in_(uids))
            found = dict.fromkeys(
                contact.value
                for contacts in session.scalars(given)
                for contact in contacts
                if contact.kind == "web" and contact.value
            )
            asked = {row.url: row.at for row in session.execute(select(LinkCheck.url, LinkCheck.at))}
        return sorted(found, key=lambda address: asked.get(address, ""))

    def round(self, fetch: Callable[[str], Answer] | None = None) -> "Round":
        """Begin to go through addresses; `fetch` asks one, over the network if nothing else is said."""
        with self._database.read() as session:
            worked = (
                select(LinkCheck.url)
                .where(LinkCheck.status.between(200, 299))
                .order_by(LinkCheck.at.desc(), LinkCheck.url)
            )
            return Round(self._keep, fetch or ask, session.scalar(worked.limit(1)) or "", self._words)

    def check_links(
        self, uids: Sequence[str] | None = None, fetch: Callable[[str], Answer] | None = None
    ) -> dict[str, Answer]:
        """Ask every address of these entries, one after the other. Raises `InputError` when nothing answers at all."""
        asked = self.round(fetch)
        answers = {address: asked.ask(address) for address in self.addresses(uids)}
        asked.end()
        return answers

    def dead(self) -> list[DeadLink]:
        """What led nowhere when it was last asked and is still given by an entry."""
        with self._database.read() as session:
            checks = {row.url: row for row in session.scalars(select(LinkCheck))}
            bad = {url: row for url, row in checks.items() if not Answer(row.status).works}
            if not bad:
                return []
            entries = session.execute(select(Entry.uid, Entry.name, Entry.contacts).where(Entry.status != "closed"))
            given: dict[str, list[tuple[str, str]]] = {}
            for uid, name, contacts in entries:
                for contact in contacts:
                    if contact.kind == "web" and contact.value in bad:
                        given.setdefault(contact.value, []).append((uid, name))
            return [
                DeadLink(
                    url,
                    Answer(bad[url].status, bad[url].said),
                    datetime.fromisoformat(bad[url].at),
                    tuple(dict.fromkeys(parties)),
                )
                for url, parties in sorted(given.items())
            ]

    def _keep(self, answers: Mapping[str, Answer]) -> None:
        at = self._clock().astimezone(UTC).isoformat(timespec="seconds")
        with self._database.write() as session:
            for address, answer in answers.items():
                session.merge(LinkCheck(url=address, at=at, status=answer.status, said=answer.said))


class Round:
    """One go through the addresses. A site that says nothing is dead only while others answer: else we are offline."""

    def __init__(
        self, keep: Callable[[Mapping[str, Answer]], None], fetch: Callable[[str], Answer], worked: str, words: Words
    ) -> None:
        self._keep = keep
        self._fetch = fetch
        self._worked = worked
        self._words = words
        self._silent: dict[str, Answer] = {}

    def ask(self, address: str) -> Answer:
        """Ask one address and keep what it said; takes as long as the network, and holds nothing meanwhile.

        Raises `InputError`, and what said nothing is not kept, when several in a row say nothing and so does a site
        that worked before.
        """
        answer = self._fetch(address)
        if not answer.status and answer.said != "address":
            self._silent[address] = answer
            if len(self._silent) >= SILENT:
                self._settle()
            return answer
        if answer.status:
            self._worked = address
            self._keep({**self._silent, address: answer})
            self._silent.clear()
        else:
            self._keep({address: answer})
        return answer

    def end(self) -> None:
        """Decide on what said nothing last. Raises `InputError` like `ask`."""
        if self._silent:
            self._settle()

    def _settle(self) -> None:
        silent, self._silent = self._silent, {}
        if self._worked and self._fetch(self._worked).status:
            self._keep(silent)
            return
        _ = self._words.gettext
        raise InputError(
            _(
                "Aucun site ne répond : ce poste n’est sans doute pas en ligne. Rien n’est retenu contre ces adresses. "
                "Recommencez quand il l’est."
            )
        )


def answer_words(answer: Answer, words: Words) -> str:
    """What an answer means to whoever keeps the directory."""
    _ = words.gettext
    if answer.status in (404, 410):
        return _("la page n’existe plus ({status})").format(status=answer.status)
    if answer.status:
        return _("le site répond par une erreur ({status})").format(status=answer.status)
    return {
        "address": _("ce n’est pas une adresse internet"),
        "timeout": _("aucune réponse en {seconds} secondes").format(seconds=TIMEOUT_S),
    }.get(answer.said, _("le site ne répond pas"))


def ask(address: str) -> Answer:
    """What the web says to an address, redirects followed. Only http and https are ever asked, 5 s for each answer."""
    url = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Answer(0, "address")
        url = parts._replace(
            netloc=parts.netloc.encode("idna").decode(),
            path=quote(parts.path, safe="/%:@!$&'()*+,;=~"),
            query=quote(parts.query, safe="/?%:@!$&'()*+,;=~"),
            fragment="",
        ).geturl()
    except ValueError:  # UnicodeError among them; «http://[::1» is one too
        return Answer(0, "address")
    answer = _asked(url, "HEAD")
    return _asked(url, "GET") if answer.status in _HEAD_REFUSED else answer


def _asked(url: str, method: str) -> Answer:
    request = urllib.request.Request(url, method=method, headers={"User-Agent": f"PointInfo/{__version__}"})  # noqa: S310
    try:
        with _opener().open(request, timeout=TIMEOUT_S) as response:
            return Answer(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(error.code)
    except TimeoutError:
        return Answer(0, "timeout")
    except urllib.error.URLError as error:
        return Answer(0, "timeout" if isinstance(error.reason, TimeoutError) else "network")
    except (OSError, HTTPException, ValueError):
        return Answer(0, "network")


def _opener() -> urllib.request.OpenerDirector:
    """Speaks http and https only, so that a redirect to a file or a share leads nowhere."""
    opener = urllib.request.OpenerDirector()
    handlers: Iterable[urllib.request.BaseHandler] = (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    )
    for handler in handlers:
        opener.add_handler(handler)
    return opener
