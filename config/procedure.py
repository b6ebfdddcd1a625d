"""docs/procedure.md, printed from the acts tables and the law's own, for a legal reviewer to read."""

from django.apps import apps

from accounts import roles
from accounts.paper_acts import PAPER_ACTS
from accounts.people_acts import AGENCY_ACTS, CONFIRMATION_ACTS, PEOPLE_ACTS
from campaigns.acts import BOOK_ACTS, CAMPAIGN_ACTS, DUTY_ACTS, DUTY_RULE_ACTS, ITEM_ACTS, ROUND_ACTS
from cases.acts import ACTS as CASE_ACTS
from cases.acts import DECISION_ACTS, MATTER_ACTS, REFERRAL_ACTS
from clues.acts import ACTS as CLUE_ACTS
from clues.acts import SECRET_ACTS
from config import law_tables
from ledgers.acts import ENTRY_ACTS, LEDGER_ACTS, PROPOSAL_ACTS, SUBMISSION_ACTS
from reminders.acts import ABSENCE_ACTS, CHANNEL_ACTS, ROSTER_ACTS, SAVED_ACTS

TABLES = (
    CLUE_ACTS,
    SECRET_ACTS,
    CASE_ACTS,
    DECISION_ACTS,
    REFERRAL_ACTS,
    MATTER_ACTS,
    CAMPAIGN_ACTS,
    BOOK_ACTS,
    ITEM_ACTS,
    LEDGER_ACTS,
    ENTRY_ACTS,
    SUBMISSION_ACTS,
    PROPOSAL_ACTS,
    DUTY_RULE_ACTS,
    DUTY_ACTS,
    ROUND_ACTS,
    PEOPLE_ACTS,
    CONFIRMATION_ACTS,
    AGENCY_ACTS,
    PAPER_ACTS,
    CHANNEL_ACTS,
    ROSTER_ACTS,
    ABSENCE_ACTS,
    SAVED_ACTS,
)

HEAD = """# Procedure

Printed by `manage.py print_procedure` from the `acts.py` tables, 法定把关 and 法定期限 from `law/gates` and
`law/terms`; a test holds the two together. Buttons and guards ask the same rows. 线下签批 = may be given on
paper and typed by the posts named.
"""
COLUMNS = ("事项", "岗位", "从", "到", "须先具备", "另一人", "线下签批录入", "依据")


def text() -> str:
    """The whole page as Markdown."""
    return HEAD + "".join(_table(table) for table in TABLES) + law_tables.text()


def _table(table) -> str:
    lines = [f"\n## {table.title}\n", "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    lines += ["| " + " | ".join(_cells(table, act)) + " |" for act in (*table.others, *table.acts)]
    return "\n".join(lines) + "\n"


def _cells(table, act):
    labels = {each.name: each.label for one_table in TABLES for each in (*one_table.others, *one_table.acts)}
    return (
        f"{act.label} `{act.name}`",
        _posts(act) or "所有岗位",
        _states(table, act.before) or ("—" if act in table.others else "任何"),
        _states(table, act.after) or act.outcome or "不变",
        "、".join(need.label for need in act.needs) or "—",
        "、".join(
            [f"{labels.get(name, name)}的人不能办" for name in act.not_by]
            + [f"本件的{_field(table, name)}不能办" for name in act.not_of]
            + [f"只由{labels.get(name, name)}的人自己办" for name in act.only_by]
        )
        or "—",
        posts(act.typists) or "—",
        act.article or "—",
    )


def _field(table, name: str) -> str:
    return apps.get_model(table.subject)._meta.get_field(name).verbose_name


def _posts(act) -> str:
    receiving = f"报往单位的{posts(act.receivers)}" if act.receivers else ""
    instead = "" if act.proxies <= act.roles else "代录："
    acting_for = f"{instead}上级{posts(act.proxies)}" if act.proxies else ""
    return "；".join(filter(None, (posts(act.roles), receiving, acting_for)))


def _states(table, states) -> str:
    return "、".join(table.states.get(state, state) for state in states)


def posts(codes) -> str:
    """Posts by their names, in the order of the list of posts."""
    return "、".join(role.label for code, role in roles.ROLES.items() if code in codes)
