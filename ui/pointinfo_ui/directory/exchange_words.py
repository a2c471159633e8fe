"""The kinds of rows of an import, with their counts in words."""

from typing import NamedTuple

from pointinfo.directory.exchange.preview import Counts
from pointinfo.i18n import Words


class Kind(NamedTuple):
    """One kind of row that there is: its title on a chip, its count in words."""

    name: str
    title: str
    said: str


def kinds(counts: Counts, words: Words) -> list[Kind]:
    """The kinds that there are."""
    _, many = words.gettext, words.ngettext
    each = (
        ("new", counts.new, _("Nouvelles"), many("{count} nouvelle fiche", "{count} nouvelles fiches", counts.new)),
        (
            "changed",
            counts.changed,
            _("Changent"),
            many("{count} fiche change", "{count} fiches changent", counts.changed),
        ),
        (
            "unchanged",
            counts.unchanged,
            _("Inchangées"),
            many("{count} fiche inchangée", "{count} fiches inchangées", counts.unchanged),
        ),
        (
            "closing",
            counts.closing,
            _("Se ferment"),
            many("{count} fiche se ferme", "{count} fiches se ferment", counts.closing),
        ),
        (
            "refused",
            counts.refused,
            _("Refusées"),
            many("{count} ligne refusée", "{count} lignes refusées", counts.refused),
        ),
        (
            "twins",
            counts.twins,
            _("Sans doute déjà là"),
            many(
                "{count} nouvelle fiche sans doute déjà là", "{count} nouvelles fiches sans doute déjà là", counts.twins
            ),
        ),
        (
            "remarked",
            counts.remarked,
            _("Avec remarques"),
            many("{count} ligne avec remarques", "{count} lignes avec remarques", counts.remarked),
        ),
    )
    return [Kind(name, f"{title} {count}", said.format(count=count)) for name, count, title, said in each if count]
