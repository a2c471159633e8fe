"""PointInfo: find the answer, print it, note the inquiry, at a municipal information counter."""

__version__ = "0.1.0"
