"""Attached leaflets: what is taken, what is refused with a sentence, and what is kept how long."""

import io
import struct
import zlib
from hashlib import sha256
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from pointinfo.database.schema import Attached, Attachment
from pointinfo.desk import Desk
from pointinfo.directory.attachments import LONG_SIDE, MOST_BYTES
from pointinfo.errors import InputError


def pdf(pages: int = 1, password: str | None = None) -> bytes:
    made = pikepdf.new()
    for _page in range(pages):
        made.add_blank_page(page_size=(420, 595))
    written = io.BytesIO()
    made.save(written, encryption=pikepdf.Encryption(owner="o", user=password) if password is not None else None)
    return written.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    image = Image.new(mode, size, 0)
    if mode == "RGB":
        image.paste((200, 30, 30), (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(desk: Desk, attached: Attached) -> Image.Image:
    return Image.open(io.BytesIO(desk.attachments.content(attached.sha256)))


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


def test_a_pdf_is_kept_byte_for_byte_under_its_hash(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "cours_de_français.txt"
    file.write_bytes(pdf(3))
    attached = desk.attachments.attach_file(file, language="fr")
    assert attached == Attached(sha256(pdf(3)).hexdigest(), "cours de français", "application/pdf", len(pdf(3)), "fr")
    assert desk.attachments.content(attached.sha256) == pdf(3)


def test_the_same_leaflet_is_kept_once(desk: Desk) -> None:
    one, other = desk.attachments.attach(pdf(), "Horaires"), desk.attachments.attach(pdf(), "Timetable", "en")
    assert one.sha256 == other.sha256
    assert (one.title, other.title, other.language) == ("Horaires", "Timetable", "en")


def test_a_photo_keeps_nothing_of_the_camera(desk: Desk) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Nadia"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N46"
    written = picture("JPEG", exif=exif, comment=b"chez Nadia", icc_profile=b"profil")
    attached = desk.attachments.attach(written, "Affiche")
    kept = opened(desk, attached)
    content = desk.attachments.content(attached.sha256)
    assert not kept.getexif()
    assert not any(word in content for word in (b"Nadia", b"N46", b"Exif", b"profil"))
    assert kept.size == (40, 60), "the photo stands upright"
    assert attached.media_type == "image/jpeg"


def test_a_png_keeps_no_words_about_its_making_and_stands_on_white(desk: Desk) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Nadia")
    attached = desk.attachments.attach(picture(mode="RGBA", pnginfo=notes), "Plan")
    assert b"Nadia" not in desk.attachments.content(attached.sha256)
    assert opened(desk, attached).getpixel((1, 1)) == (255, 255, 255)


def test_a_grey_scan_of_16_bits_stays_grey(desk: Desk) -> None:
    scan = Image.new("I;16", (20, 20), 128 * 256)
    written = io.BytesIO()
    scan.save(written, "PNG")
    assert opened(desk, desk.attachments.attach(written.getvalue(), "Scan")).getpixel((3, 3)) == 128


def test_a_picture_is_no_larger_than_a_printer_can_show(desk: Desk) -> None:
    attached = desk.attachments.attach(picture("JPEG", (6000, 3000)), "Affiche")
    assert opened(desk, attached).size == (LONG_SIDE, LONG_SIDE // 2)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\x00 a program", "ni un PDF, ni une image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ni un PDF, ni une image"),
        (b"", "ni un PDF, ni une image"),
        (b"%PDF-1.7\n" + b"0" * MOST_BYTES, "dépasse 5 Mo"),
        (pdf(21), "21 pages ; 20 au plus"),
        (pdf(password="secret"), "mot de passe"),
        (pdf(password=""), "protégé par un mot de passe"),
        (b"%PDF-1.7\nnothing behind it", "endommagé"),
        (pdf(0), "endommagé"),
        (picture()[:90], "endommagé"),
        (picture("JPEG", (600, 400))[:700], "endommagé"),
        (png_that_claims(60_000, 60_000), "plus de 50 millions de points"),
        (png_that_claims(9_000, 9_000), "plus de 50 millions de points"),
        (png_that_claims(14_000, 14_000), "plus de 50 millions de points"),
    ],
)
def test_what_cannot_be_printed_safely_is_refused_with_a_sentence(desk: Desk, content: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        desk.attachments.attach(content, "Dépliant")
    with desk.database.read() as session:
        assert session.query(Attachment).count() == 0


def test_a_file_that_is_not_there_is_said_calmly(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ne peut pas être lu"):
        desk.attachments.attach_file(tmp_path / "parti.pdf")


def test_a_leaflet_of_another_counter_is_missed_calmly(desk: Desk) -> None:
    with pytest.raises(InputError, match="pas sur ce poste"):
        desk.attachments.content("0" * 64)


def test_only_what_no_entry_ever_named_is_swept(desk: Desk) -> None:
    attach = desk.attachments.attach
    present, past, typed, unsaved = (attach(pdf(count), f"{count}") for count in range(1, 5))
    uid = desk.directory.rows([1])[0].uid
    record = desk.revisions.present(uid).record
    desk.revisions.save(msgspec.structs.replace(record, attachments=(past,)), "Odile")
    desk.revisions.save(msgspec.structs.replace(record, attachments=(present,)), "Odile")
    desk.drafts.keep(msgspec.structs.replace(record, attachments=(typed,)), "", "Odile")
    assert desk.attachments.sweep() == 1
    assert set(desk.attachments.contents(each.sha256 for each in (present, past, typed, unsaved))) == {
        present.sha256,
        past.sha256,
        typed.sha256,
    }
    assert desk.attachments.sweep() == 0
