"""The page of a clue on a gang or an official, for who may read it."""

from accounts.models import StoredFile, User
from accounts.services.files import name_of
from clues.models import Clue, SecretClue
from clues.services.secret_clues import opened


def rows_of(user: User, secret: SecretClue) -> list[dict]:
    """All of it, opened; the ordinary clue it came from only where the person sees that too."""
    said = opened(secret)
    clue = Clue.objects.visible_to(user).filter(pk=secret.clue_id).first() if secret.clue_id else None
    letter = _letter(secret.letter) if secret.letter else []
    sent = "，".join(filter(None, [secret.letter_number, secret.sent_on and f"{secret.sent_on}"]))
    rows = [
        {"label": "类别", "value": secret.get_kind_display()},
        {"label": "发现日期", "value": secret.received_on.isoformat()},
        {"label": "涉及人员", "value": said["suspects"]},
        {"label": "线索内容", "value": said["summary"], "html_class": "prose"},
        {"label": "有关线索", "value": str(clue or ""), "url": clue.get_absolute_url() if clue else ""},
        {"label": "登记单位", "value": secret.agency.name},
        {"label": "登记人", "value": secret.recorded_by.name},
        {"label": "接收机关", "value": secret.receiver},
        {"label": "移送", "value": sent, "evidence": letter},
        *_signed(user, secret, said["opinion"]),
        {"label": "反馈日期", "value": secret.answered_on and secret.answered_on.isoformat()},
        {"label": "办理结果", "value": said["answer"], "html_class": "prose"},
    ]
    return [row for row in rows if row["value"]]


def _letter(stored: StoredFile) -> list[dict]:
    return [{"label": name_of(stored), "url": stored.get_absolute_url()}]


def _signed(user: User, secret: SecretClue, opinion: str) -> list[dict]:
    """Who signed, with what opinion, on which paper: for the office itself alone."""
    approval = secret.approval
    if approval is None or secret.agency_id not in {post.agency_id for post in user.current_postings}:
        return []
    scan = approval.signed_paper.scan if approval.signed_paper else None
    proof = [{"label": "签批单", "url": scan.get_absolute_url()}] if scan else []
    how = "线下签批" if approval.on_paper else "系统内签批"
    return [
        {"label": "签批", "value": f"{approval.signer.name}，{approval.signed_on}，{how}", "evidence": proof},
        {"label": "签批意见", "value": opinion, "html_class": "prose"},
    ]
