"""The lists of cases and of clues: first page, last page, sorting, each filter; for scale.py."""

from benchmarks.province import LAST, RARE

SORTS = {
    "cases": ("due_at", "-due_at", "number", "-filed_on", "state", "stay", "closed_on"),
    "clues": ("due_at", "-due_at", "number", "-received_on", "state", "stay", "source"),
}
ROW_SQL = {
    "cases": (
        "SELECT c.*, r.name, h.name, (SELECT min(due_at) FROM accounts_clock k "
        "WHERE k.subject_kind = 'cases.case' AND k.subject_id = c.id "
        "AND k.met_at IS NULL AND k.suspended_on IS NULL) "
        "FROM cases_case c "
        "JOIN accounts_region r ON r.code = c.county_id LEFT JOIN accounts_user h ON h.id = c.handler_id "
        "WHERE c.agency_id IN ({offices}) ORDER BY c.filed_on DESC, c.id DESC LIMIT 20"
    ),
    "clues": (
        "SELECT c.*, r.name, h.name, (SELECT due_at FROM accounts_clock k "
        "WHERE k.subject_kind = 'clues.clue' AND k.subject_id = c.id "
        "AND k.kind = 'clue_check' AND k.met_at IS NULL) "
        "FROM clues_clue c "
        "JOIN accounts_region r ON r.code = c.county_id LEFT JOIN accounts_user h ON h.id = c.handler_id "
        "WHERE c.agency_id IN ({offices}) ORDER BY c.received_on DESC, c.id DESC LIMIT 20"
    ),
}
WORDS = {"rare": RARE, "common": "石灰岩", "two characters": "后沟"}


def run(bench) -> None:
    """Everything of the lists."""
    county, prefecture = bench.client("handler"), bench.client("prefecture")
    bench.frame = min(bench.meter.middle("frame", lambda: _frame(county)).cpu for _ in range(3))
    bench.page("frame (change of password)", county, "/accounts/password/")
    for name in ("cases", "clues"):
        for whose, client in (("county", county), ("prefecture", prefecture)):
            _list(bench, name, whose, client)


def _frame(client) -> None:
    answer = client.get("/accounts/password/")
    assert answer.status_code == 200, answer.status_code


def _list(bench, name: str, whose: str, client) -> None:
    url, title = f"/{name}/", f"{name}, {whose}"
    counties = bench.province.counties
    offices = ", ".join(str(each.pk) for each in (counties[:1] if whose == "county" else counties))
    bench.page(f"{title}: first page", client, url, ROW_SQL[name].format(offices=offices))
    bench.page(f"{title}: first page, the piece", client, url, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="list")
    last = _last(name, counties[0])
    bench.page(f"{title}: page {'last' if whose == 'county' else 'deep'}", client, f"{url}?page={last}")
    for sort in SORTS[name]:
        bench.page(f"{title}: sorted by {sort}", client, f"{url}?sort={sort}")
    for key, value in _filters(bench, name).items():
        bench.page(f"{title}: {key}", client, f"{url}?{key}={value}")
    party = bench.province._name(COMMON_PARTY)
    for word, posted in (
        *((f"text, {k}", {"text": v}) for k, v in WORDS.items()),
        ("party", {"party": party}),
    ):
        if bench.only in f"{title}: {word}":
            bench.page(f"{title}: {word}", client, client.post(url, posted).headers["Location"])


COMMON_PARTY = 1234


def _last(name: str, office) -> int:
    from cases.models import Case
    from clues.models import Clue

    rows = {"cases": Case, "clues": Clue}[name].objects.filter(agency=office)
    return max(-(-min(rows.count(), 10_000) // 20), 1)


def _filters(bench, name: str) -> dict:
    """A value for each filter, by the name it has in the address."""
    from accounts.models import Label

    province = bench.province
    office = province.counties[0]
    handler = province.people[office.pk][1].pk
    some = {
        "handler": handler,
        "county": office.region_id,
        "township": province.townships[0][0].region_id,
        "stay": 60,
        "label": Label.objects.filter(agency=office).first().pk,
    }
    if name == "cases":
        return some | {"state": "investigation", "flag": "must_refer", "violation": "K21",
                       "filed_on_after": LAST.replace(month=1),
                       "closed_on_after": LAST.replace(month=6)}  # fmt: skip
    return some | {"state": "assigned", "source": "drone", "outcome": "unfounded",
                   "received_on_after": LAST.replace(month=1), "found_by": "王"}  # fmt: skip
