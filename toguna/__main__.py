"""``python -m toguna`` is the command ``toguna``."""

from toguna.cli import main

raise SystemExit(main())
