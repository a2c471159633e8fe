"""Web addresses are asked over a real connection, to a server on this computer."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pointinfo.database.schema import Contact
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, web_links
from pointinfo.directory.web_links import Answer
from pointinfo.errors import InputError


class Site(BaseHTTPRequestHandler):
    """A small site: pages that are there, gone, moved, shy of HEAD, or lead to a file."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self._reply("HEAD")

    def do_GET(self) -> None:
        self._reply("GET")

    def _reply(self, method: str) -> None:
        path = self.path.split("?")[0]
        self.server.asked.append(f"{method} {path}")  # type: ignore[attr-defined]
        status = {"/": 200, "/partie": 404, "/panne": 500, "/demenage": 301, "/fichier": 302}.get(path, 200)
        if path == "/timide" and method == "HEAD":
            status = 405
        self.send_response(status)
        if path == "/demenage":
            self.send_header("Location", "/")
        if path == "/fichier":
            self.send_header("Location", "file:///etc/hostname")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the library's
        """Say nothing on the terminal."""


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """The address of a running site and what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    asked: list[str] = []
    server.asked = asked  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def entry(uid: str, *addresses: str, **more: object) -> EntryRecord:
    contacts = tuple(Contact("web", address) for address in addresses)
    return EntryRecord(uid=uid, kind="service", name=f"Accueil {uid}", contacts=contacts, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "status", "works"),
    [
        ("/", 200, True),
        ("/accès?q=été&p=1#haut", 200, True),
        ("/demenage", 200, True),
        ("/timide", 200, True),
        ("/partie", 404, False),
        ("/panne", 500, False),
    ],
)
def test_an_address_is_asked_as_a_visitor_would_find_it(
    site: tuple[str, list[str]], path: str, status: int, works: bool
) -> None:
    answer = web_links.ask(site[0] + path)
    assert answer == Answer(status)
    assert answer.works is works


def test_a_page_is_asked_for_its_head_and_whole_only_where_that_is_refused(site: tuple[str, list[str]]) -> None:
    address, asked = site
    web_links.ask(f"{address}/")
    web_links.ask(f"{address}/timide")
    assert asked == ["HEAD /", "HEAD /timide", "GET /timide"]


def test_nothing_but_the_web_is_ever_asked(site: tuple[str, list[str]]) -> None:
    assert web_links.ask("file:///etc/hostname") == Answer(0, "address")
    assert web_links.ask("ftp://127.0.0.1/x") == Answer(0, "address")
    assert web_links.ask("https://") == Answer(0, "address")
    assert web_links.ask("https://" + "é" * 80 + ".ch") == Answer(0, "address")
    assert not web_links.ask(f"{site[0]}/fichier").works


@pytest.mark.parametrize("address", ["http://[::1", "https://exa[mple.ch", "http://"])
def test_what_is_no_address_is_told_and_breaks_nothing(address: str) -> None:
    assert web_links.ask(address) == Answer(0, "address")


def test_a_site_that_is_not_there_is_said_calmly(site: tuple[str, list[str]], own: Desk) -> None:
    gone = web_links.ask("http://127.0.0.1:1/")  # nobody listens there
    assert gone == Answer(0, "network")
    assert web_links.answer_words(gone, own.words) == "le site ne répond pas"
    assert web_links.answer_words(Answer(404), own.words) == "la page n’existe plus (404)"
    assert web_links.answer_words(Answer(0, "timeout"), own.words) == "aucune réponse en 5 secondes"


def test_dead_links_are_told_with_the_entries_that_give_them(site: tuple[str, list[str]], own: Desk) -> None:
    address, asked = site
    own.directory.load(
        [
            entry("un", f"{address}/", f"{address}/partie"),
            entry("deux", f"{address}/partie"),
            entry("fermee", f"{address}/panne", status="closed"),
        ]
    )
    said = own.web_links.check_links()
    assert said == {f"{address}/": Answer(200), f"{address}/partie": Answer(404)}
    [dead] = own.web_links.dead()
    assert (dead.address, dead.answer) == (f"{address}/partie", Answer(404))
    assert [uid for uid, _name in dead.entries] == ["un", "deux"]
    assert dead.at == own.clock()
    assert "HEAD /panne" not in asked


def test_only_the_entries_asked_for_are_checked_and_the_longest_unasked_first(own: Desk) -> None:
    own.directory.load([entry("un", "https://a.ch"), entry("deux", "https://b.ch"), entry("trois")])
    asked: list[str] = []

    def fetch(address: str) -> Answer:
        asked.append(address)
        return Answer(200)

    own.web_links.check_links(["un"], fetch)
    assert asked == ["https://a.ch"]
    assert own.web_links.addresses() == ["https://b.ch", "https://a.ch"]
    assert own.web_links.addresses([]) == []


def test_a_link_that_was_mended_is_dead_no_more(own: Desk) -> None:
    own.directory.load([entry("un", "https://a.ch")])
    own.web_links.check_links(fetch=lambda _address: Answer(404))
    assert len(own.web_links.dead()) == 1
    own.web_links.check_links(fetch=lambda _address: Answer(200))
    assert own.web_links.dead() == []


def test_a_site_that_says_nothing_is_dead_while_others_answer(own: Desk) -> None:
    own.directory.load([entry("un", "https://a.ch", "https://b.ch", "https://c.ch")])
    own.web_links.check_links(fetch=lambda address: Answer(0, "network") if "b." in address else Answer(200))
    assert [dead.address for dead in own.web_links.dead()] == ["https://b.ch"]


def test_offline_nothing_is_held_against_any_site(own: Desk) -> None:
    own.directory.load([entry("un", *(f"https://{letter}.ch" for letter in "abcdefgh"))])
    asked: list[str] = []

    def offline(address: str) -> Answer:
        asked.append(address)
        return Answer(0, "network")

    with pytest.raises(InputError, match=r"pas en ligne\. Rien n’est retenu"):
        own.web_links.check_links(fetch=offline)
    assert len(asked) == web_links.SILENT
    assert own.web_links.dead() == []
    own.web_links.check_links(fetch=lambda _address: Answer(200))
    with pytest.raises(InputError, match="pas en ligne"):
        own.web_links.check_links(fetch=offline)
    assert own.web_links.dead() == []


def test_a_connection_that_breaks_on_the_way_keeps_what_was_answered(own: Desk) -> None:
    own.directory.load([entry("un", *(f"https://{letter}.ch" for letter in "abcdefgh"))])
    answers = iter([Answer(404)])
    with pytest.raises(InputError, match="pas en ligne"):
        own.web_links.check_links(fetch=lambda _address: next(answers, Answer(0, "timeout")))
    assert [dead.address for dead in own.web_links.dead()] == ["https://a.ch"]


def test_many_sites_that_are_gone_at_once_are_dead_when_one_that_worked_still_does(own: Desk) -> None:
    own.directory.load([entry("un", *(f"https://{letter}.ch" for letter in "abcdefgh"))])
    own.web_links.check_links(fetch=lambda _address: Answer(200))
    own.web_links.check_links(fetch=lambda address: Answer(200) if "a." in address else Answer(0, "network"))
    assert len(own.web_links.dead()) == 7
