"""Puts into every build what no commit holds there: compiled catalogues, resources inside the package."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourcesHook(BuildHookInterface[BuilderConfig]):
    """Before a wheel, an editable install or a source archive."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each `pointinfo.po` beside itself; ship `resources` unless `version` is editable.

        An editable install reads `resources` in the checkout: a copy in site-packages would only grow stale.
        """
        resources = Path(self.root) / "resources"
        for source in sorted(resources.glob("translations/*/LC_MESSAGES/pointinfo.po")):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"][str(resources)] = "pointinfo/resources"
