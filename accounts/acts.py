"""The shape of the procedure: rows of acts that buttons and guards both ask.

A row says which act, by which posts, from which states to which, what must be there first, and
under which article. `open_to` feeds the buttons, `require` is the first line of each service,
`deeds.save` asks `check_landing`: there is no second copy of "who may" or "where to".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from accounts import roles
from accounts.models import Posting, TrailEntry, local_today
from common.errors import Forbidden, Refused

NAMED = 3  # of the states in which an act is open, as many as a refusal says


@dataclass(frozen=True)
class Need:
    """Something that must be there first: how to see it, how to say it, where to fill it in, and by
    which acts; `forbids` is the law's own sentence where it is a prohibition (…，不能…)."""

    label: str
    met: Callable
    anchor: str = ""
    article: str = ""
    by: tuple[str, ...] = ()
    forbids: str = ""


class LandedElsewhere(RuntimeError):
    """A service brought a thing into a state that its act's row doesn't name: the service, or the
    row, is wrong. Nothing of the deed is kept."""


@dataclass(frozen=True)
class Act:
    """One deed of the procedure. `typists` may enter a leader's paper approval (线下签批). `proxies` are
    posts of another office that may do it where `thing.proxy_office_ids()` names that office (代录).

    `after` are the states it may lead to: several where circumstances decide, none where the state
    stays as it is; one alone may be written without brackets. `outcome` says for the printed procedure
    what it leads to where the thing's own state can't tell. `at` is the section of the thing's page
    where the act is offered, instead of among the next acts; `verb` the word on its button where a
    thing waits for it on the desk; `grave` draws it as what is not done lightly; `plain` says that it
    needs nothing but its reason: service, form, page and address follow from the row. `not_by` names acts
    whose doer may not do this one, `not_of` fields of the thing whose person may not, `only_by` acts whose
    last doer alone may: who proposes takes back.
    `receivers` are the posts that do it at the office to which the thing is owed (its `upper`).
    `instead_of` names the approval on whose page this is another answer, `said` that answer in a word.
    """

    name: str
    label: str
    stage: str
    roles: frozenset
    before: tuple[str, ...] = ()
    after: tuple[str, ...] | str = ()
    needs: tuple[Need, ...] = ()
    not_by: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    only_by: tuple[str, ...] = ()
    typists: frozenset = frozenset()
    proxies: frozenset = frozenset()
    article: str = ""
    note: str = ""
    outcome: str = ""
    at: str = ""
    verb: str = ""
    grave: bool = False
    plain: bool = False
    receivers: frozenset = frozenset()
    instead_of: str = ""
    said: str = "同意"

    def __post_init__(self):
        if isinstance(self.after, str):
            object.__setattr__(self, "after", (self.after,) if self.after else ())

    @property
    def on_paper(self) -> bool:
        """Whether a leader may give it on paper and somebody else type it."""
        return bool(self.typists)

    @property
    def landing(self) -> str:
        """The state it leads to; ValueError where that depends on circumstances."""
        (state,) = self.after
        return state

    def check_landing(self, was: str | None, now: str | None) -> None:
        """Raise LandedElsewhere unless the act may lead from `was` to `now`."""
        if now not in self.after if self.after else now != was:
            raise LandedElsewhere(f"{self.name}: {was} -> {now}, the table says {self.after or 'no change'}")


@dataclass(frozen=True)
class Openness:
    """Whether an act is open to a person on a thing, and if not, what is missing."""

    act: Act
    posting: Posting | None
    missing: tuple[tuple[str, str], ...] = ()
    sentence: str = ""

    @property
    def ok(self) -> bool:
        """Open now."""
        return self.posting is not None and not self.sentence and not self.missing

    @property
    def is_typed(self) -> bool:
        """Whether this person would only type what a leader signed on paper."""
        return self.posting is not None and self.act.on_paper and self.posting.role not in self.act.roles


@dataclass(frozen=True)
class ActTable:
    """All acts on one kind of thing, in the order of the work. `states` maps code to label.

    `others` begin such a thing, or are done to it by the deed of another app: who may is asked there.
    """

    subject: str
    title: str
    states: dict
    acts: tuple[Act, ...] = field(default_factory=tuple)
    others: tuple[Act, ...] = ()

    def get(self, name: str) -> Act:
        """The act of this name; KeyError if the table has none."""
        return self._by_name[name]

    def answers(self, name: str) -> tuple[Act, ...]:
        """The answers that a leader may give on the page of the act `name`: approving it, then the others."""
        first = self.get(name).instead_of or name
        return (self.get(first), *(act for act in self.acts if act.instead_of == first))

    @cached_property
    def _by_name(self) -> dict:
        return {act.name: act for act in self.acts}

    def openness(self, name: str, user, thing) -> Openness:
        """Whether `user` may do the act on `thing` now, and what is missing if not."""
        act = self.get(name)
        posting = posting_under(act, user, thing)
        if posting is None:
            return Openness(act, None)
        if act.before and thing.state not in act.before:
            return Openness(act, posting, (), self._not_in(thing.state, act))
        if act.only_by and not prepared_last(act, user, thing):
            return Openness(act, None, (), f"{act.label}只由提出的人自己办理。")
        if posting.role in act.roles and (part := own_part(act, user, thing)):
            return Openness(act, posting, (), f"您是{part}，{act.label}须由另一人办理{_others(act, thing)}。")
        if posting.role in act.roles and not act.typists and (doer := own_preparation(act, user, thing)):
            return Openness(act, posting, (), f"您已{doer}，{act.label}须由另一人办理。")
        lacking = [need for need in act.needs if not need.met(thing)]
        missing = tuple((need.label, need.anchor) for need in lacking)
        return Openness(act, posting, missing, said_of(lacking))

    def _not_in(self, state: str, act: Act) -> str:
        """That the act isn't open in this state, and in which it is."""
        named = "".join(f"“{self.states.get(each, each)}”" for each in act.before[:NAMED])
        others = "等" if len(act.before) > NAMED else ""
        return f"现在是“{self.states.get(state, state)}”，不能{act.label}；{named}{others}时才能办。"

    def open_to(self, user, thing) -> list[Openness]:
        """The acts of a state that this person's posts may do, open ones first."""
        rows = [
            self.openness(act.name, user, thing)
            for act in self.acts
            if not act.before or thing.state in act.before
        ]
        return sorted((row for row in rows if row.posting), key=lambda row: not row.ok)

    def require(self, name: str, user, thing) -> Posting:
        """The posting under which `user` does the act.

        Raises Forbidden without a fitting post, Refused in the wrong state, with something
        missing, or where the same person prepared what is now to be approved.
        """
        row = self.openness(name, user, thing)
        if row.posting is None:
            codes = (row.act.roles or row.act.proxies) | row.act.receivers
            posts = "、".join(role.label for code, role in roles.ROLES.items() if code in codes)
            raise Forbidden(row.sentence or f"{row.act.label}由{posts}办理，您没有这个岗位。")
        if row.sentence:
            raise Refused(row.sentence, row.missing)
        return row.posting


def said_of(lacking: list[Need]) -> str:
    """What is missing, what the law forbids without it, and by which articles; "" where nothing is."""
    if not lacking:
        return ""
    articles = "；".join(dict.fromkeys(need.article for need in lacking if need.article))
    return "".join(
        [
            f"还缺：{'、'.join(need.label for need in lacking)}。",
            *dict.fromkeys(need.forbids for need in lacking),
            f"依据：{articles}。" if articles else "",
        ]
    )


def posting_under(act: Act, user, thing) -> Posting | None:
    """The posting under which `user` may do `act` on `thing`; None without a fitting post.

    Who holds both a leader's and a typist's post acts as the leader; for another office acts only
    who can't for the thing's own.
    """
    return (
        posting_for(user, act.roles, thing)
        or _receiving(user, act.receivers, thing)
        or posting_for(user, act.typists, thing)
        or (_proxy_for(user, act.proxies, thing) if act.proxies else None)
    )


def _receiving(user, codes, thing) -> Posting | None:
    """The posting at the office that gets what `thing` is; nobody gets what is their own."""
    upper = getattr(thing, "upper_id", None)
    if not codes or upper is None or upper == thing.agency.pk:
        return None
    held = (posting for posting in user.current_postings if posting.agency_id == upper)
    return next((posting for posting in held if posting.role in codes), None)


def _proxy_for(user, codes, thing) -> Posting | None:
    held = [posting for posting in user.current_postings if posting.role in codes]
    offices = thing.proxy_office_ids() if held else ()
    return next((posting for posting in held if posting.agency_id in offices), None)


def posting_for(user, codes, thing) -> Posting | None:
    """The posting of today that has one of `codes` and stands where `thing` may be acted on."""
    for posting in user.current_postings:
        if posting.role in codes and stands_at(posting, thing):
            return posting
    return None


def stands_at(posting, thing) -> bool:
    """Whether a posting's agency may act on `thing` (own, above, in its tree, or by grant)."""
    agency = thing.agency
    if agency is None:
        return False
    stands = roles.ROLES[posting.role].stands
    if stands == "own":
        return posting.agency_id == agency.pk
    if stands == "origin":
        return posting.agency_id == getattr(thing, "origin_agency_id", None)
    if stands == "above":
        owed_here = getattr(thing, "upper_id", None) == posting.agency_id
        below = agency.path.startswith(posting.agency.path)
        return posting.agency_id != agency.pk and (below or owed_here)
    if stands == "tree":
        return agency.path.startswith(posting.agency.path)
    if stands == "granted":
        return posting.agency_id in thing.granted_agency_ids()
    return False


def own_preparation(act: Act, user, thing) -> str:
    """The label of a preparing act that this person did on `thing`, or nothing."""
    if not act.not_by:
        return ""
    entry = _last(act.not_by, thing, actor=user)
    return entry.label if entry else ""


def own_part(act: Act, user, thing) -> str:
    """As what this person has a part in `thing` that keeps them from the act (承办人), or nothing."""
    parts = (name for name in act.not_of if getattr(thing, f"{name}_id") == user.pk)
    return next((thing._meta.get_field(name).verbose_name for name in parts), "")


def _others(act: Act, thing) -> str:
    """Who of the thing's office may do the act, after a colon; or that nobody may."""
    held = Posting.objects.in_force(local_today()).filter(role__in=act.roles, agency=thing.agency)
    barred = {getattr(thing, f"{name}_id") for name in act.not_of} - {None}
    able = held.exclude(user__in=barred).order_by("user__name")
    names = dict.fromkeys(able.values_list("user__name", flat=True))
    return f"：{'、'.join(names)}" if names else "，本单位现在没有别人有这个岗位"


def prepared_last(act: Act, user, thing) -> bool:
    """Whether this person did the preparing act, and nobody did it again since."""
    entry = _last(act.only_by, thing)
    return entry is not None and entry.actor_id == user.pk


def _last(names, thing, **more) -> TrailEntry | None:
    entries = TrailEntry.objects.filter(
        subject_kind=thing._meta.label_lower, subject_id=thing.pk, act__in=names, **more
    )
    return entries.order_by("-seq").first()
