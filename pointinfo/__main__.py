"""`python -m pointinfo` is `pointinfo`."""

import sys

from pointinfo.cli import main

if __name__ == "__main__":
    sys.exit(main())
