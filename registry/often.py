"""Which violations an office names most often: its lists begin with them. The apps above count their own.

    register(lambda agency: Counter(…))     codes and how many of the office's things name each

stands in an app's receivers.py; each makes one query.
"""

from collections import Counter
from collections.abc import Callable

from accounts.models import Agency

COUNTERS: list[Callable[[Agency], Counter]] = []


def register(count: Callable[[Agency], Counter]) -> None:
    """Add a counter; a second time changes nothing."""
    if count not in COUNTERS:
        COUNTERS.append(count)


def named_by(agency: Agency) -> Counter:
    """Codes of violations and how often the office's things name each."""
    return sum((count(agency) for count in COUNTERS), Counter())
