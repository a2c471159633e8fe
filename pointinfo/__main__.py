"""`python -m pointinfo` is `pointinfo`."""

import sys

from pointinfo.cli import main

sys.exit(main())
