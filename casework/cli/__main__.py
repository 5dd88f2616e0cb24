"""`python -m casework.cli`: what the command `casework` of the virtual environment runs."""

import sys

from casework.cli import main

if __name__ == "__main__":
    sys.exit(main())
