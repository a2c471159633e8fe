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
    _ = words.gettext
    each = (
        (
            "new",
            counts.new,
            _("Nouvelles"),
            words.ngettext("{count} nouvelle fiche", "{count} nouvelles fiches", counts.new),
        ),
        (
            "changed",
            counts.changed,
            _("Changent"),
            words.ngettext("{count} fiche change", "{count} fiches changent", counts.changed),
        ),
        (
            "unchanged",
            counts.unchanged,
            _("Inchangées"),
            words.ngettext("{count} fiche inchangée", "{count} fiches inchangées", counts.unchanged),
        ),
        (
            "closing",
            counts.closing,
            _("Se ferment"),
            words.ngettext("{count} fiche se ferme", "{count} fiches se ferment", counts.closing),
        ),
        (
            "refused",
            counts.refused,
            _("Refusées"),
            words.ngettext("{count} ligne refusée", "{count} lignes refusées", counts.refused),
        ),
        (
            "twins",
            counts.twins,
            _("Sans doute déjà là"),
            words.ngettext("{count} fiche sans doute déjà là", "{count} fiches sans doute déjà là", counts.twins),
        ),
        (
            "remarked",
            counts.remarked,
            _("Avec remarques"),
            words.ngettext("{count} ligne avec remarques", "{count} lignes avec remarques", counts.remarked),
        ),
    )
    return [Kind(name, f"{title} {count}", said.format(count=count)) for name, count, title, said in each if count]
