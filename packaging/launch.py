"""Where the packaged program starts; `.venv/bin/pointinfo` starts at the same function."""

import sys

from pointinfo.cli import main

if __name__ == "__main__":
    sys.exit(main())
