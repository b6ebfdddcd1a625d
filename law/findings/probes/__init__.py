"""Which facts may be missing, the groups of rules that look at each, and values to try for it."""

from law.findings.probes.days import DAYS
from law.findings.probes.land import LAND
from law.findings.probes.ore import ORE
from law.findings.probes.outcome import OUTCOME
from law.findings.probes.shape import Probe

PROBES: tuple[Probe, ...] = (*ORE, *DAYS, *LAND, *OUTCOME)

__all__ = ["PROBES", "Probe"]
