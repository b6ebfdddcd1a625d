"""A fine between two versions of the law: which intervals there are is said, each with its article."""

from decimal import Decimal

from law.findings.punishment import against
from law.penalties.fines import judge_fine
from law.penalties.shape import Penalty

OLD = Penalty("旧法第一条", low=Decimal(0), high=Decimal(30_000))
NEW = Penalty("新法第二条", low=Decimal(100_000))


def test_a_fine_between_the_alternatives_is_told_each_of_them():
    said = against(judge_fine(Decimal(84_000), [[OLD, NEW]]))
    assert "旧法第一条最低0元，最高30000元；新法第二条最低100000元" in said


def test_one_interval_is_said_as_before():
    assert against(judge_fine(Decimal(84_000), [[NEW]])).startswith("不在法定幅度内（最低100000元）")
