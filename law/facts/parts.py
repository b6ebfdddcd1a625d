"""The parts of a case: parties, acts, land, ore by batch, steps, decisions, earlier penalties."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from law.facts.times import Moment

NOTHING = "none"
"""A thing to be confiscated or pulled down that does not exist (as against: not done, not known)."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who did it; `identified` is False for 当事人不明. `age` at the time of the act, in years."""

    name: str = ""
    kind: str = ""
    identified: bool = True
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """A violation by its code, with the days on which it began and ended where they differ."""

    code: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of the ore: sold (its proceeds in 元) or not (its market value in 元).

    Whether its value is an estimate and in which special area it was mined are the case's where a
    part doesn't say so itself.
    """

    quantity: Decimal | None = None
    value: Decimal | None = None
    income: Decimal | None = None
    mineral: str | None = None
    estimated: bool | None = None
    special_area: bool | tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Land:
    """Land of one class, in 平方米; `destroyed` is 种植条件严重毁坏 (林草: 毁坏), `black_m3` in 立方米."""

    land_class: str | None = None
    area: Decimal | None = None
    conform: bool | None = None
    destroyed: bool | None = None
    black_soil: bool | None = None
    black_m3: Decimal | None = None
    forest: str | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier act that nobody has punished: its day, the value of its ore (元), its land."""

    on: date
    value: Decimal | None = None
    land: tuple[Land, ...] = ()


@dataclass(frozen=True, slots=True)
class Prior:
    """An earlier penalty: the day it was decided, and what for. Whoever decided it."""

    on: date
    what: str | None = None
    served: bool = True
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A penalty on one party: amounts in 元; things taken True, False, NOTHING or unknown.

    `structures` are pulled down, given back as they were, or confiscated: `buildings` says the last of
    these alone; `soil` is black soil and what else is taken of goods. `ore` is how much ore is taken (in
    the unit of the case's quantity; None: not said), `acts` are the violations that are fined (empty: not
    said), `fines` how much for each (code, 元), where all of the fine is told apart so. `revokes`: a licence
    (吊销). `excused` are the confiscations that it takes less of for a written reason.
    """

    fine: Decimal | None = None
    income: Decimal | None = None
    minerals: bool | str | None = None
    tools: bool | str | None = None
    structures: bool | str | None = None
    buildings: bool | None = None
    soil: bool | str | None = None
    revokes: bool = False
    excused: frozenset[str] = frozenset()
    ore: Decimal | None = None
    acts: frozenset[str] = frozenset()
    fines: tuple[tuple[str, Decimal], ...] = ()
    mitigation: str = ""
    party: str = ""
    on: Moment | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """When each step was done; a step without a day was not recorded."""

    found: Moment | None = None
    filed: Moment | None = None
    noticed: Moment | None = None
    decided: Moment | None = None
    served: Moment | None = None
    referral_approved: Moment | None = None
    referred: Moment | None = None
    police_filed: Moment | None = None
    police_declined: Moment | None = None
    freed: Moment | None = None
    carried_out: Moment | None = None
    handed_over: Moment | None = None
    joined: Moment | None = None
    closed: Moment | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The last look on the ground (核查): whether it was true, went on, was stopped (None: not known)."""

    on: date
    judgment: str = ""
    true: bool | None = None
    ongoing: bool = False
    stopped: bool | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the record says by itself: in words, by which article where there is one, since which day."""

    words: str
    article: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """The days of a decision that stands: made, first served on a party, first paid on."""

    on: date | None = None
    served: date | None = None
    paid: date | None = None


@dataclass(frozen=True, slots=True)
class Fined:
    """The fines of one decision on one party together, in 元: on a person or a unit, on which day."""

    person: bool
    amount: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Unweighed:
    """A decision that stands, with no 法制审核 (or no 集体讨论) on record that came on or before its day.

    `heavy` is whether its own content asks for one; whether one of its fines is large a figure says.
    """

    on: date
    heavy: bool = False
    fined: tuple[Fined, ...] = ()


@dataclass(frozen=True, slots=True)
class Sending:
    """The days of a referral: approved, sent, received, answered, given back one of five ways."""

    approved: date | None = None
    sent: date | None = None
    received: date | None = None
    answered: date | None = None
    freed: date | None = None


@dataclass(frozen=True, slots=True)
class Native:
    """What only a case kept in the system knows; `deeds` are the recorded acts, by name.

    `undone` are the things to be taken, pulled down or restored of which nobody recorded that it was done
    (None: not looked at), `unpaid` is what is still to be paid on them in 元: too much on one pays no other.
    `unreviewed` and `undiscussed` are the decisions made without 法制审核, without 集体讨论 before them.
    `unserved` are the parties on whom a decision that stands was not served.
    `officers` is how many of its two handlers held a valid certificate on the day asked about, `handlers`
    how many are named; `found` is whether any area or quantity was found; `closed` also speaks for
    old files without day or ground of their closing.
    """

    unreviewed: tuple[Unweighed, ...] = ()
    undiscussed: tuple[Unweighed, ...] = ()
    unfiled: tuple[Told, ...] = ()
    overdue: tuple[Told, ...] = ()
    soft_passed: tuple[Told, ...] = ()
    revoked: tuple[Told, ...] = ()
    edited: tuple[Told, ...] = ()
    reopened: tuple[Told, ...] = ()
    deeds: frozenset[str] = field(default_factory=frozenset)
    look: Look | None = None
    officers: int | None = None
    undone: tuple[str, ...] | None = None
    unpaid: Decimal | None = None
    unserved: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    sendings: tuple[Sending, ...] = ()
    found: bool | None = None
    handlers: int | None = None
    closed: bool = False
