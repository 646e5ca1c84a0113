"""`python -m kiosk SUBCOMMAND`."""

import sys

from kiosk.app.cli import main

sys.exit(main(sys.argv[1:]))
