"""Makes the bundled faces anew: subsets of the npm packages' static TrueType files, under their licences.

Fetch the packages once with `npm pack @expo-google-fonts/NAME@VERSION` for each of `RECIPES`, then run
`.venv/bin/python packaging/fonts.py FOLDER_OF_TARBALLS [NAME …]`. Same packages, same fonttools: same bytes.
"""

import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from fontTools import subset  # type: ignore[import-untyped]

FONTS: Final = Path(__file__).parents[1] / "resources" / "fonts"
WEIGHTS: Final = {"Regular": "400Regular", "SemiBold": "600SemiBold", "Bold": "700Bold"}

Ranges = tuple[tuple[int, int], ...]


class Recipe(NamedTuple):
    """A family: its package and version, the name of its files, where they go, and what of it is kept.

    `kept` are ranges of characters, all when empty; `dropped` leave again; `features` are layout features.
    """

    package: str
    version: str
    file: str
    folder: str
    weights: tuple[str, ...]
    kept: Ranges = ()
    dropped: Ranges = ()
    features: tuple[str, ...] = ("*",)


def simplified_chinese() -> Ranges:
    """The 6,763 characters of GB 2312 (rows 16–55 by frequency, 56–87 by radical) and full-width punctuation."""
    cells = (bytes([row + 160, cell + 160]) for row in range(16, 88) for cell in range(1, 95))
    characters = "".join(cell.decode("gb2312", "ignore") for cell in cells)
    punctuation = ((0x3000, 0x303F), (0xFF00, 0xFFEF), *((ord(c), ord(c)) for c in "‘’“”—…·"))
    return (*((ord(c), ord(c)) for c in characters), *punctuation)


RECIPES: Final = (
    Recipe(
        "noto-sans",
        "0.4.2",
        "NotoSans",
        "",
        ("Regular", "SemiBold", "Bold"),
        dropped=(
            (0x10FB, 0x10FB),
            (0x900, 0x97F),
            (0x1CD0, 0x1CFF),
            (0xA830, 0xA83F),
            (0xA8E0, 0xA8FF),
            (0x11B00, 0x11B5F),
            (0x20F0, 0x20F0),
            (0xA92E, 0xA92E),
        ),
    ),
    Recipe("noto-sans-symbols", "0.4.1", "NotoSansSymbols", "", ("Regular",), kept=((0x2190, 0x21FF),)),
    Recipe(
        "noto-sans-symbols-2",
        "0.4.1",
        "NotoSansSymbols2",
        "",
        ("Regular",),
        kept=((0x2300, 0x23FF), (0x25A0, 0x27BF), (0x2B00, 0x2BFF), (0x1F310, 0x1F310), (0x1F4DE, 0x1F4E7)),
    ),
    Recipe("vazirmatn", "0.4.1", "Vazirmatn", "sheets", ("Regular", "Bold")),
    Recipe("noto-sans-ethiopic", "0.4.2", "NotoSansEthiopic", "sheets", ("Regular", "Bold")),
    Recipe("noto-sans-tamil", "0.4.3", "NotoSansTamil", "sheets", ("Regular", "Bold")),
    Recipe(
        "noto-sans-sc", "0.4.3", "NotoSansSC", "sheets", ("Regular", "Bold"), kept=simplified_chinese(), features=()
    ),
    Recipe(
        "atkinson-hyperlegible-next", "0.4.1", "AtkinsonHyperlegibleNext", "sheets", ("Regular", "SemiBold", "Bold")
    ),
    Recipe("noto-emoji", "0.4.7", "NotoEmoji", "sheets", ("Regular",), kept=((0x2000, 0x1FAFF),), features=()),
)


def make(recipe: Recipe, tarballs: Path) -> Iterator[Path]:
    """The family's files and its licence."""
    folder = FONTS / recipe.folder
    folder.mkdir(exist_ok=True)
    with tarfile.open(tarballs / f"expo-google-fonts-{recipe.package}-{recipe.version}.tgz") as package:
        for weight in recipe.weights:
            member = f"package/{WEIGHTS[weight]}/{recipe.file}_{WEIGHTS[weight]}.ttf"
            yield _subset(_read(package, member), recipe, folder / f"{recipe.file}-{weight}.ttf")
        if recipe.folder:
            licence = folder / f"{recipe.file}-OFL.txt"
            licence.write_bytes(_read(package, "package/LICENSE_FONT"))
            yield licence


def _subset(source: bytes, recipe: Recipe, target: Path) -> Path:
    options = subset.Options()
    options.layout_features = list(recipe.features)
    options.name_IDs = ["*"]
    options.hinting = False
    options.notdef_outline = True
    font = subset.load_font(io.BytesIO(source), options)
    there = set(font.getBestCmap())
    kept = _characters(recipe.kept) & there if recipe.kept else there
    worker = subset.Subsetter(options)
    worker.populate(unicodes=sorted(kept - _characters(recipe.dropped)))
    worker.subset(font)
    subset.save_font(font, str(target), options)
    return target


def _characters(ranges: Ranges) -> set[int]:
    return {character for first, last in ranges for character in range(first, last + 1)}


def _read(package: tarfile.TarFile, member: str) -> bytes:
    opened = package.extractfile(member)
    if opened is None:
        raise SystemExit(f"{member} is missing in its package")
    return opened.read()


if __name__ == "__main__":
    wanted = set(sys.argv[2:])
    for recipe in RECIPES:
        if not wanted or recipe.package in wanted:
            for made in make(recipe, Path(sys.argv[1])):
                print(f"{made.stat().st_size:>9,}  {made.relative_to(FONTS)}")
