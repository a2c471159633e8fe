"""Leaflets: what a sheet says, how it is typeset."""

from pointinfo.leaflets.guard import Caution
from pointinfo.leaflets.languages import LANGUAGES
from pointinfo.leaflets.leaflets import Enclosure, Leaflet, Leaflets

__all__ = ["LANGUAGES", "Caution", "Enclosure", "Leaflet", "Leaflets"]
