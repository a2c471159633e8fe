"""Leaflets: what a sheet says, how it is typeset."""

from pointinfo.leaflets.leaflets import Enclosure, Leaflet, Leaflets

__all__ = ["Enclosure", "Leaflet", "Leaflets"]
