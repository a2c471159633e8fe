"""Pages of a finished PDF as pictures, for the preview and for printers that take no PDF."""

from typing import Any, NamedTuple


class Picture(NamedTuple):
    """One page: `pixels` are 24-bit RGB rows of `width * 3` bytes without padding; `text` is what it says."""

    width: int
    height: int
    pixels: bytes
    text: str


def pictures(pdf: bytes, dots_per_inch: float) -> list[Picture]:
    """Every page of `pdf`."""
    import pypdfium2  # noqa: PLC0415 -- only when one previews or prints

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_picture(page, dots_per_inch / 72) for page in document]
    finally:
        document.close()


def first_page(pdf: bytes, side: int) -> Picture:
    """The first page of any `pdf`, its longer side `side` pixels long however large the page is."""
    import pypdfium2  # noqa: PLC0415 -- as above

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        return _picture(page, side / max(page.get_size()))
    finally:
        document.close()


def _picture(page: Any, scale: float) -> Picture:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    rows = bytes(bitmap.buffer)
    stride, width, height, channels = bitmap.stride, bitmap.width, bitmap.height, bitmap.n_channels
    row = width * channels
    pixels = b"".join(rows[top * stride : top * stride + row] for top in range(height))
    return Picture(width, height, pixels, page.get_textpage().get_text_bounded())
