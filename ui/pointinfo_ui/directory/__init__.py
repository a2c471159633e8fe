"""The directory for those who keep it: entries, checks, proposals, duplicates, exchange, lists."""
