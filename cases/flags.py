"""What may stand on a case's head (应移送公安 · 二年内第三次): one row a flag, in the order shown.

A flag that names a finding holds where the law finds it (law/findings), at the level the finding has there;
what no finding says is a lapse (law/lapses) or ours. Which hold is worked out by services/flags.py and kept
as rows (models/flag.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from law.findings import LEVELS, Level
from law.lapses import LAPSES

TIMES = "〇一二三四五六七八九十"
MOST = 2  # a third time within two years is what 法释〔2016〕25号 art 3①(三) asks for
_TONES = {Level.BLOCK: "red", Level.WARN: "amber", Level.INFO: ""}


@dataclass(frozen=True)
class Flag:
    """A flag: its code, the word on screen, the finding it stands for or how it binds, its article."""

    code: str
    word: str
    finding: str = ""
    own_level: Level = Level.INFO
    colour: str = ""
    article: str = ""

    @property
    def level(self) -> Level:
        """How it binds."""
        return LEVELS.get(self.finding, self.own_level)

    @property
    def tone(self) -> str:
        """The colour of its word: the level's where it has none of its own."""
        return self.colour or _TONES[self.level]


def _own(code: str, word: str, level: Level, colour: str = "", article: str = "") -> Flag:
    return Flag(code, word, "", level, colour, article)


def _lapse(code: str, word: str) -> Flag:
    """What the law says of a record beside its findings (law/lapses.py): level and article are its own."""
    row = LAPSES[code]
    return Flag(code, word, "", row.level, "", row.article)


REPEATED, LATE, OVERDUE = "repeat", "late_decision", "decision_overdue"
BLOCK, WARN, INFO = Level.BLOCK, Level.WARN, Level.INFO
FLAGS = {
    flag.code: flag
    for flag in (
        _own("paper_denied", "签批人否认", BLOCK, article="行政处罚法第五十四条、第五十七条"),
        Flag("must_refer", "应移送公安", "MUST_REFER"),
        Flag("closed_unreferred", "应移送未移送已结案", "CLOSED_WITHOUT_REFERRAL"),
        _own("referred", "已移送公安", INFO, "green"),
        _own("not_referred", "不批准移送", WARN),
        Flag("suspect_referral", "疑似应移送，先认定", "SUSPECT_REFERRAL"),
        _lapse("examine_land", "须鉴定种植条件"),
        Flag("near_referral", "接近移送标准", "NEAR_REFERRAL"),
        Flag("especially_serious", "情节特别严重", "ESPECIALLY_SERIOUS"),
        _own("prefecture_silent", "市局未答复参与", WARN),
        Flag("prefecture", "市级须参与", "PREFECTURE_MUST_JOIN"),
        Flag(REPEATED, "二年内多次", "REPEAT_OFFENDER"),
        Flag("limitation_passed", "超过追责时效", "LIMITATION_PASSED"),
        _lapse("no_confiscation", "已处罚未没收"),
        _lapse("less_confiscation", "没收少于认定"),
        Flag("fine_out_of_range", "罚款不在法定幅度内", "FINE_OUT_OF_RANGE"),
        _lapse("fined_unreferred", "以罚代移"),
        _lapse("fined_while_referred", "公安决定前罚款"),
        _lapse("fined_first", "先处罚后移送"),
        _lapse("without_finding", "处罚缺认定"),
        _lapse("undiscussed", "未经集体讨论"),
        _lapse("one_handler", "承办人不足两名"),
        Flag(LATE, "超期作出决定", "DECISION_OVERDUE"),
        Flag(OVERDUE, "超期未作出决定", "DECISION_OVERDUE"),
        Flag("referred_late", "移送超过24小时", "REFERRED_LATE"),
        _lapse("decided_before_filing", "先处罚后立案"),
        _lapse("served_before_decision", "先送达后决定"),
        _lapse("paid_before_decision", "先缴款后处罚"),
        _lapse("sent_before_approval", "移送先于批准"),
        _lapse("answered_before_sending", "公安答复先于移送"),
        _own("overpaid", "缴款多于处罚", WARN),
        Flag("closed_unpaid", "未缴清按执行完毕结案", "CLOSED_UNPAID"),
        Flag("closed_not_carried_out", "未执行完按执行完毕结案", "CLOSED_NOT_CARRIED_OUT"),
        _lapse("unpaid_at_closing", "结案时未缴清"),
        _lapse("not_carried_out", "结案时没收、拆除或恢复未执行"),
        Flag("revoked", "处罚决定被撤销", "REVOKED"),
        Flag("unreviewed", "未经法制审核", "REVIEW_MISSING"),
        _own("to_review", "待法制审核", INFO, "amber"),
        _own("to_discuss", "待集体讨论", INFO, "amber"),
        _own("recorded_late", "决定补录", INFO),
    )
}
ORDER = {code: place for place, code in enumerate(FLAGS)}
# Of a finding its flag; whether a decision is late or still owed the case itself says, how often is counted.
BY_FINDING = {
    flag.finding: flag.code
    for flag in FLAGS.values()
    if flag.finding and flag.code not in (LATE, OVERDUE, REPEATED)
}


def words(held: Iterable[tuple[str, int | None]]) -> list[tuple[str, str]]:
    """(word, tone) of flags that hold, each told as its code and how many times it counts, in the order
    in which they are shown."""
    return [_word(*each) for each in sorted(held, key=lambda each: ORDER[each[0]])]


def _word(code: str, times: int | None) -> tuple[str, str]:
    flag = FLAGS[code]
    if not times:
        return flag.word, flag.tone
    word = f"二年内第{TIMES[times] if times < len(TIMES) else times}次"
    return word, "red" if times > MOST else flag.tone
