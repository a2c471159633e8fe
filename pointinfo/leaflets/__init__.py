"""Leaflets: what a sheet says, how it is typeset."""

from pointinfo.leaflets.leaflets import Leaflet, Leaflets

__all__ = ["Leaflet", "Leaflets"]
