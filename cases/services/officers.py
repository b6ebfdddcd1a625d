"""The two who investigate a case and their 执法证 (自然资源行政处罚办法 art 17, 行政处罚法 art 42).

Filing asks for them and says what is missing; from then on the investigation can't do without.
"""

from datetime import date

from accounts.models import User, local_today
from accounts.services.remarks import remark
from cases.gates import handlers_of, has_investigators, inquiry_stops
from cases.models import Case
from common.errors import Refused

ASK = "立案后调查取证，须有两名持有效执法证的承办人（自然资源行政处罚办法第十七条）。"


def refuse_same(handler: User | None, second_handler: User | None) -> None:
    """Refuse one person as both (行政处罚法 art 42)."""
    if handler and handler == second_handler:
        raise Refused("承办人和协办人不能是同一人：执法人员不得少于两人（行政处罚法第四十二条）。")


def faults(case: Case, on: date) -> list[str]:
    """Who is missing, and whose certificate isn't valid on the day `on`."""
    missing = ["没有指定承办人"] if case.handler is None else []
    missing += ["没有指定协办人"] if case.second_handler is None else []
    certificates = [(person.name, person.certificate_fault(on)) for person in handlers_of(case)]
    return missing + [f"{name}{fault}" for name, fault in certificates if fault]


def asked_for(case: Case) -> str:
    """What has to be put right before the investigation, in a sentence; "" where all is there."""
    found = faults(case, local_today())
    return f"{'，'.join(found)}。{ASK}" if found else ""


def remark_faults(case: Case) -> None:
    """Tell whoever files or assigns what is missing still."""
    if sentence := asked_for(case):
        remark(sentence)


def require_officers(case: Case, on: date) -> None:
    """G03 on the day of the investigation; raises Refused, naming who lacks what.

    An imported case was investigated before it came here.
    """
    if case.imported or not has_investigators(case):
        return  # whoever is missing is said by the act's own needs
    for stop in inquiry_stops(case, on):
        raise Refused(f"{stop.sentence}{on}：{'，'.join(faults(case, on))}。（{stop.article}）")
