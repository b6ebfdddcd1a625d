"""Earlier penalties that make an act graver: which ones count."""

from datetime import date
from decimal import Decimal

from law.crimes.thresholds import within_years
from law.facts import Facts, Prior
from law.figures import Figures

ILLEGAL_MINING = frozenset({"illegal_mining"})
FARMLAND_KINDS = frozenset({"illegal_farmland", "illegal_grassland"})
GRASSLAND = frozenset({"illegal_grassland"})


def counting(facts: Facts, kinds: frozenset[str], years: Decimal | None) -> list[Prior]:
    """Penalties of some kinds decided before the new act began and at most `years` before it ended;
    only what was served and not revoked, whoever decided it. Counted back from the act, not from its
    discovery (法释〔2016〕25号 art 3①(三))."""
    began = facts.acts_from or facts.acts_ended
    # A continuing act is held against its beginning: it has no end yet.
    ended = facts.acts_ended or (facts.acts_from if facts.continuing else None)
    if began is None or ended is None or years is None:
        return []
    return [prior for prior in facts.prior_penalties or () if _counts(prior, kinds, began, ended, years)]


def _counts(prior: Prior, kinds: frozenset[str], began: date, ended: date, years: Decimal) -> bool:
    standing = prior.served and not prior.revoked and prior.what in kinds
    return standing and prior.on < began and within_years(prior.on, ended, years)


def illegal_mining_priors(facts: Facts, figures: Figures) -> list[Prior]:
    """Penalties for 非法采矿 within the two years of art 3①(三)."""
    return counting(facts, ILLEGAL_MINING, figures.value("crime_repeat_years"))
