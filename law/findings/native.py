"""What only a case kept in the system can show: its builder hands in `Facts.native`."""

from law.facts import Native
from law.findings.shape import Case, Finding

REVIEW = "行政处罚法第五十八条；自然资源行政处罚办法第三十二条"
FILING = "自然资源行政处罚办法第十六条；自然资办函〔2021〕1288号四"


def native_findings(case: Case) -> list[Finding]:
    """Every native finding of a case; none where it is not kept here."""
    native = case.facts.native
    if native is None:
        return []
    return [*_review(case, native), *_filing(native), *_later(native)]


def _review(case: Case, native: Native) -> list[Finding]:
    if case.facts.decided and native.major and not native.reviewed:
        return [Finding("REVIEW_MISSING", REVIEW, "重大行政处罚决定没有法制审核的记录。")]
    return []


def _filing(native: Native) -> list[Finding]:
    if native.unfiled_clue:
        return [Finding("NOT_FILED", FILING, "线索核查属实，没有立案，也没有法定的不予立案理由。")]
    return []


def _later(native: Native) -> list[Finding]:
    findings = []
    if native.overdue:
        findings.append(Finding("OVERDUE_CLOCK", "", f"已过期的时限：{'、'.join(native.overdue)}。"))
    if native.soft_passed:
        findings.append(Finding("SOFT_GATE_PASSED", "", f"写明理由后办理：{'、'.join(native.soft_passed)}。"))
    if native.revoked:
        findings.append(
            Finding("REVOKED", "行政处罚法第四十八条", f"处罚决定已被撤销或者确认违法：{native.revoked}。")
        )
    if native.edited:
        findings.append(
            Finding("EDITED_AFTER_SUBMISSION", "", f"报送后又改动的数据：{'、'.join(native.edited)}。")
        )
    if native.reopened:
        article = "自然资办函〔2021〕1288号二"
        findings.append(
            Finding("REOPENED_SITE", article, f"取缔验收后又有新的线索或者案件：{native.reopened}。")
        )
    return findings
