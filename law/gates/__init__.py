"""Gates: what stops a deed, as a table. The button, the guard and the printed page ask the same rows.

`stops(draft, …)` names what stands in the way of a deed about to be done. A gate that is not armed
stops nothing: no act records its facts yet; `remarks` says what it would say.
"""

from law.gates.decision import unsettled
from law.gates.shape import Asked, Draft, Gate, Stop
from law.gates.table import GATES, armed, gate, remarks, stops, stops_by_record, unarmed, unchecked

__all__ = [
    "GATES",
    "Asked",
    "Draft",
    "Gate",
    "Stop",
    "armed",
    "gate",
    "remarks",
    "stops",
    "stops_by_record",
    "unarmed",
    "unchecked",
    "unsettled",
]
