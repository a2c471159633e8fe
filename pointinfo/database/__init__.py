"""The counter's one SQLite file: engine and pragmas, schema, migrations, backup."""

from pointinfo.database.engine import Database

__all__ = ["Database"]
