"""What stops a decision by the law's own table (`law.gates`): sentence and article are the gate's.

Those before a fine and before what is left out of a confiscation stand beside it (fines.py, confiscation.py).
"""

from dataclasses import replace

from cases import assessing
from cases.assessing.outcome import Draft as Content
from cases.models import Case
from common.errors import Refused
from law.findings import Level
from law.gates import GATES, Draft, stops
from law.gates.shape import DECISION

# 当事人不明; each party's own penalty; the fine's interval; 时效; what the province decides.
ASKED = tuple(gate for gate in GATES if gate.code in ("G16", "G16b", "G21", "G29d", "G35"))
DISCUSSED = "集体讨论"


def refuse_decision(case: Case, content: Content, advice: str = "") -> None:
    """Refuse a decision that a gate of the law stops; a fine below the least passes with a ground of 减轻
    (行政处罚法 arts 30, 32) and 集体讨论 named in its basis."""
    # No fine at all isn't judged: 没收 may be decided first, and a fine may follow.
    drafted = tuple(replace(each, fine=each.fine or None) for each in assessing.penalties_of(case, content))
    discussed = DISCUSSED in (content.basis or "")
    draft = Draft(DECISION, decisions=drafted, discussed=discussed)
    stopping = [stop for stop in stops(assessing.held_of(case), draft, ASKED) if stop.level == Level.BLOCK]
    if stopping:
        said = "".join(stop.sentence for stop in stopping)
        articles = "；".join(dict.fromkeys(stop.article for stop in stopping))
        raise Refused(f"{said}依据：{articles}。{advice}", (("处罚项", "items"),))
