"""Telephone numbers, addresses and links in a text that runs from right to left: they keep their own order."""

import re
from typing import Final

from pointinfo.leaflets import bidi

_LATIN: Final = "A-Za-zÀ-ɏ"
_ISOLATED: Final = re.compile(
    r"[\u2066-\u2068][^\u2066-\u2069]*\u2069"  # what an editor has set apart stays as it is
    r"|\d{1,2}[:.]\d\d(?:\s*[-–]\s*\d{1,2}[:.]\d\d)?(?![\d.])"  # hours run as the language does
    rf"|(?:[\d{_LATIN}+][\w{_LATIN}.,;:/?&=#%@+°’'()\-  ]*)?[{_LATIN}](?:[\w{_LATIN}.,;:/?&=#%@+°’'()\-  ]*[\w/)])?"
    r"|\+?\(?\d[\d() ./'’-]*[  /.'’-][\d() ./'’-]*\d",
    re.ASCII,
)
"""An isolate; words in Latin letters with the figures among them: an address, a name, a link; figures in groups."""
_AS_IT_IS: Final = re.compile(r"[\u2066-\u2068].*|\d{1,2}[:.]\d\d(?:\s*[-–]\s*\d{1,2}[:.]\d\d)?")


def set_apart(text: str) -> str:
    """`text` with every number in groups, address, e-mail and link isolated (U+2066 … U+2069)."""
    return _ISOLATED.sub(lambda match: _apart(match.group()), text)


def _apart(found: str) -> str:
    if _AS_IT_IS.fullmatch(found):
        return found
    kept = found
    while kept.endswith(")") and kept.count(")") > kept.count("("):
        kept = kept[:-1]  # it closes what was opened before
    if kept.count("(") > kept.count(")"):
        return found  # its bracket closes beyond it, around letters of the other direction
    return bidi.isolated_ltr(kept) + found[len(kept) :]
