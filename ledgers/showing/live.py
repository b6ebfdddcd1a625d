"""The live ledger of a campaign: the table, its pages, the sentences above it."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.roles import LIAISON
from common.digests import digest_of
from common.showing.times import moment
from ledgers.models import ImportState
from ledgers.services.checking import work_of
from ledgers.services.exporting import DRAFT, foot
from ledgers.services.import_locking import half_there, meets
from ledgers.services.police_half import confirmation_of, has_police_figures
from ledgers.services.proxy_words import unit_with
from ledgers.services.sums import Sums
from ledgers.showing import returned
from ledgers.showing.behind import is_own
from ledgers.showing.ledger_bar import bar
from ledgers.showing.ledger_table import (
    ON_ONE_PAGE,
    PER_PAGE,
    ledger_table,
    lines,
    live_address,
    pages_of,
    signatures,
)
from ledgers.showing.openings import returned_words
from ledgers.showing.scope import Scope
from ledgers.showing.waits import waiting_words
from ledgers.signals import rows_wait

# So many stale rows are drawn anew while the page waits.
AT_ONCE = 1000


def page_of(scope, now) -> dict:
    """The context of ledgers/table/page.html."""
    form, rows = scope.form, scope.rows(at_most=AT_ONCE)
    work = None
    if scope.ledger and scope.as_of is None:
        work = work_of(scope.ledger, shown=rows, at_most=AT_ONCE)
    today = timezone.localdate(now)
    whole = scope.whole and len(rows) <= ON_ONE_PAGE
    start, size = (0, ON_ONE_PAGE) if whole else ((scope.page - 1) * PER_PAGE, PER_PAGE)
    page = rows.page(start, size + 1)
    drawn = lines(
        form,
        page[:size],
        live_address(scope.as_of),
        sum_address(scope, rows),
        subtotals=scope.several and not rows.undrawn,
        sums=Sums() if rows.undrawn else rows.sums,
        after=page[size] if len(page) > size else None,
    )
    back = returned.on_draft(scope.user, form, scope.ledger, drawn) if work else None
    day = scope.as_of or today
    listed = None if whole else pages(scope, len(rows))
    proxy = scope.proxy_words()
    unit = scope.ledger.agency.name if scope.ledger else scope.campaign.region.name
    return {
        "campaign": scope.campaign,
        "scope": scope,
        "now": now,
        "bar": bar(scope, work, day, now),
        "table": ledger_table(
            form,
            drawn,
            filler=unit_with(unit, proxy),
            signatures=signatures(as_of=day),
            print_foot=f"{foot_of_page(form, page[:size], proxy, listed)}　数据截至 {day}",
            nothing=_nothing(scope),
        ),
        "pages": listed,
        "notes": _notes(scope, work, rows),
        "returned": back,
    }


def foot_of_page(form, shown, proxy, listed) -> str:
    """The foot of what is on the page: of a long ledger it proves the rows listed, and says which."""
    words = [DRAFT, proxy, f"第 {listed['start']}–{listed['end']} 条" if listed else ""]
    return foot(form, digest_of([row.digest for row in shown]), "　".join(word for word in words if word))


def sum_address(scope, rows):
    """What a 小计 or 合计 opens: the rows that it adds up, within the same county and day."""
    regions = {pk: office.region_id for pk, office in rows.offices.items()} if scope.several else {}
    county = scope.ledger.agency.code if scope.ledger else ""
    asked = {"county": county, "as_of": scope.as_of}

    def address(key, agency_id=None):
        url = reverse("ledgers:sum", args=[scope.campaign.code, key])
        more = asked | {"region": regions.get(agency_id)}
        query = urlencode({name: value for name, value in more.items() if value})
        return f"{url}?{query}" if query else url

    return address


def pages(scope, count: int) -> dict | None:
    """Which rows are shown of how many; nothing where all are."""
    county = f"county={scope.ledger.agency.code}&" if scope.ledger else ""
    day = f"as_of={scope.as_of}&" if scope.as_of else ""
    return pages_of(count, scope.page, PER_PAGE, f"?{county}{day}", all_too=count <= ON_ONE_PAGE)


def _nothing(scope) -> str:
    if scope.as_of:
        return f"截至 {scope.as_of} 台账中还没有条目。"
    if scope.ledger and any(
        post.role == LIAISON and post.agency_id == scope.ledger.agency_id
        for post in scope.user.current_postings
    ):
        return "台账中还没有条目。点“待纳入”选择案件和线索，或者点“导入”导入现用的台账。"
    return "台账中还没有条目。"


def _notes(scope, work, rows) -> list[tuple[str, str]]:
    """Sentences above the table: bad days, what the prefecture wants corrected."""
    notes = [(fault, "amber") for fault in scope.faults]
    notes += [(_half_written(batch), "amber") for batch in _written_within(scope)]
    if rows.waiting:
        rows_wait.send(sender=Scope, key=scope.campaign.pk)
    notes += [(words, "amber") for words in waiting_words(rows)]
    if scope.as_of:
        notes.append((f"这是截至 {scope.as_of} 的台账，只看不改。", ""))
    if work and has_police_figures(rows):
        notes.append(_police_note(work, rows))
    own = work and is_own(scope.user, work.ledger)
    if own and (sentence := returned_words(work.corrects)):
        notes.append((sentence, "red"))
    return notes


def _written_within(scope) -> list:
    """Long imports that are being written into what the page shows, or taken back out of it."""
    ledgers = [scope.ledger] if scope.ledger else scope.ledgers
    rows = half_there(scope.campaign)
    return [each for each in rows if any(meets(each.agency, ledger.agency) for ledger in ledgers)]


def _half_written(batch) -> str:
    """What a reader must know of half an import."""
    done = "写" if batch.state == ImportState.WRITING else "撤回"
    return (
        f"{batch.get_state_display()}导入的“{batch.file_name}”，已{done} {batch.done}/{batch.total} 条。"
        f"{done}完以前，这一页的行和合计都不全，也不能提交核对、核对和报送。"
    )


def _police_note(work, rows) -> tuple[str, str]:
    """Whether public security has confirmed its figures as they now stand."""
    confirmed = confirmation_of(work.ledger, rows)
    if confirmed is None:
        return "公安部门处理情况待公安核对，不影响报送。", "amber"
    return f"公安部门处理情况已由{confirmed.by.name}核对（{moment(confirmed.at)}）。", "green"
