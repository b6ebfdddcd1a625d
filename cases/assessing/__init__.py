"""A case as the law looks at it: facts out of the tables, an office's figures beside the law's own.

    facts_of(case)                what is known of a case (law.facts.Facts); facts_of_all for many at once
    facts_with(case, draft)       the same with a decision that is still being written
    figures_in_force()            the law's figures with what offices entered (accounts.Standard)
    findings_of(case)             what the law finds in it; findings_of_all for many at once

Facts and figures are asked for the penalties that a decision may have (services/proposing.py); what
else will ask, in this order: the flags of a case (services/flags.py, in
place of suspicion, thresholds and offenders), the guards before a decision, a fine and a closing
(services/fines.py, confiscation.py, closing.py, by `law.gates.stops`), then the nightly sweep and the
page 历史案卷回头看. Until then services/thresholds.py and its neighbours decide.

What no table holds stays None (unknown is not zero), and what no act can record isn't asked for: `CARRIES`
leaves it out. A box that nobody ticked (黑土地, 特殊区域) says nothing, a ticked one says yes.
"""

from cases.assessing.facts import CARRIES, facts_of, facts_of_all, facts_with, penalties_of
from cases.assessing.figures import figures_in_force
from cases.assessing.findings import findings_of, findings_of_all

__all__ = [
    "CARRIES",
    "facts_of",
    "facts_of_all",
    "facts_with",
    "figures_in_force",
    "findings_of",
    "findings_of_all",
    "penalties_of",
]
