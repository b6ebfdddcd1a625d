"""The rules of counting that a campaign sets for itself: which there are, and what each may be.

Knows no database. A value stands in `Campaign.settings` under the rule's key; where none does, the
default holds. Who reads a rule asks the campaign (`counts_only_within`), never the dictionary.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One value of a rule: how the form sends it, how it is said, what it does to the ledger."""

    value: bool
    code: str
    label: str
    effect: str


@dataclass(frozen=True)
class CountingRule:
    """A rule of counting with its choices, the default first."""

    key: str
    label: str
    asked: str
    choices: tuple[Choice, ...]

    @property
    def default(self) -> bool:
        """What holds where nobody set it."""
        return self.choices[0].value

    def in_force(self, settings: dict) -> Choice:
        """The choice that a campaign's settings make."""
        chosen = settings.get(self.key, self.default)
        return next(choice for choice in self.choices if choice.value == chosen)

    def of_code(self, code: str) -> Choice | None:
        """The choice that a form sent; None where there is no such."""
        return next((choice for choice in self.choices if choice.code == code), None)


ONLY_WITHIN = CountingRule(
    key="counts_only_within",
    label="结转条目的数额",
    asked="专项行动开始以前就有的条目（结转），面积、罚没、吨数、人数怎样计入",
    choices=(
        Choice(
            True, "within", "只计专项行动期间的",
            "期间以前的认定、决定和拘留不计入各栏，在来源里标“未计入”。",
        ),
        Choice(
            False, "all", "期间以前的也计入",
            "结转条目从开始以来的全部数额都计入各栏。",
        ),
    ),
)  # fmt: skip
RULES = {rule.key: rule for rule in (ONLY_WITHIN,)}
