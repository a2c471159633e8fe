"""High contrast: where a person has asked the system for it, the system's own colours win over any look of ours."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette


@cache
def forced_palette() -> QPalette | None:
    """The system's colours when high contrast is on, else None. Asked once, before the window wears a look."""
    hints = QGuiApplication.styleHints()  # what it hands out lives no longer than it
    asked = hints.accessibility().contrastPreference()
    return QGuiApplication.palette() if asked == Qt.ContrastPreference.HighContrast else None


def tokens(palette: QPalette) -> dict[str, QColor]:
    """The look's colours from the system's: text on ground, one colour for what is chosen, edges as strong as text.

    Meaning needs no colour of its own: each state has its word.
    """
    role = QPalette.ColorRole
    ground, ink = palette.color(role.Base), palette.color(role.Text)
    chosen, on_chosen = palette.color(role.Highlight), palette.color(role.HighlightedText)
    if ratio(chosen, ground) < 4.5 or ratio(chosen, on_chosen) < 4.5:
        chosen, on_chosen = ink, ground
    pale = mixed(chosen, ground, 0.2)
    strong = dict.fromkeys(("ink", "soft", "line", "edge", "open", "soon", "stop"), ink)
    plain = dict.fromkeys(("table", "sheet", "open_pale", "soon_pale", "stop_pale"), ground)
    return {
        **strong,
        **plain,
        "accent": chosen,
        "on_accent": on_chosen,
        "accent_pale": pale,
        "found": mixed(chosen, ground, 0.3),
    }


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than its ground."""
    return luminance(palette.color(QPalette.ColorRole.Text)) > luminance(palette.color(QPalette.ColorRole.Base))


def ratio(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2.2, from 0 for black to 1 for white."""
    channels = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """So much of `one` (0 to 1), the rest of `other`."""
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * (1 - share),
        one.greenF() * share + other.greenF() * (1 - share),
        one.blueF() * share + other.blueF() * (1 - share),
    )
