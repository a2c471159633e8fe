"""Speed against the floors: `python -m tests.speed` builds a large counter once and prints ratios in one run."""
