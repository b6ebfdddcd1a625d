"""The words for posts, how far each sees, and where it may act. Imports nothing of ours.

`reach` tells which rows a post shows: `below` (own agency and what hangs under it), `granted`
(only what was referred or handed over to the agency), `none` (no case content at all).
`stands` tells where a post may act: `own` (the thing belongs to its agency), `origin` (its agency
sent the thing in), `above` (the thing belongs to an agency below, or is owed to its own),
`granted` (the thing was given to its agency), `tree` (its own agency and every one below:
administrators).
"""

from dataclasses import dataclass

REPORTER = "reporter"
INTAKE = "intake"
HANDLER = "handler"
BRIGADE_HEAD = "brigade_head"
LEGAL = "legal"
DEPUTY = "deputy"
CHIEF = "chief"
LIAISON = "liaison"
CHECKER = "checker"
POLICE = "police"
PROCURATOR = "procurator"
DEPARTMENT = "department"
PREFECTURE = "prefecture"
PROVINCE = "province"
STATISTICS = "statistics"
SYSTEM_ADMIN = "system_admin"
SECURITY_ADMIN = "security_admin"
AUDIT_ADMIN = "audit_admin"


@dataclass(frozen=True)
class Role:
    """One kind of post: its name on screen, what it sees, where it acts."""

    code: str
    label: str
    reach: str
    stands: str


ROLES = {
    role.code: role
    for role in (
        Role(REPORTER, "乡镇报告员", "below", "origin"),
        Role(INTAKE, "线索登记", "below", "own"),
        Role(HANDLER, "承办人", "below", "own"),
        Role(BRIGADE_HEAD, "大队长", "below", "own"),
        Role(LEGAL, "法制审核", "below", "own"),
        Role(DEPUTY, "分管负责人", "below", "own"),
        Role(CHIEF, "主要负责人", "below", "own"),
        Role(LIAISON, "联络员", "below", "own"),
        Role(CHECKER, "台账审核人", "below", "own"),
        Role(POLICE, "公安联络员", "granted", "granted"),
        Role(PROCURATOR, "检察联络员", "granted", "granted"),
        Role(DEPARTMENT, "部门联络员", "granted", "granted"),
        Role(PREFECTURE, "市级审核", "below", "above"),
        Role(PROVINCE, "省级查阅", "below", "above"),
        Role(STATISTICS, "统计管理员", "below", "above"),
        Role(SYSTEM_ADMIN, "系统管理员", "none", "tree"),
        Role(SECURITY_ADMIN, "安全管理员", "none", "tree"),
        Role(AUDIT_ADMIN, "审计管理员", "none", "tree"),
    )
}
ROLE_CHOICES = [(role.code, role.label) for role in ROLES.values()]

ADMINISTRATORS = frozenset({SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN})
LEADERS = frozenset({DEPUTY, CHIEF})
# Posts that open what is sealed: informants, secret clues, names and numbers behind a mask. A test reads
# them out of the acts and of the tables that are narrower than jurisdiction.
READ_SECRETS = frozenset({INTAKE, HANDLER, BRIGADE_HEAD, LEGAL, DEPUTY, CHIEF, LIAISON, POLICE, DEPARTMENT})
# Who says, as a second person, that somebody holds such a post. Theirs are confirmed too: whoever could
# invent one could confirm whatever else was invented.
CONFIRMERS = LEADERS | {SECURITY_ADMIN}
CONFIRMED = READ_SECRETS | CONFIRMERS
MANAGERS = ADMINISTRATORS | LEADERS | {BRIGADE_HEAD}
COUNTY_STAFF = frozenset({INTAKE, HANDLER, BRIGADE_HEAD, LEGAL, DEPUTY, CHIEF, LIAISON, CHECKER})
OFFICE = COUNTY_STAFF | {REPORTER}
OUTSIDE = frozenset({POLICE, PROCURATOR, DEPARTMENT})
UPPER = frozenset({PREFECTURE, PROVINCE, STATISTICS})
FILE_READERS = COUNTY_STAFF | UPPER  # the whole file, not only a package
CASE_READERS = FILE_READERS | {POLICE, PROCURATOR}
CLUE_READERS = OFFICE | UPPER | {POLICE, DEPARTMENT}
LEDGER_READERS = FILE_READERS | {POLICE}
EVERYONE = frozenset(ROLES)
BUSINESS = EVERYONE - ADMINISTRATORS
