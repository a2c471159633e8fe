"""Prints the tables: hit@1, hit@3 and MRR by kind and language, and what was missed."""

import sys
import tempfile
from pathlib import Path

from pointinfo.desk import open_desk
from tests.relevance.judged import answered, queries, shares


def main(files: list[str]) -> None:
    """Answer every judged query on the demonstration directory."""
    with tempfile.TemporaryDirectory() as home:
        desk = open_desk(Path(home))
        answers = [answered(desk, judged) for judged in queries(*files)]
        desk.close()
    print(f"{'kind':16}{'n':>5}{'hit@1':>8}{'hit@3':>8}{'MRR':>8}")
    for share in shares(answers):
        print(f"{share.kind:16}{share.asked:5}{share.first:8.2f}{share.third:8.2f}{share.reciprocal:8.2f}")
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
