import random
import unicodedata

import bidi as peer  # type: ignore[import-untyped]
import pytest

from pointinfo.leaflets.bidi import (
    isolated_ltr,
    levels,
    line_levels,
    runs_both_ways,
    visual_order,
)

LETTERS = "abéאבجدهو"
OTHERS = "12٣۴ ()[]{}<>«»,.:/+-%€#\u00a0\u0651\u200f\u200e"
ISOLATES = "\u2066\u2067\u2068\u2069\u2069"
EMBEDDINGS = "\u202a\u202b\u202c\u202c"


def shown(text: str, base: int) -> str:
    line = line_levels(text, levels(text, base), 0, len(text), base)
    return "".join(text[place] for place in visual_order(line))


def visible(text: str) -> str:
    """Without the characters that rule X9 takes out, whose place among the others means nothing."""
    return "".join(c for c in text if unicodedata.bidirectional(c) not in {"BN", "LRE", "RLE", "LRO", "RLO", "PDF"})


@pytest.mark.parametrize(
    ("alphabet", "count"),
    [
        (LETTERS + OTHERS, 10_000),
        (LETTERS + OTHERS + ISOLATES * 2, 10_000),
        (LETTERS + OTHERS + EMBEDDINGS, 5_000),
        ("אa1()[]\u0300", 5_000),
    ],
    ids=["numbers and brackets", "isolates", "embeddings", "nested brackets"],
)
def test_text_is_ordered_as_the_reference_orders_it(alphabet: str, count: int) -> None:
    chance = random.Random(alphabet)
    for _ in range(count):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randint(1, 28)))
        base = chance.randint(0, 1)
        expected = peer.get_display(text, base_dir="LR"[base])
        assert visible(shown(text, base)) == visible(expected), (ascii(text), base)


def test_a_bracket_asks_what_stands_before_it_not_what_an_isolate_holds() -> None:
    # By N0 the inner brackets run with the Hebrew letter; the peer asks the isolated Latin one.
    assert visible(shown("(\u05d0\u2067a\u2069(1))", 0)) == visible("()1(\u2069a\u2067\u05d0)")


def test_many_open_brackets_and_deep_isolates_end() -> None:
    text = "א" + "(" * 200 + "\u2067" * 200 + "a1" + "\u2069" * 200 + ")" * 200
    assert sorted(visual_order(levels(text, 1))) == list(range(len(text)))
    assert max(levels(text, 1)) <= 127


def test_a_telephone_number_keeps_its_order_in_arabic_when_it_is_isolated() -> None:
    bare, kept = "اتصلوا 022 420 52 00 اليوم", f"اتصلوا {isolated_ltr('022 420 52 00')} اليوم"
    assert "022 420 52 00" not in shown(bare, 1)
    assert "022 420 52 00" in shown(kept, 1)


def test_only_what_can_turn_costs_the_algorithm() -> None:
    assert not runs_both_ways("Rue du Cœur 12, 1204 Genève – «oui» (11:30)")
    assert runs_both_ways("Genève جنيف")
