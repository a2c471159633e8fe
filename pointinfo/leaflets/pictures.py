"""Pictures that an institution supplies, a logo or a map, made fit for a sheet: opaque, in RGB, of sane size."""

import io
from typing import Final, NamedTuple

MOST_PIXELS: Final = 40_000_000
"""What a picture may hold before it is refused: a page at 600 dpi."""
LONGEST_SIDE: Final = 2_400
"""Pixels that are kept: 20 cm at 300 dpi."""


class Picture(NamedTuple):
    """Rows of 24-bit RGB pixels, from the top, without padding."""

    width: int
    height: int
    pixels: bytes


def opened(data: bytes) -> Picture | None:
    """A PNG, JPEG, GIF, BMP, TIFF or WebP file; None when it is none of these, broken, or far too large."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 -- only for sheets with pictures

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(image).convert("RGBA")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            paper = Image.new("RGB", upright.size, "white")
            paper.paste(upright, mask=upright.getchannel("A"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None
    return Picture(paper.width, paper.height, paper.tobytes())
