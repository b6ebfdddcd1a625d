"""没收实物、拆除 carried out: one item on a day, with a note and its paper (行政处罚法 art 66)."""

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from accounts.services import deeds, trail
from cases.acts import ACTS
from cases.models import THING_KINDS, CarryingOut, Case, DecisionState, PenaltyItem
from cases.services import flags, papers
from cases.services.days import refuse_future
from cases.services.execution import take_back
from cases.services.items import item_words
from common.errors import Refused


@transaction.atomic
def carry_out_item(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    item: PenaltyItem,
    happened_on: date,
    note: str,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """Record that a penalty on things was carried out, wholly or in part, as `note` says."""
    case = deeds.lock(case, version)
    posting = ACTS.require("carry_out_item", by, case)
    item = PenaltyItem.objects.select_related("decision").get(pk=item.pk)
    if item.decision.case_id != case.pk or item.decision.state != DecisionState.MADE:
        raise Refused("这一处罚项不属于本案有效的处罚决定，请刷新页面。")
    if item.kind not in THING_KINDS:
        raise Refused(f"“{item}”不是没收实物或者拆除，不在这里登记。")
    refuse_future("执行日期", happened_on)
    if not note.strip():
        raise Refused("请写明执行情况，如移交单位、数量。")
    CarryingOut.objects.create(item=item, happened_on=happened_on, note=note.strip(), recorded_by=by)
    papers.attach(by=by, case=case, uploads=files, stage="execution", kind="执行材料")
    flags.save(case)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("carry_out_item"),
        thing=case,
        reason=note,
        happened_on=happened_on,
        changes={item_words(item): ("", "已执行")},
    )
    return case


@transaction.atomic
def withdraw_carrying_out(
    *, by: User, case: Case, version: int | str | None = None, carried_out: CarryingOut, reason: str
) -> Case:
    """Take back a carrying out entered by mistake, with the reason."""
    case = deeds.lock(case, version)
    posting = ACTS.require("withdraw_carrying_out", by, case)
    done = CarryingOut.objects.select_for_update(of=("self",)).get(pk=carried_out.pk)
    if done.item.decision.case_id != case.pk:
        raise Refused("这次执行不属于本案，请刷新页面。")
    take_back(done, reason)
    changes = flags.save(case)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("withdraw_carrying_out"),
        thing=case,
        reason=reason,
        changes={**changes, item_words(done.item): (f"{done.happened_on} 已执行", "撤回")},
    )
    return case
