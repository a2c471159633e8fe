"""Which figures of a table stay hidden, so that nobody can be recognised in it.

A cell of fewer than `K` inquiries is hidden (primary suppression), with as many others as it takes that
no hidden cell can be computed from the total (secondary suppression). After Hundepool et al., *Statistical
Disclosure Control* (Wiley, 2012), with one turn: the others are not the smallest, as is usual. Whoever knows
that rule can undo it: of 6, 6, 4 with the first and last hidden, smallest-first leaves exactly one reading.
They are taken by their place in the list, from its end, which says nothing about what they hold.
"""

from collections.abc import Collection, Sequence
from typing import Final

K: Final = 5
"""The threshold inside the house: a shown cell counts 0, or at least this many inquiries."""


def hidden(
    counts: Sequence[int], base: int | None = None, k: int = K, also: Collection[int] = ()
) -> frozenset[int] | None:
    """The positions of `counts` to hide, or None when the whole table has to be withheld.

    The order of `counts` must not depend on the counts. `base` is how many inquiries the table is about,
    where that is not their sum (an inquiry may name two audiences). Nothing is shown of a base under 2 `k`,
    nor when all that could still be shown are zeros. Zeros are never hidden. `also` are positions that another
    table hides; none of them is 0.

    Whoever knows the total, `k` and this function finds at least `k` - 1 values for every hidden cell.
    """
    base = sum(counts) if base is None else base
    if base == 0:
        return frozenset()
    if base < 2 * k:
        return None
    covered = [place for place, count in enumerate(counts) if 0 < count < k or place in also]
    if not covered:
        return frozenset()
    others = [place for place, count in enumerate(counts) if count >= k and place not in also]
    while not ambiguous([counts[place] for place in covered], k):
        if not others:
            return None
        covered.append(others.pop())
    return frozenset(covered) if others else None


def ambiguous(cells: Sequence[int], k: int = K) -> bool:
    """Whether the sum of these hidden `cells` leaves each one open.

    Two cells at least and 2 `k` inquiries; enough above one each that any of them could reach `k`; and,
    where all are small, enough below `k` - 1 each that any could be 1 (else 4 + 4 + 4 = 12 gives all away).
    """
    total, number = sum(cells), len(cells)
    low_enough = max(cells, default=0) >= k or total <= number * (k - 1) - (k - 2)
    return number >= 2 and total >= max(2 * k, number + k - 1) and low_enough
