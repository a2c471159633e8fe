"""The counter's settings: one small JSON file in the home, written whole or not at all."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from pointinfo import files, reasons
from pointinfo.errors import InputError, SettingsError
from pointinfo.i18n import Words

FILE: Final = "settings.json"
LONGEST_BACK: Final = 400
"""Days; later than that, a year of figures is published."""


class PrintOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """How a design of sheet is printed here: on which printer ("" for the counter's), on both sides of the paper."""

    printer: str = ""
    two_sided: bool = False


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """What a counter is called, what its sheets say at head and foot, how its window looks.

    `text_size` in percent (100–200). `closed_days`: the days the town's counters stay closed beside
    the canton's public holidays; `school_holidays`: first and last day of each period. `editors`: who may change the
    directory; others propose, and where the list is empty everyone is an editor. `printing`: by design of sheet.
    Distances are measured from `coordinates` (longitude, latitude), else from the middle of the counter's `quartier`
    (a neighbourhood or sector). `opening`: the counter's own hours (OSM `opening_hours`); `back_dating`: how many days
    back an inquiry may be typed in or corrected.
    """

    counter_name: str = ""
    counter_address: str = ""
    counter_phone: str = ""
    sheet_header: str = ""
    sheet_footer: str = ""
    quartier: str = ""
    coordinates: tuple[float, float] | None = None
    language: Literal["fr", "en"] = "fr"
    theme: Literal["auto", "light", "dark"] = "auto"
    text_size: Literal[100, 115, 130, 150, 175, 200] = 100
    printer: str = ""
    closed_days: tuple[date, ...] = ()
    school_holidays: tuple[tuple[date, date], ...] = ()
    editors: tuple[str, ...] = ()
    printing: dict[str, PrintOptions] = msgspec.field(default_factory=dict)
    opening: str = ""
    back_dating: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_BACK)] = 60


def back_dating_of(text: str, words: Words) -> int:
    """The days of a line, «60» or «60 jours». Raises InputError for anything but 0 to 400."""
    found = re.fullmatch(r"(\d{1,3})(?:\s+\w+)?", text.strip(), re.ASCII)
    if found is None or int(found[1]) > LONGEST_BACK:
        _ = words.gettext
        raise InputError(
            _("« {text} » : un nombre de jours de 0 à {most}.").format(text=text.strip(), most=LONGEST_BACK)
        )
    return int(found[1])


def load(home: Path, words: Words) -> Settings:
    """The settings in `home`, the defaults when there are none. Raises `SettingsError`; the file stays as it is."""
    file = home / FILE
    _ = words.gettext
    try:
        return msgspec.json.decode(file.read_bytes(), type=Settings)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            _(
                "Le fichier de réglages {file} n’est pas lisible ({reason}). Les données sont sauves et le fichier "
                "n’a pas été modifié. Corrigez-le, ou renommez-le pour repartir des réglages d’origine."
            ).format(file=file, reason=reasons.of_content(error, words, _("ce ne sont pas des réglages")))
        ) from error
    except OSError as error:
        raise SettingsError(
            _("Le fichier de réglages {file} ne peut pas être ouvert. Les données sont sauves.").format(file=file)
        ) from error


def save(home: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises OSError; the old ones are still there then."""
    files.write_whole(home / FILE, msgspec.json.format(msgspec.json.encode(settings), indent=2))


def set_aside(home: Path) -> Path:
    """Rename an unreadable settings file so that the defaults apply; returns where it lies now."""
    kept = home / "settings.unreadable.json"
    (home / FILE).replace(kept)
    return kept
