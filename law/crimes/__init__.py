"""Whether a case reaches what makes it a suspected crime (刑法 arts 228, 342, 343): measures, no verdict.

Which test belongs to which violation: K21–K25 and K31 to 法释〔2016〕25号 art 3; K32 to art 6 alone;
K26 and K33 are not settled; every other K to neither. Land: 法释〔2000〕14号, 〔2012〕15号, 〔2023〕8号,
〔2025〕7号. Crimes of officials (刑法 410) go to supervision, not to public security, and aren't here.
"""

from law.crimes.land import land_measures
from law.crimes.measures import Measure
from law.crimes.mining import mining_measures
from law.crimes.repeats import illegal_mining_priors
from law.facts import Facts
from law.figures import Figures

__all__ = ["Measure", "illegal_mining_priors", "land_measures", "measures", "mining_measures"]


def measures(facts: Facts, figures: Figures) -> list[Measure]:
    """Every amount of a case held against the figure that holds there and then."""
    return [*mining_measures(facts, figures), *land_measures(facts, figures)]
