"""Mutations of sound files, drawn from a seeded source: bytes, pieces, numbers, structures."""

import io
import random
import zipfile

_NASTY = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b'"',
        b"'",
        b";",
        b",",
        b"\t",
        b"|",
        b"\\",
        b"{",
        b"}",
        b"[",
    ),
    *(b"=1+1", b"<!ENTITY x 'y'>", b"<![CDATA[", b"&lt;", b"&#0;", b"&#x110000;", b"9" * 400, b"-1", b"1e999", b"NaN"),
    *(b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\u202e\u0301\ufeff".encode(), b"A1:XFD1048576", b't="e"', b'r="ZZZZ9"'),
    *(b'{"uid":', b'"schedules":', b"00:00-48:00", b"Mo-Su", b"lundi", b"31.02.2026", b"0000-00-00", b"[uid]"),
    *(b"extra/a/b", b'r="A0"', b'r="A99999999"', b"]", b"true", b"null", b"\\ud800"),
)


def mutated(draw: random.Random, seeds: list[bytes]) -> bytes:
    """A sound file with a few changes; of an archive now and then the parts inside."""
    data = draw.choice(seeds)
    if data[:2] == b"PK" and draw.random() < 0.7:
        return _repacked(draw, data)
    return _changed(draw, data, draw.choice((1, 1, 2, 3, 5, 12)))


def _changed(draw: random.Random, data: bytes, times: int) -> bytes:
    found = bytearray(data)
    for _time in range(times):
        place = draw.randrange(len(found) + 1)
        match draw.randrange(7):
            case 0 if place < len(found):
                found[place] = draw.randrange(256)
            case 1:
                found[place:place] = draw.choice(_NASTY)
            case 2:
                del found[place : place + draw.randrange(1, 40)]
            case 3:
                end = place + draw.randrange(1, 60)
                found[place:place] = found[place:end] * draw.randrange(1, 5)
            case 4:
                found[place:place] = bytes(draw.randrange(256) for _ in range(draw.randrange(1, 20)))
            case 5:
                other = draw.randrange(len(found) + 1)
                found[place:place] = found[other : other + draw.randrange(1, 80)]
            case _:
                del found[place:]
        if len(found) > 60_000:
            del found[60_000:]
    return bytes(found)


def _repacked(draw: random.Random, data: bytes) -> bytes:
    """The archive with one or two of its parts changed, left out or put twice."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = draw.sample(names, min(len(names), draw.choice((1, 1, 2))))
        for name in names:
            part = old.read(name)
            if name in chosen:
                if draw.random() < 0.1:
                    continue
                part = _changed(draw, part, draw.choice((1, 2, 4)))
            new.writestr(name, part)
    return packed.getvalue()
