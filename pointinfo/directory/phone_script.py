"""What to say on the phone when an entry is checked: who calls and why, then one question for each fact."""

from collections.abc import Sequence
from typing import NamedTuple

from pointinfo.config import Settings
from pointinfo.database.schema import Entry
from pointinfo.directory import card
from pointinfo.directory.hours import Calendar
from pointinfo.i18n import Words


class Question(NamedTuple):
    """What to ask, and what the entry says: `facts` to be read aloud, empty where it says nothing yet."""

    text: str
    facts: tuple[str, ...]


class Script(NamedTuple):
    """A call from the first word to the last."""

    opening: str
    questions: tuple[Question, ...]
    closing: str


def script(entry: Entry, author: str, settings: Settings, words: Words, calendar: Calendar) -> Script:
    """The call about an entry. Only public facts: whoever answers may not be who one thinks."""
    _ = words.gettext
    counter = settings.counter_name or _("Point info")
    opening = _(
        "Bonjour, ici {counter}. Nous renseignons le public sur «{name}». "
        "Auriez-vous deux minutes pour vérifier ce que nous en disons ?"
    )
    if author:
        opening = _(
            "Bonjour, {author}, du {counter}. Nous renseignons le public sur «{name}». "
            "Auriez-vous deux minutes pour vérifier ce que nous en disons ?"
        )
    asked = (*_asked(entry, words, calendar), Question(_("Y a-t-il autre chose que le public devrait savoir ?"), ()))
    return Script(
        opening.format(author=author, counter=counter, name=entry.name),
        asked,
        _("Merci beaucoup. Nous vous rappellerons dans quelques mois."),
    )


def _asked(entry: Entry, words: Words, calendar: Calendar) -> Sequence[Question]:
    _ = words.gettext
    known = {fact.label: fact.lines for fact in card.facts(entry, words, calendar)}
    summary = entry.wording(words.language).summary
    helps = entry.kind in ("service", "activity")
    lines = (
        # what is known, how to ask for it, how to ask where it isn't; "" where that need not be asked
        ((summary,) if summary else (), _("Proposez-vous toujours ceci ?"), _("Que proposez-vous ?")),
        (known.get(_("Quand"), ()), _("Vos horaires sont-ils toujours ceux-ci ?"), _("Quels sont vos horaires ?")),
        (known.get(_("Où"), ()), _("Est-ce toujours à cette adresse ?"), _("Où faut-il se rendre ?")),
        (
            known.get(_("Pour qui"), ()),
            _("Est-ce toujours pour ces personnes ?"),
            _("À qui vous adressez-vous, à quelles conditions ?") if helps else "",
        ),
        (known.get(_("Comment faire"), ()), _("Faut-il toujours s’y prendre ainsi ?"), ""),
        (known.get(_("À apporter"), ()), _("Faut-il toujours apporter cela ?"), ""),
        (
            known.get(_("Prix"), ()),
            _("Le prix est-il toujours celui-ci ?"),
            _("Combien cela coûte-t-il ?") if helps else "",
        ),
        (known.get(_("Langues"), ()), _("Parlez-vous toujours ces langues ?"), _("Quelles langues parlez-vous ?")),
        (
            (*known.get(_("Site internet"), ()), *known.get(_("Courriel"), ())),
            _("Votre site et votre courriel sont-ils toujours ceux-ci ?"),
            _("Avez-vous un site ou un courriel que nous pouvons donner ?"),
        ),
    )
    return [Question(still if facts else missing, tuple(facts)) for facts, still, missing in lines if facts or missing]
