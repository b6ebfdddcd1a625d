"""What a preparation is for, and what would be refused: asked before anybody has worked for it."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import local_today
from campaigns.models import Duty
from campaigns.services.periods import Periods, is_due, period_of
from ledgers.models import CountyLedger, Submission
from ledgers.services.checking import corrected
from ledgers.services.settling import aimed_at, wanted


@dataclass(frozen=True)
class Opening:
    """A ledger about to be prepared, checked or submitted: the last report, whether that is to be
    corrected, and the periods that the next one may answer."""

    ledger: CountyLedger
    last: Submission | None
    corrects: Submission | None
    periods: Periods

    @property
    def duty(self) -> Duty | None:
        """What the report will answer, met already or not."""
        return aimed_at(self.corrects, self.periods)

    @property
    def wanted(self) -> Duty | None:
        """What is still owed by it."""
        return wanted(self.corrects, self.periods)

    def why_not(self, data_as_of: date) -> str:
        """Why a report up to a day would be refused, with what to do instead; "" if it wouldn't."""
        if data_as_of > local_today():
            return "数据截止日期不能晚于今天，请核对。"
        if self.last is None:
            return ""
        if data_as_of < self.last.data_as_of:
            return f"上次报送的数据截止是{self.last.data_as_of}，这次不能更早。"
        if self.corrects or data_as_of > self.last.data_as_of or self._is_another():
            return ""
        return (
            f"数据截止{self.last.data_as_of}的台账已经报送（第{self.last.sequence}期），"
            f"有错的，更正第{self.last.sequence}期；新的变化计入下一期，以新的数据截止日期提交核对。"
        )

    def _is_another(self) -> bool:
        """Whether a report of the same day is another one: for a duty that the last didn't answer, and
        not for one that lies ahead while the last answered its own."""
        duty = self.duty
        if duty is None or duty.pk == self.last.duty_id:
            return False
        return self.last.duty_id is None or is_due(duty, self.periods.now)


def opening_of(ledger: CountyLedger, now: datetime, correct: bool | None = None) -> Opening:
    """How a ledger stands; `correct` as it was prepared if not told."""
    last = ledger.submissions().select_related("duty").first()
    return Opening(ledger, last, corrected(ledger, last, correct), period_of(ledger, now))
