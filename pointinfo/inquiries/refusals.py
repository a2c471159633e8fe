"""What a note can't be: a contradiction, of a day to come or too long ago, of a clock that is wrong."""

import re
from datetime import date, timedelta
from typing import Final

from babel.dates import format_date

from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import codes
from pointinfo.inquiries.note import Note

_ENTRY: Final = re.compile(r"[\w.:-]{1,120}")
"""What entries are called among themselves."""
MOST_PEOPLE: Final = 99
MOST_AUDIENCES: Final = 2
MOST_THEMES: Final = 3


def refuse_contradictions(note: Note, words: Words) -> None:
    """Raise `InputError` where a note contradicts itself."""
    _ = words.gettext
    if not 1 <= note.people <= MOST_PEOPLE:
        raise InputError(_("Le nombre de personnes va de 1 à 99. Rien n’a été noté ; corrigez-le."))
    if len(note.audiences) > MOST_AUDIENCES or (codes.EVERYONE in note.audiences and len(note.audiences) > 1):
        raise InputError(
            _("Choisissez deux publics au plus ; «Toute la population» va sans autre public. Rien n’a été noté.")
        )
    if len(note.themes) > MOST_THEMES:
        raise InputError(_("Choisissez trois thèmes au plus. Rien n’a été noté."))
    if note.reason and note.outcome not in codes.UNMET:
        raise InputError(_("Une raison ne va qu’avec «Sans réponse» ou «Répondu en partie». Rien n’a été noté."))
    if not all(_ENTRY.fullmatch(referral.entry) for referral in note.referrals):
        raise InputError(_("Une orientation mène à une fiche de l’annuaire, pas à un texte. Rien n’a été noté."))


def refuse_day(day: date, today: date, back_dating: int, words: Words) -> None:
    """Raise `InputError` for a day on which nothing can be noted today."""
    _ = words.gettext
    if day > today:
        raise InputError(
            _(
                "Le {day} est à venir : on ne note que ce qui a eu lieu. Rien n’a été noté ; choisissez un autre jour."
            ).format(day=_in_words(day, words))
        )
    if day < today - timedelta(days=back_dating):
        raise InputError(
            words.ngettext(
                "Le {day} remonte à plus de {count} jour : on n’y note plus rien. Rien n’a été noté.",
                "Le {day} remonte à plus de {count} jours : on n’y note plus rien. Rien n’a été noté.",
                back_dating,
            ).format(day=_in_words(day, words), count=back_dating)
        )


def refuse_old(day: date, today: date, back_dating: int, words: Words) -> None:
    """Raise `InputError` for an inquiry of a day that is corrected no more."""
    if day < today - timedelta(days=back_dating):
        raise InputError(
            words.ngettext(
                "Cette demande date de plus de {count} jour : elle ne se corrige plus. Rien n’a été modifié.",
                "Cette demande date de plus de {count} jours : elle ne se corrige plus. Rien n’a été modifié.",
                back_dating,
            ).format(count=back_dating)
        )


def wrong_clock(today: date, latest: date, words: Words) -> str:
    """Why nothing is noted while the log has inquiries of a day to come."""
    _ = words.gettext
    return _(
        "Ce poste se croit le {today}, mais une demande est notée le {latest}. Rien n’a été noté. Vérifiez l’horloge "
        "du poste ; si c’est l’autre date qui est fausse, retirez ses demandes dans le journal."
    ).format(today=_in_words(today, words), latest=_in_words(latest, words))


def _in_words(day: date, words: Words) -> str:
    return format_date(day, "d MMMM y", locale=words.language)
