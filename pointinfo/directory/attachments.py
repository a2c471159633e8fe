"""Leaflets that associations hand out themselves: PDF, PNG or JPEG, looked at before they are kept.

A file is what its content says, never what its name says. Pictures are drawn anew, so that nothing of the camera
(place, moment, serial number) is kept; a PDF is kept as it is, byte for byte.
"""

import io
import logging
import warnings
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from pointinfo import reasons
from pointinfo.database import Database
from pointinfo.database.schema import Attached, Attachment
from pointinfo.errors import InputError
from pointinfo.i18n import Words

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_PAGES: Final = 20
MOST_PIXELS: Final = 50_000_000
"""More than any scanner or camera at a counter makes; read from the head of the file, before anything is decoded."""
LONG_SIDE: Final = 3_508
"""Pixels of A4's long side at 300 dots per inch: what a printer can show."""

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"

_UNNAMED: Final = text(
    """SELECT sha256 FROM attachment WHERE sha256 NOT IN (
        SELECT json_extract(each.value, '$.sha256') FROM entry, json_each(entry.attachments) AS each
        WHERE entry.attachments <> '[]')"""
)
_REMEMBERED: Final = text(
    """SELECT EXISTS (SELECT 1 FROM draft WHERE instr(snapshot, :name))
        OR EXISTS (SELECT 1 FROM revision WHERE instr(snapshot, :name))"""
)


class Attachments:
    """The attached leaflets of one counter. Each content is kept once, under its SHA-256."""

    def __init__(self, database: Database, words: Words) -> None:
        self._database = database
        self._words = words

    def attach_file(self, file: Path, title: str = "", language: str = "") -> Attached:
        """Keep the leaflet in `file`; without a title it is called like the file. Raises `InputError` as `attach`."""
        _ = self._words.gettext
        try:
            with file.open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise InputError(
                _(
                    "Le fichier {file} ne peut pas être lu ({reason}). Rien n’a été joint ; choisissez-en un autre."
                ).format(file=file.name, reason=reasons.of_system(error, self._words))
            ) from error
        return self.attach(content, title or " ".join(file.stem.replace("_", " ").split()), language)

    def attach(self, content: bytes, title: str, language: str = "") -> Attached:
        """Keep a leaflet; what is returned goes into an entry's `attachments`.

        Raises `InputError` for what is neither PDF, PNG nor JPEG, too large, encrypted, broken or too long.
        """
        media_type, kept = _looked_at(content, self._words)
        name = sha256(kept).hexdigest()
        with self._database.write() as session:
            if session.get(Attachment, name) is None:
                session.add(Attachment(sha256=name, media_type=media_type, content=kept))
        return Attached(name, title, media_type, len(kept), language)

    def content(self, name: str) -> bytes:
        """The bytes kept under a SHA-256. Raises `InputError` when this counter doesn't have them."""
        found = self.contents([name])
        if not found:
            _ = self._words.gettext
            raise InputError(_("Ce dépliant n’est pas sur ce poste : la fiche le nomme, son fichier manque."))
        return found[name]

    def contents(self, names: Iterable[str]) -> dict[str, bytes]:
        """The bytes by SHA-256, of those that are here."""
        with self._database.read() as session:
            rows = session.execute(
                select(Attachment.sha256, Attachment.content).where(Attachment.sha256.in_(set(names)))
            )
            return {row[0]: row[1] for row in rows}

    def sweep(self) -> int:
        """Drop the contents that no revision and no draft names; returns how many.

        One that any past state of an entry names stays: giving that state back must give back its leaflet. What goes
        is what was attached in an editor and never saved.
        """
        with self._database.write() as session:
            unused = [name for name in session.scalars(_UNNAMED) if not _is_remembered(session, name)]
            for name in unused:
                session.delete(session.get_one(Attachment, name))
            return len(unused)


def _is_remembered(session: Session, name: str) -> bool:
    return bool(session.scalar(_REMEMBERED, {"name": name.encode()}))


def _looked_at(content: bytes, words: Words) -> tuple[str, bytes]:
    """What a content is, and what of it is kept."""
    _ = words.gettext
    if len(content) > MOST_BYTES:
        raise InputError(
            _("Ce fichier dépasse {most} Mo. Rien n’a été joint ; réduisez-le, ou joignez les pages utiles.").format(
                most=MOST_BYTES // 1024 // 1024
            )
        )
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG, _bare_picture(content, "PNG", words)
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG, _bare_picture(content, "JPEG", words)
    if b"%PDF-" in content[:1024]:  # readers allow some bytes before it (ISO 32000-1, annex H, 3.4.1)
        _check_pdf(content, words)
        return PDF, content
    raise InputError(
        _("Ce fichier n’est ni un PDF, ni une image PNG ou JPEG. Rien n’a été joint ; enregistrez-le en PDF.")
    )


def _check_pdf(content: bytes, words: Words) -> None:
    import pikepdf  # noqa: PLC0415 -- only when one attaches
    import pypdfium2  # noqa: PLC0415

    _ = words.gettext
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            locked, pages = pdf.is_encrypted, len(pdf.pages)
        if not locked:
            document = pypdfium2.PdfDocument(content)
            try:
                pages = min(pages, len(document))
                for number in range(min(pages, MOST_PAGES)):
                    document[number].close()
            finally:
                document.close()
    except pikepdf.PasswordError:
        locked, pages = True, 0
    except (pikepdf.PdfError, pypdfium2.PdfiumError, RuntimeError, ValueError) as error:
        raise InputError(_broken(words)) from error
    if locked:
        raise InputError(
            _("Ce PDF est protégé par un mot de passe. Rien n’a été joint ; demandez-en une version sans protection.")
        )
    if not pages:
        raise InputError(_broken(words))
    if pages > MOST_PAGES:
        raise InputError(
            _("Ce PDF a {pages} pages ; {most} au plus. Rien n’a été joint ; joignez les pages utiles.").format(
                pages=pages, most=MOST_PAGES
            )
        )


def _bare_picture(content: bytes, kind: str, words: Words) -> bytes:
    """The picture drawn anew: upright, on white, no larger than a printer can show, without a word about its making."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- only when one attaches

    _ = words.gettext
    logging.getLogger("PIL").setLevel(logging.ERROR)  # it tells the log about every odd tag of a camera
    drawn = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own limit is higher than ours
            scanned = Image.open(io.BytesIO(content), formats=[kind])
            if scanned.width * scanned.height > MOST_PIXELS:
                raise InputError(_too_large(words))
            image: Image.Image = ImageOps.exif_transpose(scanned)
        if image.mode.startswith("I"):  # grey in 16 bits
            image = image.point(lambda value: value / 256).convert("L")
        image.thumbnail((LONG_SIDE, LONG_SIDE))
        if image.has_transparency_data:
            above = image.convert("RGBA")
            image = Image.new("RGBA", above.size, "white")
            image.alpha_composite(above)
        bare = image.convert("L" if image.mode in ("1", "L") else "RGB")
        bare.info.clear()
        bare.save(drawn, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {}))
    except Image.DecompressionBombError as error:
        raise InputError(_too_large(words)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise InputError(_broken(words)) from error
    return drawn.getvalue()


def _too_large(words: Words) -> str:
    _ = words.gettext
    return _("Cette image a plus de {most} millions de points. Rien n’a été joint ; réduisez-la.").format(
        most=MOST_PIXELS // 1_000_000
    )


def _broken(words: Words) -> str:
    _ = words.gettext
    return _("Ce fichier est endommagé et ne s’ouvre pas. Rien n’a été joint ; demandez-le à nouveau.")
