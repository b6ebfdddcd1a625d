"""Gates before 结案."""

from common.quantities import show_money
from law import words
from law.findings import ending
from law.gates.shape import CLOSING, Asked, Gate

# Ways of closing that speak of how a decision was carried out: （四） to （六）.
EXECUTION = (words.CARRIED_OUT, "终结执行", "已申请法院或政府强制执行")
ARTICLE = "自然资源行政处罚办法第四十六条"


def _other_way(asked: Asked) -> bool:
    return words.closing(asked.draft.closing) is None


def _must_go_first(asked: Asked) -> bool:
    return asked.case.must_refer


def _undecided(asked: Asked) -> bool:
    return asked.draft.closing in EXECUTION and not asked.facts.decided


def _unpaid(asked: Asked) -> str:
    left = ending.left_to_pay(asked.facts) if asked.draft.closing == words.CARRIED_OUT else 0
    return f"还有{show_money(left)}元没有缴清。" if left else ""


def _unserved(asked: Asked) -> str:
    kept = asked.facts.native if asked.draft.closing == words.CARRIED_OUT else None
    return f"还没有送达：{'、'.join(kept.unserved)}。" if kept and kept.unserved else ""


def _open(asked: Asked) -> str:
    left = ending.left_open(asked.facts) if asked.draft.closing == words.CARRIED_OUT else []
    return f"还没有：{'、'.join(left)}。" if left else ""


GATES = (
    Gate("G23", (CLOSING,), "结案须符合七种情形之一，不符合的不能结案。", f"{ARTICLE}第一款", _other_way),
    Gate(
        "G18c",
        (CLOSING,),
        "涉嫌犯罪，应在结案前移送公安机关，未移送不能结案。",
        f"{ARTICLE}第二款；行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）第十一条",
        _must_go_first,
    ),
    Gate(
        "G23d",
        (CLOSING,),
        "没有作出处罚决定的，不能以执行方面的理由结案。",
        f"{ARTICLE}第一款第（四）项、第（五）项、第（六）项",
        _undecided,
    ),
    Gate(
        "G23b",
        (CLOSING,),
        "罚款和没收的违法所得尚未缴清，不能按执行完毕结案。",
        f"{ARTICLE}第一款第（四）项",
        _unpaid,
    ),
    Gate(
        "G23c",
        (CLOSING,),
        "没收的物品、拆除或者恢复原状尚未执行完，不能按执行完毕结案。",
        f"{ARTICLE}第一款第（四）项",
        _open,
    ),
    Gate(
        "G23e",
        (CLOSING,),
        "处罚决定书尚未送达全部当事人，不能按执行完毕结案。",
        f"{ARTICLE}第一款第（四）项；行政处罚法第六十一条",
        _unserved,
    ),
)
