"""The counter's window, in Qt Widgets."""
