"""What the world may do to us, said calmly: what happened, what is safe, what to do next.

Anything that is not a `PointInfoError` is a bug of ours and ends in a crash notice with a text to copy.
"""


class PointInfoError(Exception):
    """The world's fault. `str(error)` is one message for a person, already in their language."""

    exit_code = 1


class StorageError(PointInfoError):
    """The data folder or the database can't be used as it is; nothing in it was touched."""

    exit_code = 4


class StorageDamagedError(StorageError):
    """The database file is not a readable PointInfo database."""


class StorageNewerError(StorageError):
    """The database was written by a newer PointInfo."""


class StorageFullError(StorageError):
    """The disk has no room left; the transaction was rolled back."""


class AlreadyOpenError(PointInfoError):
    """Another window already works on this folder."""

    exit_code = 3


class SettingsError(PointInfoError):
    """The settings file can't be read; it was left as it is."""

    exit_code = 5


class InputError(PointInfoError):
    """What was asked for or handed in makes no sense; nothing was written."""

    exit_code = 2


class PrintingError(PointInfoError):
    """The printer did not take the sheet; the PDF is still there."""

    exit_code = 6
