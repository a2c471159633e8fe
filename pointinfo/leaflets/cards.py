"""One entry as it stands on a sheet: its name, its facts beside their labels, its hours, its QR code."""

import re
from itertools import zip_longest
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets import fonts, qrcode
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.content import Fact, SheetEntry
from pointinfo.leaflets.line_breaking import natural_width, text_lines
from pointinfo.leaflets.look import Look
from pointinfo.leaflets.shaping import Side, direction, side
from pointinfo.leaflets.structure import Element
from pointinfo.leaflets.typesetting import CheckBox, Framed, Paragraph, address, paragraphs
from pointinfo.leaflets.week_grid import week_grids

_LONGEST_URI: Final = 2_000  # characters; what is longer is no address
_CHECK_INDENT: Final = 5 * mm
_FACT_SPACE: Final = 2.2
_BEFORE_VALUE: Final = 3 * mm
_WHOLE_BELOW: Final = 0.6  # of the page: an entry no higher than this stays on one
_ISOLATES: Final = "\N{LEFT-TO-RIGHT ISOLATE}\N{POP DIRECTIONAL ISOLATE}"
_PICTOGRAMS: Final = {
    "warning": "⚠",
    "whom": "👤",
    "conditions": "✔",
    "how": "➜",
    "see_first": "➜",
    "bring": "📄",
    "cost": "💰",
    "where": "📍",
    "stop": "🚋",
    "phone": "☎",
    "web": "🌐",
    "email": "✉",
    "languages": "💬",
    "accessibility": "♿",
    "sessions": "📅",
    "hours": "🕒",
}
"""By the key of a fact; the words beside it say the same (WCAG 2.2, 1.4.5)."""
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_])")


def card(entry: SheetEntry, hours_label: str, closed_word: str, look: Look, section: Element) -> Flowable:
    """The text of an entry with its QR code beside it."""
    return _Card(entry, hours_label, closed_word, look, section).flowable()


def mirrored(language: str) -> bool:
    """Whether what stands at the left elsewhere stands at the right."""
    return direction(language) == "rtl"


class _Card:
    """Sets one entry in one look."""

    def __init__(self, entry: SheetEntry, hours_label: str, closed_word: str, look: Look, section: Element) -> None:
        self._entry = entry
        self._hours_label = hours_label
        self._closed_word = closed_word
        self._look = look
        self._section = section
        self._side = side(section.language)
        """Where lines begin, whatever their own language: a column has one edge."""

    def flowable(self) -> Flowable:
        entry, look, section = self._entry, self._look, self._section
        text = paragraphs(
            entry.name,
            look.name,
            section,
            tag="H2",
            keep_with_next=True,
            bookmark=1,
            language=entry.name_lang,
            side=self._side,
        )
        text += self._prose(entry.summary, section, entry.summary_lang, space_before=0.5 * mm)
        code = self._code()
        facts = section.add("L")
        rows = [self._fact(fact, facts.add("LI")) for fact in entry.facts]
        if entry.hours or entry.hours_note:
            rows.append(self._hours(facts.add("LI")))
        rows += [self._fact(fact, facts.add("LI")) for fact in entry.contact]
        for row in rows[:1]:
            row.spaceBefore = 2 * mm
        untranslated = paragraphs(entry.untranslated, look.small, section, space_before=1.5 * mm)
        closing = " · ".join(part for part in (entry.kind, entry.checked, entry.source) if part)
        checked = paragraphs(closing, look.small, section, space_before=1.5 * mm)
        beside = [Column(look.width - look.code, look.code, code)] if code else []
        return Columns(
            [Column(0, look.text, [*text, *rows, *untranslated, *checked]), *beside],
            whole_below=_WHOLE_BELOW * look.page[1],
            mirrored=mirrored(section.language),
        )

    def _code(self) -> list[Flowable]:
        """The QR code with its caption; nothing where there is nothing to hold, or too much."""
        entry, look, section = self._entry, self._look, self._section
        if not entry.qr_payload or not qrcode.fits(entry.qr_payload):
            return []
        words = " – ".join(part for part in ("QR", entry.name, entry.qr_caption) if part)
        figure = section.add("Figure", alternative=fonts.unsteered(fonts.printable(words)))
        edge: Side = "left" if mirrored(section.language) else "right"
        code = qrcode.QrCode(entry.qr_payload, figure, widest=look.code, side=edge)
        return [code, *paragraphs(entry.qr_caption, look.small._replace(align="end"), section)]

    def _prose(self, text: str, parent: Element, language: str, space_before: float = 0) -> list[Flowable]:
        """A text somebody wrote; in an easy design a line for each sentence."""
        lines = [line for whole in text_lines(text) for line in self._ideas(whole)]
        return [
            each
            for number, line in enumerate(lines)
            for each in paragraphs(
                line,
                self._look.body,
                parent,
                space_before=0 if number else space_before,
                language=language,
                side=self._side,
            )
        ]

    def _ideas(self, line: str) -> list[str]:
        return _SENTENCE_ENDS.split(line) if self._look.design.easy else [line]

    def _fact(self, fact: Fact, item: Element) -> Columns:
        """The label, and beside it each line in the fact's own manner."""
        look = self._look
        style = look.labels
        if fact.style == "phone" and not look.design.stacked:
            style = style._replace(leading=look.phone.leading)
        labels = paragraphs(self._named(fact.label, fact.key), style, item, tag="Lbl")
        body = item.add("LBody")
        parent = body.add("L") if fact.style == "checklist" else body
        values = [
            self._value(fact, line, parent, lang)
            for text, lang in zip_longest(fact.lines, fact.langs, fillvalue="")
            for whole in text_lines(text)
            for line in (self._ideas(whole) if fact.style == "text" else [whole])
        ]
        return self._labelled(labels, values, item)

    def _named(self, label: str, key: str) -> str:
        mark = _PICTOGRAMS.get(key, "") if self._look.design.easy else ""
        return f"{mark} {label}" if mark and not fonts.missing_characters(mark) else label

    def _value(self, fact: Fact, line: str, parent: Element, lang: str) -> Flowable:
        look = self._look
        match fact.style:
            case "phone":
                return self._phone(line, parent.add("P"))
            case "link":
                uri = address(line.strip(_ISOLATES))
                if len(uri) > _LONGEST_URI:
                    return Paragraph(line, look.body, parent.add("P"))
                return Paragraph(line, look.body, parent.add("P").add("Link"), target=uri, side=self._side)
            case "warning":
                return Framed(
                    Paragraph(line, look.strong, parent.add("P", language=lang), language=lang, side=self._side), "bar"
                )
            case "checklist":
                body = parent.add("LI").add("LBody")
                words = Paragraph(line, look.body, body, language=lang, side=self._side)
                indent = _CHECK_INDENT * look.ratio
                box = CheckBox(look.body, side=side(parent.language))
                columns = [Column(0, indent, [box]), Column(indent, look.value - indent, [words])]
                return Columns(columns, mirrored=mirrored(parent.language))
            case "text":
                return Paragraph(line, look.body, parent.add("P", language=lang), language=lang, side=self._side)

    def _phone(self, line: str, role: Element) -> Flowable:
        """The number large and on one line, what it is for («022 418 81 81 (secrétariat)») smaller beside it."""
        look = self._look
        printed, opening, purpose = line.partition(" (")
        width = natural_width(f"{printed} ", look.phone, role.language)
        if not opening or width > look.value / 2:
            return Paragraph(line, look.phone, role)
        beside = look.body._replace(leading=look.phone.leading)
        columns = [
            Column(0, width, [Paragraph(f"{printed} ", look.phone, role)]),
            Column(width, look.value - width, [Paragraph(f"({purpose}", beside, role)]),
        ]
        return Columns(columns, mirrored=mirrored(role.language))

    def _hours(self, item: Element) -> Columns:
        """The opening hours: a grid for each season, and the note that says what no grid can."""
        entry, look = self._entry, self._look
        label = look.labels
        if entry.hours and not look.design.stacked:
            label = label._replace(leading=look.times.leading)
        labels = paragraphs(self._named(self._hours_label, "hours"), label, item, tag="Lbl")
        body = item.add("LBody")
        values = week_grids(entry.hours, self._closed_word, look.value, body, look.times) if entry.hours else []
        values += paragraphs(entry.hours_note, look.body, body, space_before=1 * mm)
        values += paragraphs(entry.closure, look.strong, body, space_before=1 * mm)
        return self._labelled(labels, values, item)

    def _labelled(self, labels: list[Flowable], values: list[Flowable], item: Element) -> Columns:
        look = self._look
        space = _FACT_SPACE * look.ratio
        if look.design.stacked:
            return Columns([Column(0, look.text, [*labels, *values])], space_before=2 * space)
        return Columns(
            [Column(0, look.label - _BEFORE_VALUE, labels), Column(look.label, look.value, values)],
            space_before=space,
            mirrored=mirrored(item.language),
        )
