"""The bundled faces: light enough to ship, under their licences, and enough for every language of a sheet."""

from pathlib import Path
from typing import Final

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FONTS: Final = Path(__file__).parents[2] / "resources" / "fonts"
HEAVIEST: Final = 8_000_000
"""Bytes of all faces and licences."""

LETTERS: Final = {
    "fr": "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ«»’…€",
    "en": "abcdefghijklmnopqrstuvwxyz“”‘’–—£",
    "de": "äöüß„“",
    "it": "àèéìíîòóùú",
    "es": "áéíñóúü¿¡",
    "pt": "áâãàçéêíóôõúü",
    "sq": "çë",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىًٌٍَُِّْ٠١٢٣٤٥٦٧٨٩،؛؟",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№",
    "tr": "çğıİöşü",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئءأؤةًَُِّ۰۱۲۳۴۵۶۷۸۹،؛؟«»\u200c",
    "ti": "ሀሁሂሃሄህሆለሐመሠረሰሸቀቈቐበቨተቸኀነኘአኣከኰኸወዐዘዠየደጀገጐጠጨጰጸፀፈፐ፣፤፥።፡፧",
    "so": "abcdefghijklmnopqrstuvwxyz’",
    "ta": "அஆஇஈஉஊஎஏஐஒஓஔகஙசஞடணதநபமயரலவழளறனஜஷஸஹாிீுூெேைொோௌ்ஃ",
    "zh": "日内瓦社会信息服务窗口星期一至节假除外咨询免费且保密请致电预约直接前来，。：；？！（）《》“”‘’、",
}


def characters(pattern: str) -> set[int]:
    held: set[int] = set()
    for path in FONTS.rglob(pattern):
        with TTFont(path, lazy=True) as face:
            held.update(face.getBestCmap())
    return held


def test_all_faces_and_licences_stay_light() -> None:
    assert sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file()) <= HEAVIEST


def test_every_face_has_outlines_that_stand_still_and_its_licence_beside_it() -> None:
    for path in FONTS.rglob("*.ttf"):
        with TTFont(path, lazy=True) as face:
            assert "glyf" in face
            assert "fvar" not in face
        own = path.with_name(f"{path.stem.partition('-')[0]}-OFL.txt")
        licence = own if own.is_file() else path.with_name("OFL.txt")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text("utf-8")


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
@pytest.mark.parametrize("language", LETTERS)
def test_every_language_has_its_letters_in_both_weights(language: str, weight: str) -> None:
    held = characters(f"*-{weight}.ttf")
    assert {letter for letter in LETTERS[language] if ord(letter) not in held} == set()


def test_the_common_chinese_characters_are_there() -> None:
    held = characters("NotoSansSC-Regular.ttf")
    common = "".join(
        bytes([row + 160, cell + 160]).decode("gb2312", "ignore") for row in range(16, 88) for cell in range(1, 95)
    )
    assert len(common) == 6_763
    assert {character for character in common if ord(character) not in held} == set()
