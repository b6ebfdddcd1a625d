"""Preparing and submitting as pages: what it is for, what came back, what would be refused."""

from django.urls import reverse

from accounts.models import local_today
from common.showing.times import moment
from ledgers import stages
from ledgers.services.checking import own_work
from ledgers.services.opening import opening_of
from ledgers.services.proxies import checkers_called, who_checks
from ledgers.services.setting_aside import why_not_reported
from ledgers.showing.period import Period
from ledgers.showing.reported import figures

# So many rows are named where all are counted.
SHOWN = 200
NIL = "与上期相比没有新增和变化。确认无误的，审核人按零报告报送。"


def returned_words(submission) -> str:
    """What the prefecture wants corrected; "" where nothing came back."""
    verdict = submission.verdicts.first() if submission else None
    if verdict is None or verdict.accepted:
        return ""
    return f"第{submission.sequence}期已被退回：{verdict.reason}"


def address(name, ledger) -> str:
    """The page of one of the ledger's acts."""
    return reverse(f"ledgers:{name}", args=[ledger.campaign.code, ledger.agency.code])


def prepare_page(user, work, opening) -> dict:
    """The context of ledgers/submitting/prepare.html beside the form's own."""
    ledger, correcting = opening.ledger, opening.corrects
    refused = opening.why_not(local_today()) if not correcting else ""
    warnings = [{"text": refused}] if refused else _before_preparing(user, work, opening)
    return {
        "warnings": warnings,
        "blocked": bool(refused),
        "returned": returned_words(correcting),
        "intro": f"报送后代替第{correcting.sequence}期。" if correcting else "",
        "correct": _correct_link(opening),
        "summary": facts_before(work, opening),
        "summary_title": "报送内容",
        "ledger": ledger,
    }


def _before_preparing(user, work, opening) -> list[dict]:
    """What to know before preparing: who waits to be taken in, that it is nil, that nobody checks."""
    ledger, warnings = opening.ledger, []
    if waits := Period(work, opening).waiting:
        text = f"还有 {waits} 条待纳入，现在提交核对的不计入本期。"
        warnings.append({"text": text, "url": address("candidates", ledger), "label": "去纳入"})
    elif work.is_unchanged and not opening.corrects:
        warnings.append({"text": NIL})
    if not who_checks(ledger) - {user}:
        called = checkers_called(ledger)
        text = f"除您以外没有{called}，提交后无人核对。请系统管理员先设置{called}。"
        warnings.append({"text": text})
    return warnings


def _correct_link(opening) -> dict | None:
    """更正第N期, where that isn't what is going on already."""
    if opening.last is None or opening.corrects:
        return None
    url = address("prepare_ledger", opening.ledger) + "?correct=1"
    return {"label": f"更正第{opening.last.sequence}期", "url": url}


def submit_page(user, work, now) -> dict:
    """The context of ledgers/submitting/submit.html beside the form's own."""
    ledger, last = work.ledger, work.last
    sequence = last.sequence + 1 if last else 1
    opening = opening_of(ledger, now)
    refused = _before_submitting(user, work, opening)
    warnings = list(refused)
    if work.to_explain and not refused:
        count = len(work.to_explain)
        warnings.append({"text": f"有 {count} 项数据比上期减少，请在下面逐项选择原因。"})
    return {
        "work": work,
        "no_draft": True,
        "warnings": warnings,
        "blocked": bool(refused),
        "returned": returned_words(work.corrects),
        "figures": figures(work.movement.columns, work.previous),
        "holds": work.movement.holds,
        "facts": facts_of(user, work, opening, sequence),
        "added": named(work.rows.first_of({head.key for head in work.added}, SHOWN)),
        "added_count": len(work.added),
        "gone": named(work.first_gone(SHOWN)),
        "ask": f"报送后第{sequence}期不再改动，确定报送吗？",
    }


def _before_submitting(user, work, opening) -> list[dict]:
    """What would be refused, each with where to go instead."""
    ledger = work.ledger
    if own := own_work(user, ledger, "submit_ledger"):
        return [{"text": own}]
    if sentence := why_not_reported(work.rows.set_aside):
        return [{"text": sentence}]
    if not ledger.prepared_at:
        return [{"text": "联络员还没有提交核对，提交后才能报送。"}]
    if refused := opening.why_not(work.as_of):
        return [{"text": f"{refused}请联络员重新提交核对。"}]
    if opening.corrects and not ledger.prepared_correction:
        return [{"text": f"第{work.last.sequence}期被退回，请联络员写明更正了什么，重新提交核对。"}]
    if not work.is_checked:
        left = len(work.changed) + len(work.rest)
        text = f"还有 {left} 条没有核对，先核对再报送。"
        return [{"text": text, "url": address("check", ledger), "label": "去核对"}]
    return []


def facts_before(work, opening) -> list[dict]:
    """Which duty it answers and by when, what stood before, what is corrected."""
    duty = opening.duty
    rows = [
        {"label": "报送任务", "value": str(duty), "url": duty.get_absolute_url()} if duty else None,
        {"label": "截止时间", "value": moment(duty.wanted_by)} if duty else None,
        {"label": "条目", "value": f"{len(work.rows)}", "unit": "条"},
    ]
    for label, other in (("上期", work.previous), ("更正的是", work.corrects)):
        if other:
            words = f"第{other.sequence}期（数据截止 {other.data_as_of}，{_state(other)}）"
            rows.append({"label": label, "value": words, "url": other.get_absolute_url()})
    return [row for row in rows if row]


def _state(submission) -> str:
    return stages.stage_of(submission).label


def facts_of(user, work, opening, sequence) -> list[dict]:
    """期次, the times and people, and what stands before."""
    ledger = work.ledger
    rows = [
        {"label": "填报单位", "value": ledger.agency.name},
        {"label": "期次", "value": f"第{sequence}期"},
        {"label": "数据截止", "value": work.as_of.isoformat()},
        {"label": "填报时间", "value": moment(ledger.prepared_at) if ledger.prepared_at else ""},
        {"label": "填报人", "value": ledger.prepared_by.name if ledger.prepared_by else ""},
        {"label": "审核人", "value": user.name},
        {"label": "已核对", "value": f"{len(work.checked)}/{len(work.rows)}"},
    ]
    if ledger.prepared_correction:
        rows.append({"label": "更正说明", "value": ledger.prepared_correction})
    return rows + facts_before(work, opening)


def named(rows) -> list[dict]:
    """Rows by number, party and place."""
    return [
        {"serial": row.serial, "party": row.value("party"), "place": row.value("place") or ""} for row in rows
    ]
