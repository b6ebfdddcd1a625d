"""导出登记: a line for each list, ledger and workbook, before its first byte leaves.

Whoever hands out a file needn't think of it: `accounts.middleware.ExportMiddleware` writes the line for
every answer that is a file, and without its line no file leaves. What a file holds its answer says
(`common.xlsx.Taken`). A stored file handed back as it came (`accounts.views.files`) is no export.
"""

from django.db import transaction

from accounts.models import ExportLine, User
from accounts.services import trail
from common.xlsx import Taken


@transaction.atomic
def record_export(*, by: User, taken: Taken, address: str = "") -> ExportLine:
    """Who took what out of the system; `address` is the page's name, "" on the command line."""
    line = ExportLine.objects.create(
        person=by,
        agency=by.agency,
        what=taken.what[:200],
        conditions=taken.conditions,
        row_count=taken.rows,
        size=taken.size,
        sha256=taken.sha256,
        address=address,
        origin=by.origin,
    )
    changes = {"内容": line.what, "条件": line.conditions, "行数": line.row_count, "SHA-256": line.sha256}
    trail.record(
        by=by,
        act="record_export",
        label="导出登记",
        thing=line,
        changes={label: ("", value) for label, value in changes.items() if value not in (None, "")},
    )
    return line
