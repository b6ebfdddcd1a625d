"""A case as the law looks at it: facts out of the tables, an office's figures beside the law's own.

    facts_of(case)                what is known of a case (law.facts.Facts); facts_of_all for many at once
    facts_with(case, draft)       the same with a decision that is still being written
    figures_in_force()            the law's figures with what offices entered (accounts.Standard)
    findings_of(case)             what the law finds in it; findings_of_all for many at once
    held_of(case)                 a case as the law's rules look at it
    looked_at(case)               both, with all that the house itself knows (natives.py)

Who asks: the flags of a case, by each deed and once a day (services/flags.py), why it must be referred
(services/suspicion.py), the penalties that a decision may have (services/proposing.py).

What no table holds stays None (unknown is not zero), and what no act can record isn't asked for: `CARRIES`
leaves it out. A question that nobody answered (黑土地, 特殊区域, 拒不改正 …) says nothing.
"""

from cases.assessing.facts import CARRIES, facts_of, facts_of_all, facts_with, penalties_of, read
from cases.assessing.figures import figures_in_force
from cases.assessing.findings import findings_of, findings_of_all, held_of, held_of_read, looked_at
from cases.assessing.sites import act_day

__all__ = [
    "CARRIES",
    "act_day",
    "facts_of",
    "facts_of_all",
    "facts_with",
    "figures_in_force",
    "findings_of",
    "findings_of_all",
    "held_of",
    "held_of_read",
    "looked_at",
    "penalties_of",
    "read",
]
