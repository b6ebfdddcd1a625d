"""Which acts a leader signs, told by the apps above: what an approval is of, in words, and by whose post.

    register(ACTS)

stands in an app's receivers.py; an approval keeps the kind of its thing and the name of its act.
"""

from accounts.acts import Act, ActTable
from accounts.models import Approval

TABLES: dict[str, ActTable] = {}


def register(table: ActTable) -> None:
    """Make a table's acts known; a second time changes nothing."""
    TABLES[table.subject] = table


def act_of(approval: Approval) -> Act:
    """The row of the act that was approved; KeyError where its app told of no such act."""
    return TABLES[approval.subject_kind].get(approval.act)
