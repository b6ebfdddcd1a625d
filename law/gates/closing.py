"""Gates before 结案."""

from law import words
from law.findings import ending
from law.gates.shape import CLOSING, Asked, Gate

ARTICLE = "自然资源行政处罚办法第四十六条"


def _other_way(asked: Asked) -> bool:
    return words.closing(asked.draft.closing) is None


def _must_go_first(asked: Asked) -> bool:
    return asked.case.must_refer


def _unpaid(asked: Asked) -> bool:
    owed = ending.due(asked.facts)
    return asked.draft.closing == words.CARRIED_OUT and owed > (asked.facts.paid or 0)


def _open(asked: Asked) -> bool:
    return asked.draft.closing == words.CARRIED_OUT and bool(ending.open_things(asked.facts))


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
)
