"""How far a ledger is in the period that runs, with the last report beside it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ledgers import stages
from ledgers.services.candidates import count_waiting
from ledgers.services.checking import Work
from ledgers.services.opening import Opening, opening_of


@dataclass
class Period:
    """What the bar of a ledger, the page of one's own ledgers and the preparing page say of it."""

    work: Work
    opening: Opening

    @property
    def state(self) -> str:
        """draft or checked while a report is owed or prepared, or came back; else what became of the
        last one."""
        work, last = self.work, self.work.last
        drafted = "checked" if work.is_checked and work.rows else stages.DRAFT.state
        if last is None or work.ledger.prepared_at:
            return drafted
        if last.state == stages.RETURNED.state or self.opening.periods.owed:
            return stages.DRAFT.state
        if self.opening.periods.met or work.is_unchanged:
            return last.state
        return drafted

    @property
    def due(self) -> datetime | None:
        """By when the next report is owed; None where none is."""
        duty = self.opening.wanted
        return duty and duty.wanted_by

    @cached_property
    def waiting(self) -> int:
        """How many clues, cases and matters wait to be taken in."""
        return count_waiting(self.work.ledger.campaign, self.work.ledger.agency)

    @property
    def progress(self) -> str:
        """待纳入 2 条，待提交核对，已核对 12/14，1 条正在重新计算."""
        work = self.work
        drawing = work.rows.waiting + len(work.rows.undrawn)
        return "，".join([self._progress, *([f"{drawing} 条正在重新计算"] if drawing else [])])

    @property
    def _progress(self) -> str:
        work = self.work
        waits = [f"待纳入 {self.waiting} 条"] if self.waiting else []
        if self.state in stages.SUBMISSION:
            told = (waits or ["此后没有变化"]) if work.is_unchanged else ["此后有变化", *waits]
            return "，".join([f"上次报送{stages.SUBMISSION[self.state].label}", *told])
        if work.ledger.prepared_at is None:
            waits.append("待提交核对")
        return "，".join([*waits, f"已核对 {len(work.checked)}/{len(work.rows)}"])

    @property
    def last(self) -> dict | None:
        """The last report as it stands, for a link beside the state."""
        last = self.work.last
        if last is None:
            return None
        stage = stages.SUBMISSION[last.state]
        return {
            "label": f"第{last.sequence}期",
            "as_of": last.data_as_of,
            "state": stage.label,
            "tone": stage.tone,
            "url": last.get_absolute_url(),
        }

    @property
    def is_ready(self) -> bool:
        """Prepared and every row checked: what is left is 报送."""
        return bool(self.work.ledger.prepared_at) and self.work.is_checked


def period_at(work: Work, now: datetime) -> Period:
    """The period of a ledger that was drawn."""
    return Period(work, opening_of(work.ledger, now))
