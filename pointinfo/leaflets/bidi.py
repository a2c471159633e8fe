"""The order of text that runs both ways: embedding levels and reordering (Unicode Standard Annex #9).

One paragraph at a time. An index is a place in the text as it is read, a level is even where a text runs from left to
right and odd where it runs from right to left.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Direction = Literal["ltr", "rtl"]

DEEPEST: Final = 125
"""The highest explicit level (BD2)."""
MOST_BRACKETS: Final = 63
"""Open brackets that are remembered (BD16)."""

LTR_ISOLATE: Final = "\N{LEFT-TO-RIGHT ISOLATE}"
FIRST_STRONG_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
POP_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"

_OPENING: Final = "([{༺༼᚛⁅⁽₍⌈⌊❨❪❬❮❰❲❴⟅⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦍⦏⦑⦓⦕⦗⧘⧚⧼⸢⸤⸦⸨〈《「『【〔〖〘〚﹙﹛﹝（［｛｟｢"
_CLOSING: Final = ")]}༻༽᚜⁆⁾₎⌉⌋❩❫❭❯❱❳❵⟆⟧⟩⟫⟭⟯⦄⦆⦈⦊⦌⦐⦎⦒⦔⦖⦘⧙⧛⧽⸣⸥⸧⸩〉》」』】〕〗〙〛﹚﹜﹞）］｝｠｣"
CLOSING: Final = dict(zip(_OPENING, _CLOSING, strict=True))
"""Paired brackets (Unicode's BidiBrackets.txt), but for U+2329, which is canonically U+3008."""

_CANONICAL: Final = {"\u2329": "\u3008", "\u232a": "\u3009"}
_OPENS: Final = frozenset(CLOSING)
_CLOSES: Final = frozenset(CLOSING.values())
_ISOLATES: Final = frozenset({"LRI", "RLI", "FSI"})
_EMBEDDINGS: Final = frozenset({"LRE", "RLE", "LRO", "RLO"})
_REMOVED: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
_TURNING: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRI", "FSI"})
_TRAILING: Final = frozenset({"WS", "LRI", "RLI", "FSI", "PDI", *_REMOVED})


class _Status(NamedTuple):
    level: int
    override: str
    isolate: bool


class _RunSequence(NamedTuple):
    """An isolating run sequence (BD13): its direction and what stands before and after it, each L or R."""

    places: list[int]
    embedding: str
    start: str
    end: str


def isolated(text: str) -> str:
    """`text` so that what stands around it leaves its order alone: a telephone number, an address, a name."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def isolated_ltr(text: str) -> str:
    """The same for what always runs from left to right, such as a number in groups."""
    return f"{LTR_ISOLATE}{text}{POP_ISOLATE}"


@lru_cache(maxsize=4096)
def kind(character: str) -> str:
    """The bidirectional class; what Unicode has not assigned runs from left to right."""
    return unicodedata.bidirectional(character) or "L"


def runs_both_ways(text: str) -> bool:
    """Whether anything in `text` can run from right to left, or sets a part of it apart."""
    return not text.isascii() and any(kind(character) in _TURNING for character in text)


def levels(text: str, base: int) -> list[int]:
    """The level of each character in a paragraph of level `base` (0 or 1): rules X1–X8, W1–W7, N0–N2, I1–I2."""
    kinds = [kind(character) for character in text]
    resolved = kinds[:]
    matches = _matches(kinds)
    found = _explicit(text, kinds, resolved, matches, base)
    for sequence in _sequences(kinds, found, matches, base):
        own = [resolved[place] for place in sequence.places]
        _resolve_weak(own, sequence.start)
        _resolve_brackets([text[place] for place in sequence.places], kinds, sequence, own)
        _resolve_neutral(own, sequence)
        for place, its_kind in zip(sequence.places, own, strict=True):
            found[place] += _raised(its_kind, odd=bool(found[place] & 1))
    for place, its_kind in enumerate(kinds):
        if its_kind in _REMOVED:
            found[place] = found[place - 1] if place else base
    return found


def line_levels(text: str, found: Sequence[int], start: int, end: int, base: int) -> list[int]:
    """The levels of a line: white space at its end runs with the paragraph (L1)."""
    line = list(found[start:end])
    trailing = True
    for place in range(end - 1, start - 1, -1):
        its_kind = kind(text[place])
        if its_kind in {"B", "S"}:
            trailing = True
            line[place - start] = base
        elif its_kind in _TRAILING:
            if trailing:
                line[place - start] = base
        else:
            trailing = False
    return line


def visual_order(line: Sequence[int]) -> list[int]:
    """The indices of what has these levels as it stands from left to right (L2)."""
    order = list(range(len(line)))
    lowest_odd = min((level for level in line if level & 1), default=0)
    if not lowest_odd:
        return order
    for level in range(max(line), lowest_odd - 1, -1):
        place = 0
        while place < len(order):
            end = place
            while end < len(order) and line[order[end]] >= level:
                end += 1
            order[place:end] = order[place:end][::-1]
            place = end + 1
    return order


def _matches(kinds: Sequence[str]) -> dict[int, int]:
    """Where the isolate that is opened at a place is closed again (BD9)."""
    opened: list[int] = []
    matches: dict[int, int] = {}
    for place, its_kind in enumerate(kinds):
        if its_kind in _ISOLATES:
            opened.append(place)
        elif its_kind == "PDI" and opened:
            matches[opened.pop()] = place
    return matches


def _first_strong(kinds: Sequence[str], start: int, end: int) -> int:
    """The level that the first strong character asks for, isolates skipped (P2, P3)."""
    depth = 0
    for place in range(start, end):
        its_kind = kinds[place]
        if its_kind in _ISOLATES:
            depth += 1
        elif its_kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and its_kind in {"L", "R", "AL"}:
            return 0 if its_kind == "L" else 1
    return 0


def _explicit(text: str, kinds: Sequence[str], resolved: list[str], matches: dict[int, int], base: int) -> list[int]:
    """The levels that embeddings and isolates ask for (X1–X8); overrides go into `resolved`."""
    found = [base] * len(text)
    stack = [_Status(base, "", isolate=False)]
    lost_isolates = lost_embeddings = open_isolates = 0
    for place, its_kind in enumerate(kinds):
        level, override, isolate = stack[-1]
        found[place] = level
        if its_kind in _EMBEDDINGS or its_kind in _ISOLATES:
            inner = its_kind in _ISOLATES
            if inner and override:
                resolved[place] = override
            odd = its_kind[0] == "R" or (
                its_kind == "FSI" and _first_strong(kinds, place + 1, matches.get(place, len(kinds))) == 1
            )
            deeper = (level + 1) | 1 if odd else (level + 2) & ~1
            if deeper <= DEEPEST and not lost_isolates and not lost_embeddings:
                open_isolates += inner
                stack.append(_Status(deeper, {"RLO": "R", "LRO": "L"}.get(its_kind, ""), inner))
            elif inner:
                lost_isolates += 1
            elif not lost_isolates:
                lost_embeddings += 1
        elif its_kind == "PDI":
            if lost_isolates:
                lost_isolates -= 1
            elif open_isolates:
                lost_embeddings = 0
                while not stack.pop().isolate:
                    pass
                open_isolates -= 1
            found[place] = stack[-1].level
            if stack[-1].override:
                resolved[place] = stack[-1].override
        elif its_kind == "PDF":
            if lost_isolates:
                continue
            if lost_embeddings:
                lost_embeddings -= 1
            elif not isolate and len(stack) > 1:
                stack.pop()
        elif its_kind == "B":
            found[place] = base
        elif override and its_kind != "BN":
            resolved[place] = override
    return found


def _sequences(kinds: Sequence[str], found: Sequence[int], matches: dict[int, int], base: int) -> list[_RunSequence]:
    """The isolating run sequences with what they begin and end at (X9, X10)."""
    kept = [place for place, its_kind in enumerate(kinds) if its_kind not in _REMOVED]
    position = {place: index for index, place in enumerate(kept)}
    runs: list[list[int]] = []
    for place in kept:
        if runs and found[runs[-1][-1]] == found[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    by_first = {run[0]: run for run in runs}
    closers = set(matches.values())
    sequences = []
    for run in runs:
        if kinds[run[0]] == "PDI" and run[0] in closers:
            continue  # goes on a sequence that an isolate left open
        sequence = list(run)
        while kinds[sequence[-1]] in _ISOLATES and matches.get(sequence[-1]) in by_first:
            sequence += by_first[matches[sequence[-1]]]
        level = found[sequence[0]]
        before = position[sequence[0]] - 1
        after = position[sequence[-1]] + 1
        previous = found[kept[before]] if before >= 0 else base
        last_opens = kinds[sequence[-1]] in _ISOLATES
        following = base if last_opens or after == len(kept) else found[kept[after]]
        sequences.append(
            _RunSequence(sequence, _side(level), _side(max(level, previous)), _side(max(level, following)))
        )
    return sequences


def _resolve_weak(own: list[str], start: str) -> None:
    strong = previous = start
    for index, its_kind in enumerate(own):  # W1–W3
        if its_kind == "NSM":
            its_kind = "ON" if previous in _ISOLATES or previous == "PDI" else previous  # noqa: PLW2901
        previous = its_kind
        if its_kind in {"R", "L", "AL"}:
            strong = its_kind
        elif its_kind == "EN" and strong == "AL":
            its_kind = "AN"  # noqa: PLW2901
        own[index] = its_kind
    own[:] = ["R" if its_kind == "AL" else its_kind for its_kind in own]
    for index in range(1, len(own) - 1):  # W4
        before, after = own[index - 1], own[index + 1]
        if before == after and (
            (own[index] in {"ES", "CS"} and before == "EN") or (own[index] == "CS" and before == "AN")
        ):
            own[index] = before
    index = 0
    while index < len(own):  # W5
        end = index
        while end < len(own) and own[end] == "ET":
            end += 1
        if end > index and ((index and own[index - 1] == "EN") or (end < len(own) and own[end] == "EN")):
            own[index:end] = ["EN"] * (end - index)
        index = max(end, index + 1)
    strong = start
    for index, its_kind in enumerate(own):  # W6, W7
        if its_kind in {"ES", "ET", "CS"}:
            own[index] = "ON"
        elif its_kind in {"R", "L"}:
            strong = its_kind
        elif its_kind == "EN" and strong == "L":
            own[index] = "L"


def _resolve_brackets(characters: Sequence[str], kinds: Sequence[str], sequence: _RunSequence, own: list[str]) -> None:
    """A pair of brackets runs as what it encloses (N0)."""
    for opening, closing in _pairs(characters, own):
        inside = {_strong(its_kind) for its_kind in own[opening + 1 : closing]} - {""}
        if sequence.embedding in inside:
            chosen = sequence.embedding
        elif inside:
            before = next(
                (_strong(its_kind) for its_kind in reversed(own[:opening]) if _strong(its_kind)), sequence.start
            )
            chosen = before if before in inside else sequence.embedding
        else:
            continue
        for bracket in (opening, closing):
            own[bracket] = chosen
            for index in range(bracket + 1, len(own)):
                if kinds[sequence.places[index]] != "NSM":
                    break
                own[index] = chosen


def _pairs(characters: Sequence[str], own: Sequence[str]) -> list[tuple[int, int]]:
    """Brackets that belong together, by the place of the opening one (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for index, character in enumerate(characters):
        if own[index] != "ON":
            continue
        bracket = _CANONICAL.get(character, character)
        if bracket in _OPENS:
            if len(opened) == MOST_BRACKETS:
                break
            opened.append((CLOSING[bracket], index))
        elif bracket in _CLOSES:
            for place in range(len(opened) - 1, -1, -1):
                if opened[place][0] == bracket:
                    pairs.append((opened[place][1], index))
                    del opened[place:]
                    break
    return sorted(pairs)


def _resolve_neutral(own: list[str], sequence: _RunSequence) -> None:
    """What has no direction takes that of both its neighbours, or the paragraph's (N1, N2)."""
    index = 0
    while index < len(own):
        if own[index] not in _NEUTRAL:
            index += 1
            continue
        stop = index
        while stop < len(own) and own[stop] in _NEUTRAL:
            stop += 1
        before = _strong(own[index - 1]) if index else sequence.start
        after = _strong(own[stop]) if stop < len(own) else sequence.end
        own[index:stop] = [before if before == after else sequence.embedding] * (stop - index)
        index = stop


def _raised(its_kind: str, *, odd: bool) -> int:
    """What a resolved class adds to its level (I1, I2)."""
    if odd:
        return 0 if its_kind == "R" else 1
    return {"L": 0, "R": 1}.get(its_kind, 2)


def _strong(its_kind: str) -> str:
    """L or R, numbers counting as R; "" for what is neutral."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(its_kind, "")


def _side(level: int) -> str:
    return "R" if level & 1 else "L"
