"""Sound files of each kind, small, from which mutations begin."""

import io
import json
import zipfile
from datetime import date, time

import openpyxl

_ROWS = (
    *(("id", "nom", "téléphone", "courriel", "site", "public", "prix", "horaire", "adresse", "npa", "maj", "lundi"),),
    ("1", "Café œuvre", "022 418 00 00 (matin)", "a@b.ch", "https://b.ch/(x)", "Enfance|Jeunesse", "Gratuit"),
    ("2", "=SOMME(A1)", "+41 22", "x", "javascript:1", "Martiens; Seniors", "CHF 20.–", "lundi à vendredi 8h30-12h"),
    (
        "3",
        "",
        "",
        "",
        "",
        "",
        "",
        "Mo-Fr 09:00-12:00; PH off",
        "Rue du Stand 5, 1204 Genève",
        "1204",
        "14.9.2026",
        "9h",
    ),
)
_OURS = (
    "Identifiant [uid];Nom [name];Autres noms [names/alias];Importée de X [origins/X];Couleur [extra/X/Couleur];"
    "Séances [schedules];Voir d’abord [links/see_first];Important [important];Longitude [longitude]\n"
    'a;A;B {en} | C \\| D;12;vert;"[{""starts"":""14:00""}]";A {a};oui;6,14\n'
)


def csv() -> list[bytes]:
    """Every delimiter and encoding, ours too."""
    text = "\n".join(";".join(row) for row in _ROWS)
    return [
        text.encode(),
        text.replace(";", ",").encode("cp1252", "replace"),
        text.replace(";", "\t").encode("utf-16"),
        f"sep=|\r\n{text.replace(';', '|')}".encode("utf-8-sig"),
        _OURS.encode(),
        b'nom;"b\nc";"d""e"\r\n1;2;3\r',
        text.encode() + "\nÉ;Café\n".encode("cp1252"),
    ]


def xlsx() -> list[bytes]:
    """Dates, formulas, merged cells, a hidden sheet; packed and unpacked, for mutations of the XML itself."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in _ROWS:
        sheet.append(row)
    sheet.append((4, "Date", date(2026, 9, 14), time(8, 30), 2.5, True, "=A1", None, "#N/A"))
    sheet.merge_cells("B2:C3")
    book.create_sheet("Caché").sheet_state = "hidden"
    packed = io.BytesIO()
    book.save(packed)
    stored = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return [packed.getvalue(), stored.getvalue()]


def jsonl() -> list[bytes]:
    """Everything an entry can say."""
    full = {
        "uid": "a",
        "kind": "service",
        "name": "A",
        "status": "active",
        "names": [{"text": "B", "kind": "acronym", "language": "en"}],
        "wordings": {"fr": {"summary": "x", "fee": "Gratuit"}},
        "contacts": [{"kind": "phone", "value": "022 418 00 00", "hours": "Mo 09:00-12:00"}],
        "hours": "Mo-Fr 09:00-12:00",
        "schedules": [{"starts": "14:00", "weekdays": [1], "age_from": 0.5}],
        "verified_on": "2026-09-14",
        "attachments": [{"sha256": "0", "title": "t", "media_type": "application/pdf", "size": 1}],
        "origins": [{"source": "s", "id": "1", "extra": {"k": "v"}}],
        "terms": {"fee": ["gratuit"], "audience": ["enfance", "martiens"]},
        "links": [{"kind": "see_first", "uid": "b"}],
        "longitude": 6.1,
    }
    line = json.dumps(full)
    return [f"{line}\n".encode(), b'{"uid":"b","kind":"place","name":"B"}\n{"uid":"b","kind":"x","name":""}\n{"\n[]\n']


_LABELLED = (b"item1.TEL;VALUE=uri:tel:+41224180000", b"item1.X-ABLABEL:x", b"CATEGORIES:a,b", b"END:VCARD")


def vcard() -> list[bytes]:
    """A card of ours, one of an address book, an old one."""
    return [
        b"\r\n".join(
            (b"BEGIN:VCARD", b"PRODID:-//PointInfo//FR", b"UID:a", b"FN:A\\, B", b"ADR:;;Rue 1;G;;1204;", *_LABELLED)
        ),
        "BEGIN:VCARD\nN:;;\nFN:Œ\nORG:a;b\nGEO:46.2;6.1\nNOTE:un\n  deux\nURL:x.ch\nEND:VCARD\n".encode(),
        b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:Caf=E9=\n x\nNICKNAME:a,b\nEMAIL:a@b.ch\nEND:VCARD\n",
    ]
