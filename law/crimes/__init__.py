"""Whether a case reaches what makes it a suspected crime (刑法 arts 228, 342, 343): tests, no verdict.

Which test belongs to which violation: K21–K25 and K31 to 法释〔2016〕25号 art 3; K32 to art 6 alone;
K26 (art 3) and K33 (art 6) are not settled; every other K to neither. Several violations are judged each
by its own tests. Land: 法释〔2000〕14号, 〔2012〕15号, 〔2023〕8号,
〔2025〕7号. Crimes of officials (刑法 410) go to supervision, not to public security, and aren't here.
"""

from law.crimes.land import land_tests
from law.crimes.mining import mining_tests
from law.crimes.repeats import illegal_mining_priors
from law.crimes.thresholds import ThresholdTest
from law.facts import Facts
from law.figures import Figures

__all__ = ["ThresholdTest", "illegal_mining_priors", "land_tests", "threshold_tests", "mining_tests"]


def threshold_tests(facts: Facts, figures: Figures) -> list[ThresholdTest]:
    """Every amount of a case held against the figure that holds there and then."""
    return [*mining_tests(facts, figures), *land_tests(facts, figures)]
