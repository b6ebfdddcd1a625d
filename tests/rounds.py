"""How often a race is run: enough to catch one in the suite, 200 times as a drill (RUN_DRILLS=1)."""

import os

ROUNDS = 200 if os.environ.get("RUN_DRILLS") == "1" else 60
