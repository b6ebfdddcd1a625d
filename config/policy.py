"""Every address of the system with who may come: put together from the apps' own tables."""

from accounts import roles
from accounts.policies import POLICY as ACCOUNTS
from accounts.policy import FORM, PUBLIC, READ, SIGNED_IN, Entry
from campaigns.policies import POLICY as CAMPAIGNS
from cases.policies import POLICY as CASES
from clues.policies import POLICY as CLUES
from ledgers.policies import POLICY as LEDGERS
from reminders.policies import POLICY as REMINDERS

OWN = {
    "home": Entry(posts=roles.EVERYONE, methods=READ),
    "health": Entry(posts=PUBLIC, methods=READ),
    "help": Entry(posts=SIGNED_IN, methods=READ),
    "help_chapter": Entry(posts=SIGNED_IN, methods=READ),
    "help_image": Entry(posts=SIGNED_IN, methods=READ),
    "search": Entry(posts=roles.BUSINESS, methods=FORM),
}
# The law itself knows nobody: its texts are public, the pages are for whoever is signed in.
LAW = {
    "law:statutes": Entry(posts=SIGNED_IN, methods=READ),
    "law:statute": Entry(posts=SIGNED_IN, methods=READ),
    "law:article": Entry(posts=SIGNED_IN, methods=READ),
}
POLICY = {**OWN, **LAW, **ACCOUNTS, **REMINDERS, **CLUES, **CASES, **CAMPAIGNS, **LEDGERS}
