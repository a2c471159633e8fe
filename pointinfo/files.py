"""Files written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Write beside `target`, then in its place: a power cut leaves the old file or the new one.

    Raises OSError; `target` is as it was then, and nothing is left beside it.
    """
    fresh = target.with_name(f".{target.name}.part")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
