"""Why the system or a file was no use, in the reader's words: what libraries say of it is English."""

import errno
import re
import subprocess
from typing import Final

import msgspec

from pointinfo.i18n import N_, Words

_REASONS: Final = {
    N_("le disque est plein"): ("ENOSPC", "EDQUOT", "EFBIG"),
    N_("l’accès n’est pas permis"): ("EACCES", "EPERM"),
    N_("le disque ne peut être que lu"): ("EROFS",),
    N_("le dossier ou le fichier n’existe pas"): ("ENOENT", "ENOTDIR", "ENODEV", "ENXIO"),
    N_("un dossier porte déjà ce nom"): ("EISDIR", "EEXIST", "ENOTEMPTY"),
    N_("le nom est trop long ou n’est pas permis"): ("ENAMETOOLONG", "EINVAL", "EILSEQ"),
    N_("un autre programme l’occupe"): ("EBUSY", "ETXTBSY", "EAGAIN", "EDEADLK"),
    N_("le disque ne répond pas"): ("EIO",),
    N_("le réseau ne répond pas"): (
        *("ENETDOWN", "ENETUNREACH", "ENETRESET", "EHOSTDOWN", "EHOSTUNREACH"),
        *("ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "ETIMEDOUT", "ESTALE", "EREMOTEIO"),
    ),
}
_BY_NAME: Final = {name: reason for reason, names in _REASONS.items() for name in names}


def of_system(error: OSError | subprocess.SubprocessError, words: Words) -> str:
    """«le disque est plein»: a part of a sentence. What has no words of ours is told as the system says it."""
    _ = words.gettext
    if isinstance(error, subprocess.TimeoutExpired | TimeoutError):
        return _("pas de réponse")
    number = error.errno if isinstance(error, OSError) else None
    reason = _BY_NAME.get(errno.errorcode.get(number or 0, ""))
    return _(reason) if reason else str(getattr(error, "strerror", None) or error)


def of_content(error: Exception, words: Words, other: str) -> str:
    """«champ «kind», valeur inconnue «servce»»: what msgspec or UTF-8 found wrong with a file or a line of it.

    `other` is said of something that is no object with fields at all.
    """
    _ = words.gettext
    said = str(error)
    if not isinstance(error, msgspec.ValidationError):
        return _("ce n’est pas du JSON en UTF-8")
    if missing := re.search(r"missing required field `(.*?)`", said):
        return _("champ «{field}» absent").format(field=missing[1])
    if unknown := re.search(r"unknown field `(.*?)`", said):
        return _("champ «{field}» inconnu").format(field=unknown[1])
    place = re.search(r"at `\$\.(\w+)", said)
    if place is None:
        return other
    if value := re.search(r"enum value '?(.*?)'? - at", said):
        return _("champ «{field}», valeur inconnue «{word}»").format(field=place[1], word=value[1])
    return _("champ «{field}», valeur d’une autre sorte que prévu").format(field=place[1])
