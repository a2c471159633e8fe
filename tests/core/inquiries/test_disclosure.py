"""Nobody can be recognised in a protected table, not even by one who knows how it is protected."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pointinfo.inquiries.disclosure import K, hidden

COUNTS = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 24)), min_size=1, max_size=7)


def readings(counts: Sequence[int], covered: frozenset[int], k: int) -> Iterator[tuple[int, ...]]:
    """Every table an attacker must reckon with: same total, same shown cells, and protected in the same way."""
    places = sorted(covered)
    total, number = sum(counts[place] for place in places), len(places)
    for cuts in combinations(range(1, total), number - 1):
        edges = (0, *cuts, total)
        table = list(counts)
        for place, low, high in zip(places, edges, edges[1:], strict=False):
            table[place] = high - low
        if hidden(table, k=k) == covered:
            yield tuple(table)


@settings(deadline=None)
@given(counts=COUNTS, k=st.sampled_from([3, 5]))
@example(counts=[6, 6, 4], k=5)
@example(counts=[5, 4, 4, 4], k=5)
@example(counts=[1] * 10 + [50], k=5)
def test_who_knows_the_rule_still_finds_several_values_for_every_hidden_cell(counts: list[int], k: int) -> None:
    covered = hidden(counts, k=k)
    assume(covered)
    assert covered
    total = sum(counts[place] for place in covered)
    assume(comb(total - 1, len(covered) - 1) <= 3000)
    tables = list(readings(counts, covered, k))
    for place in covered:
        assert len({table[place] for table in tables}) >= k - 1


@given(COUNTS)
def test_a_small_cell_is_never_shown(counts: list[int]) -> None:
    covered = hidden(counts)
    if covered is not None:
        shown = [count for place, count in enumerate(counts) if place not in covered]
        assert all(count == 0 or count >= K for count in shown)


@given(COUNTS)
def test_what_is_hidden_is_at_least_two_cells_and_twice_the_threshold(counts: list[int]) -> None:
    covered = hidden(counts)
    if covered:
        assert len(covered) >= 2
        assert sum(counts[place] for place in covered) >= 2 * K
        assert sum(counts[place] for place in covered) - len(covered) >= K - 1


@given(COUNTS, st.sets(st.integers(0, 6)))
def test_what_another_table_hides_is_hidden_here_too_and_not_alone(counts: list[int], elsewhere: set[int]) -> None:
    also = {place for place in elsewhere if place < len(counts) and counts[place]}
    covered = hidden(counts, also=also)
    if covered is not None:
        assert also <= covered
        assert not covered or (len(covered) >= 2 and sum(counts[place] for place in covered) >= 2 * K)


@given(COUNTS)
def test_a_zero_is_never_hidden(counts: list[int]) -> None:
    assert all(counts[place] for place in hidden(counts) or ())


@given(st.lists(st.integers(0, 3), min_size=1, max_size=3))
def test_a_small_base_shows_nothing(counts: list[int]) -> None:
    assert hidden(counts) == (None if any(counts) else frozenset())


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert hidden([400, 0, 12, 5]) == frozenset()
    assert hidden([400, 0, 0]) == frozenset()
    assert hidden([0, 0]) == frozenset()


def test_the_other_hidden_cell_is_the_last_of_the_list_whatever_it_holds() -> None:
    assert hidden([3, 8, 20, 30]) == frozenset({0, 3})
    assert hidden([3, 8, 20, 9]) == frozenset({0, 3})


def test_a_table_of_one_large_cell_and_a_small_one_is_withheld() -> None:
    assert hidden([400, 3, 0, 0]) is None


def test_small_cells_that_are_as_large_as_can_be_need_another() -> None:
    assert hidden([60, 70, 4, 4, 4]) == frozenset({1, 2, 3, 4})


def test_ten_cells_of_one_each_need_another() -> None:
    assert hidden([50, 60, *[1] * 10]) == frozenset({1, *range(2, 12)})


def test_the_base_counts_inquiries_even_where_they_name_two() -> None:
    assert hidden([8, 8], base=8) is None
    assert hidden([8, 8], base=12) == frozenset()
