"""The program's own log: a small file in the home, for whoever has to find out what went wrong. Nothing personal."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


def to_file(home: Path) -> None:
    """Keep warnings and worse in `pointinfo.log`, two files of at most 500 kB."""
    handler = RotatingFileHandler(home / "pointinfo.log", maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
