"""Getting a directory in and out: tables, standards, our own lines; what comes in is looked at before it counts."""
