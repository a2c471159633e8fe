"""The tables that the migrations make are the ones the code works with."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.database.schema import Base

TABLES = sorted(Base.metadata.tables)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database as the migrations leave it."""
    path = tmp_path_factory.mktemp("migrated") / "pointinfo.sqlite"
    Database(path, i18n.words("fr")).close()
    engine = create_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def declared() -> Iterator[Engine]:
    """A database as the declared classes would make it."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def shape(engine: Engine, table: str) -> dict[str, Any]:
    """Columns with type and nullability, keys and uniqueness of a table, as SQLite itself tells them."""
    with engine.connect() as connection:
        columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").mappings().all()
        references = connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})").mappings().all()
    unique = inspect(engine).get_unique_constraints(table)
    return {
        # A float is FLOAT to SQLAlchemy 2.0 and DOUBLE to 2.1; SQLite makes no difference (REAL affinity).
        "columns": {
            column["name"]: (column["type"].replace("DOUBLE", "FLOAT"), bool(column["notnull"])) for column in columns
        },
        "primary key": [column["name"] for column in sorted(columns, key=lambda column: column["pk"]) if column["pk"]],
        "foreign keys": {tuple(key[part] for part in ("from", "table", "to", "on_delete")) for key in references},
        "unique": {tuple(constraint["column_names"]) for constraint in unique},
    }


@pytest.mark.parametrize("table", TABLES)
def test_a_migrated_table_is_the_declared_one(table: str, migrated: Engine, declared: Engine) -> None:
    assert shape(migrated, table) == shape(declared, table)


def test_the_migrations_make_nothing_that_the_code_does_not_know(migrated: Engine) -> None:
    made = set(inspect(migrated).get_table_names())
    search = {name for name in made if name.startswith("entry_words")} | {"entry_dirty"}
    assert made - search == set(TABLES)


def test_what_may_be_confidential_is_marked_internal() -> None:
    entry = Base.metadata.tables["entry"]
    assert {column.name for column in entry.columns if column.info.get("internal")} == {
        column.name for column in entry.columns if column.name.startswith("internal_")
    }
