"""Run the command line as `python -m palvelupolku`."""

import sys

from palvelupolku.cli import main

sys.exit(main())
