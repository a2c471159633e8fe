"""What only a whole row tells: the country of a number that a spreadsheet has cut, where a second address belongs."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from pointinfo.directory.exchange.contact_cells import is_cut, mended
from pointinfo.directory.exchange.incoming import Remark
from pointinfo.i18n import Words

DIRECTIONS: Final = "wordings/fr/directions"
_PHONES: Final = ("contacts/phone", "internal_contacts/phone")


class Elsewhere(NamedTuple):
    """The addresses behind the first of a cell, the column's name and the whole cell."""

    column: str
    text: str
    others: Sequence[str]


def mend_phones(said: dict[str, Any], words: Words) -> Iterator[tuple[str, str]]:
    """Give numbers that a spreadsheet took for quantities their 0 or + back.

    Yields each such number as it stood and a sentence on what became of it.
    """
    for key in _PHONES:
        for contact in said.get(key, ()):
            if is_cut(contact.value):
                break
        else:
            continue
        _ = words.gettext
        region = "FR" if len(said.get("postcode", "")) == len("74100") else "CH"
        phones = []
        for contact in said[key]:
            number = mended(contact.value, region) if is_cut(contact.value) else None
            if number is not None:
                sentence = _("Le tableur avait ôté le 0 ou le + : lu «{number}».")
                yield contact.value, sentence.format(number=number)
            elif is_cut(contact.value):
                yield contact.value, _("Ce numéro de téléphone n’est pas complet : il est gardé comme il est.")
            phones.append(msgspec.structs.replace(contact, value=number or contact.value))
        said[key] = tuple(dict.fromkeys(phones))


def tell_elsewhere(row: int, found: Sequence[Elsewhere], said: dict[str, Any], words: Words) -> Iterator[Remark]:
    """Say the second address of a cell, and the next, under how to get there: a clerk must know of them."""
    _ = words.gettext
    for column, text, others in found:
        told = [_("Aussi : {address}").format(address=" ".join(other.split())) for other in others]
        said[DIRECTIONS] = "\n".join(filter(None, (said.get(DIRECTIONS, ""), *told)))
        sentence = _("Plusieurs adresses : la première est celle de la fiche, les autres sont sous «Accès».")
        yield Remark(row, column, text[:200], sentence)
