"""Where things lie: the resources shipped with the program, the home of a counter's data."""

import os
from pathlib import Path

import platformdirs


def resources() -> Path:
    """The shipped resources: `pointinfo/resources` in a wheel or a bundle, `resources` in a checkout."""
    inside = Path(__file__).parent / "resources"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "resources"


def default_home() -> Path:
    """`POINTINFO_HOME`, else the platform's place for a user's own data."""
    chosen = os.environ.get("POINTINFO_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("PointInfo", appauthor=False))
