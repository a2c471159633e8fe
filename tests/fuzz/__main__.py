"""`python -m tests.fuzz [N] [--target NAME] [--seed SEED]`: N files, each looked through as an import does.

By atheris, which follows the branches a file takes, where it is asked for with --atheris; else mutations of sound
files, drawn from a seed, so that a failure is found again. A file that ends otherwise than with a report or a
sentence is kept in `build/fuzz` and ends the run with 1.
"""

import argparse
import random
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from tests.fuzz.mutations import mutated
from tests.fuzz.targets import TARGETS, Bench, Target

A_BENCH = 500
"""Files that one counter sees: every twentieth is brought in, so that later ones meet what is there already."""

KEPT = Path(__file__).parent.parent.parent / "build" / "fuzz"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 when every file ended well."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1_000, metavar="N")
    parser.add_argument("--target", choices=[target.name for target in TARGETS], action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true", help="follow branches; needs atheris")
    options = parser.parse_args(arguments)
    chosen = [target for target in TARGETS if not options.target or target.name in options.target]
    if options.atheris:
        return _with_atheris(chosen, options.count)
    draw = random.Random(options.seed)
    ended: Counter[str] = Counter()
    started = perf_counter()
    seeds = {target.name: target.seeds() for target in chosen}
    for first in range(0, options.count, A_BENCH):
        with Bench() as bench:
            for number in range(first, min(first + A_BENCH, options.count)):
                target = chosen[number % len(chosen)]
                data = mutated(draw, seeds[target.name])
                try:
                    ended[f"{target.name} {bench.try_bytes(target, data, bring_in=number % 20 == 0)}"] += 1
                except Exception:
                    ended[f"{target.name} CRASH"] += 1
                    traceback.print_exc()
                    print(f"kept: {_keep(target, data)}", file=sys.stderr)
    took = perf_counter() - started
    print(
        f"{options.count:,} files in {took:.0f} s: " + ", ".join(f"{n:,} {what}" for what, n in sorted(ended.items()))
    )
    return int(any("CRASH" in what for what in ended))


def _keep(target: Target, data: bytes) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{sha256(data).hexdigest()[:16]}{target.suffix}"
    file.write_bytes(data)
    return file


def _with_atheris(chosen: list[Target], count: int) -> int:
    """Ends the process: libFuzzer does."""
    import atheris

    bench = Bench()

    def one(data: bytes) -> None:
        target = chosen[data[0] % len(chosen)] if data else chosen[0]
        try:
            bench.try_bytes(target, data[1:])
        except Exception:
            print(f"kept: {_keep(target, data[1:])}", file=sys.stderr)
            raise

    corpus = KEPT / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, target in enumerate(chosen):
        for place, seed in enumerate(target.seeds()):
            (corpus / f"{target.name}-{place}").write_bytes(bytes([number]) + seed)
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-runs={count}", "-max_len=60000", str(corpus)], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
