"""The four traps of the clocks: when the court may be asked, and what is no clock at all.

(a) 限期拆除 on land occupied illegally: fifteen days to sue, sixty to ask for review, and three
months counted from the fifteenth day. (b) A deferred payment moves the start. (c) What goes on does
not lapse. (d) No sealing without a law that allows it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from common.workdays import Calendar, add_months
from law.terms import Counted, Manner, count, term

WARN_AFTER = timedelta(days=60)
MINING, LAND = "mining", "land"


@dataclass(frozen=True)
class Urged:
    """What was decided and done: served, by which articles one may sue, urged, payment deferred to.

    `demolition`: 限期拆除 for 非法占用 (土地管理法第七十七条); one for 非法转让 (第七十四条) isn't in the
    wording of art 83 and goes by six months.
    """

    served: date
    demolition: bool = False
    urged: date | None = None
    deferred_until: date | None = None


@dataclass(frozen=True)
class Window:
    """When the court may be asked: from `earliest` to `latest`; None where something is missing.

    `alarm` is the working day on which the office is reminded, counted from nominal days.
    """

    earliest: date | None
    latest: date
    warn_from: date
    alarm: date
    sentence: str = ""

    @property
    def open(self) -> bool:
        """Whether there is a day on which it may be asked at all."""
        return self.earliest is not None and self.earliest <= self.latest


def court_window(case: Urged, days: Calendar) -> Window:
    """行政强制法第五十三条、第五十四条, 法释〔2018〕1号第一百五十六条: the days for 申请强制执行.

    Earliest: 复议 and 诉讼 periods over, ten working days after 催告, the deferral over. Latest: three
    months after the period to sue (or the deferral, 行政处罚法第七十二条第二款), month by month.
    """
    suit = count(term("C20" if case.demolition else "C18"), case.served, days)
    review = count(term("C17"), case.served, days)
    urging = count(term("C21"), case.urged, days) if case.urged else None
    begins = max(suit.due, case.deferred_until or suit.due)
    nominal = max(suit.nominal, case.deferred_until or suit.nominal)
    over = max(review.due, begins)
    earliest = max(over, urging.due) if urging else None
    latest = add_months(begins, 3)
    alarm = days.roll_back(add_months(nominal, 3))
    warn_from = case.served + WARN_AFTER if case.demolition and not case.deferred_until else over
    return Window(earliest, latest, warn_from, alarm, _missing(earliest, latest))


def _missing(earliest: date | None, latest: date) -> str:
    if earliest is None:
        return "还没有送达催告书，催告书送达十个工作日后才能申请强制执行（行政强制法第五十四条）。"
    if earliest > latest:
        return f"能够申请时已经过了最后期限{latest}，逾期须有正当理由（法释〔2018〕1号第一百五十六条）。"
    return ""


def limitation(ended: date | None, days: Calendar, *, life_health: bool = False) -> Counted:
    """追责时效 (行政处罚法第三十六条) from the end of the act; with `ended` None it goes on.

    A building that stands is 继续状态 until the land is restored: then nothing lapses.
    """
    clock = term("C29")
    if ended is None:
        return Counted(clock, None, clock.article, sentence="行为处于继续状态，追责时效没有起算。")
    return count(clock, ended, days, Manner(variant="life_health" if life_health else "ordinary"))


def limits(discovered: date | datetime, lapses: Counted) -> bool:
    """Whether the act was found too late: after the last day of its limitation."""
    day = discovered.date() if isinstance(discovered, datetime) else discovered
    return lapses.due is not None and day > lapses.due


def may_seal(side: str, on: date, days: Calendar) -> Counted:
    """C05 on a day for `mining` or `land`: without a due day there is no power to seal or seize."""
    return count(term("C05"), on, days, Manner(variant=side))
