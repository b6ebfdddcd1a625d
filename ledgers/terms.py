"""How long a county may be silent before the office above enters its ledger: an office's own figure."""

from accounts.terms import DAYS, Term

SILENCE = Term(
    "silence", "县级没有人登录、可由上级代录", 15, DAYS, "最近一次登录",
    "半个月一期", standard="proxy_after_days", sure=False,
)  # fmt: skip
