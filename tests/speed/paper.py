"""A sheet of eight entries and a tagged directory of a thousand against WeasyPrint and typst, all PDF/UA-1.

Each sets the same words in a process of its own, the codes and indexes too: the first time, then again, and its peak
memory. Ours reads its words from the directory and prints whole cards; the others get their words ready.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pointinfo.desk import Desk
    from tests.speed.measure import Row

PART: Final = "paper"
ENTRIES: Final = {"sheet": 8, "directory": 1000}
FONTS: Final = Path(__file__).parents[2] / "resources" / "fonts"


def measure(desk: "Desk", rounds: int) -> "list[Row]":
    """Typst is the floor: the fastest typesetter there is that tags what it writes."""
    from tests.speed.measure import child, row

    rows = []
    with TemporaryDirectory() as folder:
        for what, count in ENTRIES.items():
            file = Path(folder) / f"{what}.json"
            file.write_text(json.dumps(words(desk, what, count)), encoding="utf-8")
            floor = f"floor: typst, {what} of {count}"
            for name, maker in ((floor, "typst"), (f"WeasyPrint: {what} of {count}", "weasyprint")):
                again = 1 if (what, maker) == ("directory", "weasyprint") else rounds
                rows += _rows(name, floor, child("paper", maker, what, file, again), row)
            told = child("paper", "pointinfo", what, desk.home, rounds)
            rows += _rows(f"PointInfo: {what} of {count}", floor, told, row)
    return rows


def _rows(name: str, floor: str, told: str, row: Any) -> "list[Row]":
    first, again, peak = json.loads(told)
    remark = f"peak {peak:.0f} MB; first in process {first * 1000:,.0f} ms"
    return [row(PART, name, again, "" if name == floor else floor, remark)]


def words(desk: "Desk", what: str, count: int) -> dict[str, Any]:
    """What the product prints, for others to print."""
    publication = composed(desk, count)
    groups = [
        {
            "title": " · ".join(said.text for said in group.title),
            "entries": [
                {
                    "name": entry.name.text,
                    "lines": [
                        said.text for part in (entry.summary, entry.phones, entry.where, entry.hours, entry.unknown)
                        for said in part
                    ],
                    "web": entry.web[0] if entry.web else "https://www.geneve.ch/",
                    "subjects": [said.text for said in entry.subjects],
                }
                for entry in group.entries
            ],
        }
        for group in publication.groups
    ]  # fmt: skip
    return {"title": publication.title, "groups": groups, "codes": what == "sheet"}


def composed(desk: "Desk", count: int) -> Any:
    """The first entries of the directory as a publication."""
    from pointinfo.clock import ZONE
    from pointinfo.directory.selection import Selection
    from pointinfo.leaflets.publications import Composer, Edition

    edition = Edition(desk.settings, desk.clock().astimezone(ZONE), desk.directory.calendar, "fr")
    composer = Composer(Selection(), edition, "theme")
    uids = [each.uid for each in desk.directory.rows(range(1, count + 1))]
    for start in range(0, len(uids), 250):
        composer.take(desk.directory.entries(uids[start : start + 250]))
    return composer.publication("Annuaire")


def ours(home: str, what: str) -> Any:
    """What sets a sheet or a directory, from the entries on disk on."""
    from pointinfo.desk import open_desk
    from pointinfo.leaflets import directory_booklet
    from tests.speed.town import clock

    desk = open_desk(Path(home), clock)
    uids = [each.uid for each in desk.directory.rows(range(1, ENTRIES["sheet"] + 1))]
    if what == "sheet":
        return lambda: desk.leaflets.visit_sheet(uids)
    return lambda: directory_booklet.typeset(composed(desk, ENTRIES["directory"]))


def weasyprint(told: dict[str, Any]) -> bytes:
    """The same words as HTML, with contents and indexes by its own counters."""
    from html import escape

    import segno
    import weasyprint as peer  # type: ignore[import-untyped]

    number, body, names, contents = 0, [], [], []
    subjects: dict[str, list[int]] = {}
    for place, group in enumerate(told["groups"]):
        contents.append(f'<li><a href="#g{place}">{escape(group["title"])}</a></li>')
        body.append(f'<h2 id="g{place}">{escape(group["title"])}</h2>')
        for entry in group["entries"]:
            number += 1
            names.append((entry["name"], number))
            for subject in entry["subjects"]:
                subjects.setdefault(subject, []).append(number)
            lines = "".join(f"<p>{escape(line)}</p>" for line in entry["lines"])
            code = ""
            if told["codes"]:
                uri = segno.make(entry["web"], error="m").svg_data_uri(border=4)
                code = f'<img alt="QR" style="float:right;width:28mm" src="{uri}">'
            web = f'<p><a href="{escape(entry["web"])}">{escape(entry["web"])}</a></p>'
            body.append(f'<section><h3 id="e{number}">{escape(entry["name"])}</h3>{code}{lines}{web}</section>')
    index = "".join(f'<li><a href="#e{place}">{escape(name)}</a></li>' for name, place in sorted(names))
    topics = "".join(
        f"<li>{escape(name)} " + " ".join(f'<a href="#e{place}"></a>' for place in places[:12]) + "</li>"
        for name, places in sorted(subjects.items())
    )
    size = "A4" if told["codes"] else "A5"
    faces = "".join(
        f"@font-face{{font-family:N;font-weight:{weight};src:url(file://{FONTS}/NotoSans-{name}.ttf)}}"
        for weight, name in ((400, "Regular"), (700, "Bold"))
    )
    style = (
        f"{faces}@page{{size:{size};margin:15mm 11mm;@top-left{{content:string(t);font:7pt N}}"
        "@bottom-right{content:counter(page);font:7pt N}}body{font:8.5pt/1.36 N}p{margin:0}"
        "h2{string-set:t content();bookmark-level:1}h3{bookmark-level:2}section{break-inside:avoid}"
        "nav a::after{content:' … ' target-counter(attr(href),page)}"
    )
    back = "" if told["codes"] else f"<nav><h2>Index</h2><ul>{index}</ul><h2>Index</h2><ul>{topics}</ul></nav>"
    html = (
        f'<html lang="fr"><title>{told["title"]}</title><style>{style}</style><h1>{told["title"]}</h1>'
        f"<nav><ul>{''.join(contents)}</ul></nav>{''.join(body)}{back}"
    )
    return peer.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]


def typst(told: dict[str, Any]) -> bytes:
    """The same words as typst's markup."""
    import io

    import segno
    import typst as peer

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    files: dict[str, bytes] = {}
    number, body, names = 0, [], []
    subjects: dict[str, list[int]] = {}
    for group in told["groups"]:
        body.append(f"= #{quoted(group['title'] or told['title'])}\n")
        for entry in group["entries"]:
            number += 1
            names.append((entry["name"], number))
            for subject in entry["subjects"]:
                subjects.setdefault(subject, []).append(number)
            lines = "\\ ".join(f"#{quoted(line)}" for line in entry["lines"])
            text = f"== #{quoted(entry['name'])} <e{number}>\n{lines}\\ #link({quoted(entry['web'])})"
            if told["codes"]:
                written = io.BytesIO()
                segno.make(entry["web"], error="m").save(written, kind="svg", border=4)
                files[f"q{number}.svg"] = written.getvalue()
                text = f'#grid(columns:(1fr,28mm),[{text}],image("q{number}.svg",width:28mm,alt:"QR"))'
            body.append(f"#block(breakable:false)[{text}]\n")
    index = [f"#link(<e{place}>)[#{quoted(name)} … #page(<e{place}>)]\\ " for name, place in sorted(names)]
    index += [
        f"#{quoted(name)} " + " ".join(f"#page(<e{place}>)" for place in places[:12]) + "\\ "
        for name, places in sorted(subjects.items())
    ]
    head = (
        f'#set document(title:{quoted(told["title"])})\n#set page(paper:"{"a4" if told["codes"] else "a5"}",'
        "margin:(x:11mm,y:15mm),numbering:\"1\")\n#set text(font:\"Noto Sans\",size:8.5pt,lang:\"fr\")\n"
        "#let page(l)=context counter(page).at(l).first()\n#outline(depth:1)\n"
    )  # fmt: skip
    head = head.replace("#let page(l)", "#let pageof(l)")
    source = (
        head + "".join(body) + ("" if told["codes"] else "= Index\n" + "".join(index).replace("#page(", "#pageof("))
    )
    files["main.typ"] = source.encode()
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        main = Path(folder) / "main.typ"
        made = peer.compile(main, font_paths=[FONTS], ignore_system_fonts=True, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


def timed_child(maker: str, what: str, source: str, rounds: int) -> str:
    """The first time, the others and the peak in MB, as JSON; in a process that does nothing else."""
    import resource
    from time import perf_counter

    from tests.speed.measure import timed

    before = perf_counter()
    if maker == "pointinfo":
        work = ours(source, what)
        before = perf_counter()
    else:
        told = json.loads(Path(source).read_text(encoding="utf-8"))
        peer = typst if maker == "typst" else weasyprint
        work = lambda: peer(told)  # noqa: E731 -- what is timed, for each maker
    work()
    first = perf_counter() - before
    again = [first] if rounds < 2 else [timed(work) for _round in range(rounds)]
    return json.dumps([first, again, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024])
