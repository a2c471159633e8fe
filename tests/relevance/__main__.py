"""Prints the tables: hit@1, hit@3 and MRR by kind and language, French word pairs, and what was missed.

By words alone; where the extra `meaning` is installed, beside that with meaning.
"""

import sys
import tempfile
from pathlib import Path

from pointinfo.desk import open_desk
from tests.relevance import french_pairs
from tests.relevance.judged import Answered, answered, queries, shares


def main(files: list[str]) -> None:
    """Answer every judged query on the demonstration directory."""
    with tempfile.TemporaryDirectory() as home:
        desk = open_desk(Path(home))
        ways = {"words": [answered(desk, judged) for judged in queries(*files)]}
        if desk.directory.sense is not None:
            ways["words and meaning"] = [answered(desk, judged, by_meaning=True) for judged in queries(*files)]
        desk.close()
    print(f"{'':21}" + "".join(f"{way:>28}" for way in ways))
    print(f"{'kind':16}{'n':>5}" + f"{'hit@1':>12}{'hit@3':>8}{'MRR':>8}" * len(ways))
    for row in zip(*map(shares, ways.values()), strict=True):
        figures = "".join(f"{one.first:12.2f}{one.third:8.2f}{one.reciprocal:8.2f}" for one in row)
        print(f"{row[0].kind:16}{row[0].asked:5}{figures}")
    _say_pairs()
    for way, answers in ways.items():
        _say_what_is_wrong(way, answers)


def _say_pairs() -> None:
    print(f"\n{'French word pairs':30}{'matched':>12}{'mistaken':>12}")
    for way, found in (("as the search compares", french_pairs.finds), ("as spelled", french_pairs.as_spelled)):
        measured = french_pairs.figures(found)
        matched = f"{measured.same - len(measured.missed)} of {measured.same}"
        print(f"{way:30}{matched:>12}{f'{len(measured.mistaken)} of {measured.apart}':>12}")
    measured = french_pairs.figures()
    print("missed: " + ", ".join(f"{query} ~ {text}" for query, text in measured.missed))
    print("mistaken: " + ", ".join(f"{query} ~ {text}" for query, text in measured.mistaken))


def _say_what_is_wrong(way: str, answers: list[Answered]) -> None:
    print(f"\n{way}:")
    nothing = [one for one in answers if not one.judged.relevant]
    if nothing:
        quiet = sum(not one.confident for one in nothing)
        print(f"questions without an answer: {quiet} of {len(nothing)} get no confident result")
    for one in answers:
        if one.judged.relevant and not 0 < one.rank <= 3:
            print(f"missed [{one.judged.kind} {one.judged.lang}] {one.judged.query!r}: {', '.join(one.first)}")
        elif not one.judged.relevant and one.confident:
            print(f"confident [{one.judged.kind} {one.judged.lang}] {one.judged.query!r}: {', '.join(one.first)}")


if __name__ == "__main__":
    main(sys.argv[1:])
