"""The counter's one SQLite file: engine and pragmas, schema, migrations, backup."""

from pointinfo.database.engine import Database, plain_rows

__all__ = ["Database", "plain_rows"]
