"""Damaged and hostile files for every reader of a standard: `python -m tests.fuzz_standards N [SEED]`.

Each input is a good file with something done to it. A reader may refuse it in a sentence, or read it with remarks;
anything else it raises is a bug.
"""

import io
import json
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from pointinfo.directory.exchange import data_inclusion, hsds, mednum, ohana
from pointinfo.directory.exchange.incoming import Reader
from pointinfo.directory.exchange.told_hours import is_readable
from pointinfo.directory.record import flat, whole
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import Words, words
from tests.measure_exchange import shipped_resolver

UUID: Final = "ac148810-d857-441c-9679-408f346de14b"
MEDNUM: Final[list[dict[str, Any]]] = [
    {
        "nom": "Espace <b>numérique</b>",
        "ridet": None,
        "commune": "Nouméa",
        "geolocalisation": {"lon": 166.4, "lat": -22.2},
        "telephone": "+687445728",
        "horaires_lundi": "07:30-11:30, 12:15-16:00",
        "horaires_samedi": "08:00-11:30 (les premiers samedis de chaque mois)",
        "services": "Accompagnement individuel,\nAteliers collectif ou formations",
        "conditions_acces": "Gratuit",
    }
]
INCLUSION: Final[dict[str, list[dict[str, Any]]]] = {
    "structures": [{"source": "dora", "id": "1", "nom": "Mairie", "date_maj": "2026-01-01", "telephone": "0123456789"}],
    "services": [
        {
            "source": "dora",
            "id": "2",
            "structure_id": "1",
            "nom": "Atelier",
            "description": "Apprendre **ensemble**.",
            "date_maj": "2026-01-01",
            "thematiques": ["numerique--acquerir-un-equipement"],
            "publics": ["seniors"],
            "horaires_accueil": "Mo-Fr 09:00-12:00",
            "latitude": 46.2,
            "longitude": 6.1,
            "nombre_semaines": 3,
        }
    ],
}
HSDS: Final[dict[str, list[dict[str, Any]]]] = {
    "organizations": [
        {"id": UUID, "name": "Org", "description": "…", "phones": [{"id": "p", "number": "022 418 47 00"}]}
    ],
    "services": [
        {
            "id": "s1",
            "name": "Service",
            "status": "active",
            "organization": {"id": UUID, "name": "Org", "description": "…"},
            "minimum_age": 12,
            "schedules": [
                {"id": "x", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "08:00", "closes_at": "12:00"},
                {"id": "y", "freq": "MONTHLY", "byday": "-1SA", "opens_at": "08:00", "closes_at": "12:00"},
            ],
            "service_at_locations": [
                {
                    "id": "a",
                    "location": {
                        "id": "l",
                        "name": "Maison",
                        "latitude": 46.2,
                        "longitude": 6.1,
                        "addresses": [{"id": "b", "address_1": "Rue 1", "city": "Genève", "country": "CH"}],
                    },
                }
            ],
            "cost_options": [{"id": "c", "amount": 10, "currency": "CHF"}],
            "attributes": [
                {
                    "id": "t",
                    "value": '"Mo 08:00-09:00"',
                    "taxonomy_term": {"id": "u", "code": "field:hours", "name": "hours", "taxonomy": "pointinfo:field"},
                }
            ],
        }
    ],
}
TABLES: Final = {
    "organizations.csv": f"id,name,description\n{UUID},Org,Texte\n",
    "services.csv": f"id,organization_id,name,status\ns1,{UUID},Service,active\n",
    "locations.csv": "id,location_type,name,latitude,longitude\nl,physical,Maison,46.2,6.1\n",
    "service_at_location.csv": "id,service_id,location_id\na,s1,l\n",
    "schedules.csv": 'id,service_id,freq,byday,opens_at,closes_at\nx,s1,WEEKLY,"MO,TU",08:00,12:00\n',
    "phones.csv": "id,service_id,number,extension\np,s1,022 418 47 00,12\n",
    "attributes.csv": "id,link_id,taxonomy_term_id,link_entity,value\nt,s1,u,service,x\n",
    "taxonomy_terms.csv": "id,code,name,description,taxonomy\nu,food,Food,Food,other\n",
}
OLD_TABLES: Final = {
    "organizations.csv": "id,name,description\n1,Org,Texte\n",
    "locations.csv": 'id,organization_id,name,accessibility,languages\n1,1,Centre,"ramp, wheelchair",Spanish\n',
    "services.csv": 'id,location_id,name,fees,keywords,taxonomy_ids,status\n1,1,Repas,None.,"Food, Work",101,active\n',
    "regular_schedules.csv": "id,location_id,service_id,weekday,opens_at,closes_at\n1,1,,Monday,9am,3pm\n",
    "holiday_schedules.csv": 'id,location_id,start_date,end_date,closed\n1,1,"May 01, 0001",05/02/0001,true\n',
    "taxonomy.csv": "taxonomy_id,name\n101,Emergency\n",
    "phones.csv": "id,location_id,number,number_type\n1,1,650 780-7525,voice\n",
}
BFC: Final = (
    "bfc_id,lon,lat,nom_structure,code_typo,lundi matin,lundi après-midi,contact_tel\n"
    "m1,5.04,47.3,Espace,M-I,8h30-12h,13h30-17h,03 73 27 51 57\n"
)


class Target(NamedTuple):
    """A reader, how its file is called, and a good one."""

    name: str
    file: str
    opens: Callable[[Path, Resolver, Words], Reader]
    looks: Callable[[Path], bool]
    good: bytes


def zipped(tables: dict[str, str]) -> bytes:
    """A zip of tables."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    return stream.getvalue()


def workbook() -> bytes:
    """The template's two sheets with a line each."""
    from openpyxl import Workbook

    book = Workbook()
    for title, records in (("Structures", INCLUSION["structures"]), ("Services", INCLUSION["services"])):
        sheet = book.create_sheet(title)
        sheet.append(list(records[0]))
        sheet.append([", ".join(map(str, cell)) if isinstance(cell, list) else cell for cell in records[0].values()])
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def targets() -> tuple[Target, ...]:
    """Every reader."""
    return (
        Target("mednum", "m.json", mednum.open_mednum, mednum.looks_like, json.dumps(MEDNUM).encode()),
        Target("mednum csv", "m.csv", mednum.open_mednum, mednum.looks_like, BFC.encode()),
        Target(
            "data·inclusion",
            "d.json",
            data_inclusion.open_data_inclusion,
            data_inclusion.looks_like,
            json.dumps(INCLUSION, ensure_ascii=False).encode(),
        ),
        Target("template", "d.xlsx", data_inclusion.open_data_inclusion, data_inclusion.looks_like, workbook()),
        Target("hsds json", "h.json", hsds.open_hsds_json, hsds.looks_like_json, json.dumps(HSDS).encode()),
        Target("hsds zip", "h.zip", hsds.open_hsds_package, hsds.looks_like_package, zipped(TABLES)),
        Target("ohana", "o.zip", ohana.open_ohana, ohana.looks_like, zipped(OLD_TABLES)),
    )


NASTY: Final[tuple[bytes, ...]] = (
    *(b"NaN", b"Infinity", b"-1e999", b"9" * 5000, b"null", b"true", b"[]", b"{}", b'""', b"[[[[", b"]]]]", b"{" * 100),
    *(b"\xff\xfe", b"\xc3", b"\x00", b"\\ud800", b"\xed\xa0\x80", b"\r\n", b'"', b"\\", b",", b":", b";", b"\t"),
    *(b"<script>", b"&lt;b&gt;", b"](http://x.ch)", b"24:00-24:00", b"99:99", b"-1", b"0001-01-01", b"31/02/2020"),
    *("🎈\u202e\u2028".encode(), "é".encode("latin-1"), b"=cmd|x", b"a" * 70000, b"1" * 400, b"../../etc/passwd"),
)


def damaged(good: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four things done to them."""
    data = bytearray(good)
    for _time in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 1, 2, 5, 20, 200))
        match chance.randrange(7):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = chance.choice(NASTY)
            case 2:
                data[at : at + length] = chance.choice(NASTY)
            case 3:
                del data[at:]
            case 4:
                data[at:at] = data[at : at + length] * chance.randint(1, 30)
            case 5:
                data[at : at + length] = bytes(chance.randrange(256) for _byte in range(length))
            case _:
                other = chance.randrange(len(data) + 1)
                data[at : at + length] = data[other : other + length]
    return bytes(data)


def reshaped(value: Any, chance: random.Random) -> Any:
    """JSON of another shape: values of other types, deeper, missing, doubled."""
    odd: tuple[Any, ...] = (
        None,
        True,
        0,
        -1,
        1e308,
        10**30,
        "",
        "x" * 3000,
        [],
        {},
        [[]],
        [None],
        {"id": []},
        {"": {"": ""}},
        "Mo 25:00-26:00",
    )
    if chance.random() < 0.08:
        return chance.choice(odd)
    if isinstance(value, dict):
        kept = {name: reshaped(each, chance) for name, each in value.items() if chance.random() > 0.05}
        return kept if chance.random() > 0.03 else {"contents": [kept]}
    if isinstance(value, list):
        made = [reshaped(each, chance) for each in value]
        return made * 2 if chance.random() < 0.1 else made
    return value


def damaged_input(target: Target, chance: random.Random) -> bytes:
    """A damaged file; within a zip, a damaged table as often as a damaged zip."""
    if target.file.endswith(".json") and chance.random() < 0.5:
        return json.dumps(reshaped(json.loads(target.good), chance)).encode()
    if not target.file.endswith((".zip", ".xlsx")) or chance.random() < 0.2:
        return damaged(target.good, chance)
    with zipfile.ZipFile(io.BytesIO(target.good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    hurt = chance.choice(sorted(members))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, damaged(data, chance) if name == hurt else data)
    return stream.getvalue()


def read_whole(target: Target, data: bytes, folder: Path, resolver: Resolver) -> str:
    """Read a file to its end and say how it went: «refused», «remarks» or «read». Raises whatever is a bug."""
    path = folder / target.file
    path.write_bytes(data)
    target.looks(path)
    french = words("fr")
    remarked = False
    try:
        reader = target.opens(path, resolver, french)
        for incoming in reader:
            record = incoming.record
            assert not record.name or whole(flat(record)).uid == record.uid
            assert not record.hours or is_readable(record.hours)
            assert all(len(remark.value) <= 200 and remark.sentence for remark in incoming.remarks)
            assert record.name or any(remark.fatal for remark in incoming.remarks)
            remarked |= bool(incoming.remarks)
        assert all(0 <= each.taken <= each.taken + each.kept <= each.filled for each in reader.understood()), (
            reader.understood()
        )
    except InputError as error:
        return "refused" if str(error).endswith(".") else str(error)
    return "remarks" if remarked else "read"


def main(count: int, seed: int) -> None:
    """Try `count` inputs and print what became of them."""
    resolver = shipped_resolver()
    chance = random.Random(seed)
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    every = targets()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            target = every[number % len(every)]
            data = damaged_input(target, chance)
            begun = time.perf_counter()
            try:
                outcomes[target.name, read_whole(target, data, Path(folder), resolver)] += 1
            except BaseException:
                Path(f"fuzz-{target.file}").write_bytes(data)
                print(f"input {number} of seed {seed} for {target.name}, kept as fuzz-{target.file}")
                raise
            slowest = max(slowest, time.perf_counter() - begun)
    for (name, outcome), times in sorted(outcomes.items()):
        print(f"{name:16} {outcome:8} {times:7}")
    print(f"{count} inputs, slowest {slowest:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
