"""How much of each field of other people's files becomes facts: `python -m tests.measure_exchange [FOLDER]`."""

import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pointinfo.database.schema import Base
from pointinfo.directory.exchange import data_inclusion, hsds, mednum, ohana
from pointinfo.directory.exchange.incoming import Reader, Understood
from pointinfo.directory.vocabulary import Resolver, bring_up_to_date
from pointinfo.i18n import Words, words

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
"""Files of other producers and the official schemas: beside the checkout, never in it."""

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the files of other producers and the official schemas are not in {SHARED}"
)
"""For tests that read them."""


class Source(NamedTuple):
    """A real file, and what opens it."""

    place: str
    opens: Callable[[Path, Resolver, Words], Reader]


SOURCES = (
    Source("imports/mednum_nouvelle-caledonie.json", mednum.open_mednum),
    Source("imports/mednum_gironde.json", mednum.open_mednum),
    Source("imports/mednum_maine-et-loire.json", mednum.open_mednum),
    Source("imports/mednum_epernay.json", mednum.open_mednum),
    Source("imports/bfc_mednum_ODbL.csv", mednum.open_mednum),
    Source("imports/datainclusion_v1_template_fixture.xlsx", data_inclusion.open_data_inclusion),
    Source("imports/ohana_sample_csv", ohana.open_ohana),
    Source("standards/hsds_3.0_examples_csv", hsds.open_hsds_package),
    Source("standards/hsds_3.0_service_full.json", hsds.open_hsds_json),
    Source("standards/hsds_3.0_organization_full.json", hsds.open_hsds_json),
)


class Measured(NamedTuple):
    """What came of one file."""

    source: str
    records: int
    fatal: int
    remarks: int
    hours: int
    fields: tuple[Understood, ...]

    @property
    def share(self) -> float:
        """Of all cells that said something, how many became facts."""
        filled = sum(each.filled for each in self.fields)
        return sum(each.taken for each in self.fields) / filled if filled else 0.0


def shipped_resolver() -> Resolver:
    """The shipped lists, without a counter."""
    from sqlalchemy import create_engine
    from sqlalchemy.orm import Session

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        bring_up_to_date(session)
        return Resolver(session)


def measured(source: Source, root: Path, resolver: Resolver) -> Measured:
    """Read one file to its end."""
    reader = source.opens(root / source.place, resolver, words("fr"))
    records = fatal = remarks = opening = 0
    for incoming in reader:
        records += 1
        fatal += any(remark.fatal for remark in incoming.remarks)
        remarks += len(incoming.remarks)
        opening += bool(incoming.record.hours) and not incoming.record.hours.startswith('"')
    return Measured(source.place, records, fatal, remarks, opening, reader.understood())


def lines(found: Measured) -> Iterator[str]:
    """The table of one file."""
    yield (
        f"\n{found.source}: {found.records} records ({found.fatal} can't come in), {found.remarks} remarks, "
        f"{found.hours} with opening hours, {found.share:.1%} of the cells understood"
    )
    for field, filled, taken, kept in found.fields:
        share = f"{taken / filled:7.1%}" if filled else "      –"
        yield f"  {share}  {taken:5} of {filled:5}, {kept:5} kept  {' '.join(field.split())[:66]}"


def main(root: Path) -> None:
    """Print the table of every file that is there."""
    resolver = shipped_resolver()
    for source in SOURCES:
        if (root / source.place).exists():
            tracemalloc.start()
            found = measured(source, root, resolver)
            peak = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            print("\n".join(lines(found)))
            print(f"  peak memory {peak:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
