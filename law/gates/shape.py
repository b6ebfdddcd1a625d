"""A gate, a deed about to be done, and what a gate says of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from law.facts import Decision, Facts
from law.findings import Case
from law.findings.codes import Level
from law.places import lies_in

# Deeds that gates stand before
FILING, NON_FILING, INQUIRY, MEASURE, REVIEW = "filing", "non_filing", "inquiry", "measure", "review"
UNFILED = "unfiled"  # a clue settled otherwise than by 立案 or 不予立案
NOTICE, HEARING, DECISION, PUBLICITY = "notice", "hearing", "decision", "publicity"
EXECUTION, COURT, REFERRAL, CLOSING, INSPECTION = "execution", "court", "referral", "closing", "inspection"
DEEDS = {
    FILING: "立案",
    NON_FILING: "不予立案",
    UNFILED: "线索的其他处理",
    INQUIRY: "调查取证",
    MEASURE: "采取措施",
    REVIEW: "法制审核",
    NOTICE: "告知",
    HEARING: "听证",
    DECISION: "处罚决定",
    PUBLICITY: "公开",
    EXECUTION: "执行",
    COURT: "申请法院强制执行",
    REFERRAL: "移送公安机关",
    CLOSING: "结案",
    INSPECTION: "入企检查",
}
COUNTY, PREFECTURE, PROVINCE = "county", "prefecture", "province"


@dataclass(frozen=True, slots=True)
class Draft:
    """A deed about to be done, with what is written down for it.

    `opted_out` are confiscations left out for a written reason (kind → reason): each covers its own
    gap. `confirmed` are those of them that 法制 has confirmed. `conditions` are the five of 办法 art 16:
    met, not met, None where nobody found out. `grantor`: the deciding office says that it granted the right.
    `unreviewed` and `undiscussed` are why a decision must be reviewed or discussed, while it isn't recorded;
    `review_articles` is what calls its kinds 重大.
    """

    deed: str
    decisions: tuple[Decision, ...] = ()
    reason: str = ""
    conditions: tuple[bool | None, ...] = ()
    opted_out: dict[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    discussed: bool = False
    unreviewed: tuple[str, ...] = ()
    review_articles: tuple[str, ...] = ()
    undiscussed: tuple[str, ...] = ()
    lighter: bool = False
    level: str = COUNTY
    grantor: bool = False
    measure: str = ""
    closing: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A case and a draft; `decided` is the case as it would stand with the draft's penalties."""

    case: Case
    draft: Draft

    @property
    def facts(self) -> Facts:
        """The case's facts."""
        return self.case.facts

    @property
    def decided(self) -> Case:
        """The case with the penalties of the draft beside those that stand."""
        facts = self.facts.varied(decisions=(*self.facts.decisions, *self.draft.decisions))
        return Case(facts, self.case.figures, self.case.calendar)

    @property
    def on(self) -> date:
        """The day of the deed."""
        return self.draft.on or self.facts.as_of

    def did(self, deed: str) -> bool:
        """Whether an act is recorded, for cases kept in the system."""
        return bool(self.facts.native and deed in self.facts.native.deeds)


@dataclass(frozen=True, slots=True)
class Said:
    """What a check adds to its gate's sentence, and to its article where the case has one of its own."""

    more: str
    article: str = ""


# What a check answers: None, False or "" lets pass, True stops, a text or Said stops and says more.
Check = Callable[[Asked], bool | str | Said | None]


@dataclass(frozen=True, slots=True)
class Gate:
    """A row: where it stands, how hard, in which words, by which article, where and when it holds."""

    code: str
    at: tuple[str, ...]
    sentence: str
    article: str
    check: Check
    level: Level = Level.BLOCK
    armed: bool = True
    region: str = ""
    since: date | None = None
    until: date | None = None
    sure: bool = True

    def holds(self, asked: Asked) -> bool:
        """Whether it stands before this deed, in this place, on this day."""
        return (
            asked.draft.deed in self.at
            and lies_in(asked.facts.region, self.region)
            and (self.since is None or self.since <= asked.on)
            and (self.until is None or asked.on <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Stop:
    """What a gate says: its sentence, with the article that travels to button, message and page."""

    gate: Gate
    sentence: str
    level: Level
    article: str

    @property
    def text(self) -> str:
        """Sentence and article as one line."""
        return f"{self.sentence}依据：{self.article}。"


def stop_of(gate: Gate, answer: bool | str | Said, level: Level | None = None) -> Stop:
    """What a gate says where its check answered so; its own article stands behind the case's."""
    said = answer if isinstance(answer, Said) else Said(answer if isinstance(answer, str) else "")
    article = "；".join(dict.fromkeys([*filter(None, said.article.split("；")), *gate.article.split("；")]))
    return Stop(gate, gate.sentence + said.more, level or gate.level, article)
