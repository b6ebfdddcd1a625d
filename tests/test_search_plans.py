"""How the databases find rows by words at 20,000: no search, free text or filter by name reads what rows are
found by, or the parties, from end to end, whether a word is rare, common, or nowhere.

Cases, clues and referrals are narrow here: where hundreds are held to fit, PostgreSQL hashes them whole.
"""

import pytest
from django.db import connection
from django.test import RequestFactory

from accounts.models import Grant, Label
from cases.models import Case, CaseFlag, CaseParty, CaseWords, Referral, ReferralWords
from cases.search import search as search_cases
from clues.models import Clue, ClueParty, ClueWords
from clues.search import search as search_clues
from common import stored
from registry.models import Party
from tests import test_plans
from tests.test_plans import BASE, FIRST, PAGES, many, multiply, one_of, plans_read, some_day, swept

__all__ = ["many"]
WORDS = {CaseWords: Case, ClueWords: Clue, ReferralWords: Referral}
TEXTS = ("某777", "沟7", "石灰岩", "石灰岩 沟7", "没有的", "jwd")
# What never stands in an address is kept with the session.
PRIVATE = {
    "cases": [{"text": each} for each in TEXTS] + [{"party": "某777"}, {"party": "141122190001010012"}],
    "clues": [{"text": each} for each in TEXTS] + [{"party": "某777"}, {"found_by": "某777"}],
}
FILTERS = {"cases": ("flag=must_refer", "label={label}"), "clues": ("label={label}",)}


def some_pieces() -> str:
    """SQL for what a row is found by: a word that one of ten rows has, one of fifty, its own alone."""
    several = (
        "CASE WHEN i % 10 = 0 THEN '石灰 灰岩 ' ELSE '' END || '沟_' || i % 50 || ' 某_' || i || ' =某_' || i"
    )
    width = f" || ' {'z' * 900}'"  # as wide as real ones, in one piece
    return f"({several}{width}){'::tsvector' if connection.vendor == 'postgresql' else ''}"


def keep_words(kept):
    """What each of the many rows is found by."""
    table, key = kept._meta.db_table, kept._meta.pk.column
    swept(table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{test_plans.NUMBERS} INSERT INTO {table} ({key}, grams) "
            f"SELECT {BASE} + i, {some_pieces()} FROM n"
        )


@pytest.fixture
def named(many, monkeypatch):
    """The many, with their words, flags, labels and referrals; the label."""
    large = {model._meta.db_table for model in (*WORDS, Party, CaseParty, ClueParty, CaseFlag)}
    monkeypatch.setattr(test_plans, "LARGE", large)
    case = Case.objects.order_by("pk").first()
    flag = CaseFlag.objects.create(case=case, code="late_decision", level="warn", since=FIRST)
    multiply(flag, case_id=f"{BASE} + i", code=one_of(["late_decision"] * 99 + ["must_refer"]))
    police = many.police_office
    sent = Referral.objects.create(
        case=case, state="sent", to_agency=police, sent_on=FIRST, proposed_by=many.handler
    )
    multiply(sent, case_id=f"{BASE} + i", sent_on=some_day(), number="'移' || i")
    reason = {"reason": "移送", "granted_by": many.handler, "since": FIRST}
    grant = Grant.objects.create(kind="case", object_id=case.pk, agency=police, **reason)
    multiply(grant, object_id=f"{BASE} + i", agency_id=one_of([police.pk, many.procuratorate.pk]))
    for kept in WORDS:
        keep_words(kept)
    label = Label.objects.create(agency=many.county, name="重点")
    for model in (Case, Clue):
        some = model.objects.filter(pk__gt=BASE)[:200]
        model.labels.through.objects.bulk_create(
            model.labels.through(**{f"{model._meta.model_name}_id": row.pk, "label": label}) for row in some
        )
    test_plans.analyzed(large)
    return label


def asked(name, label, person):
    """Requests for a list by each text, name and label."""
    for values in PRIVATE[name]:
        request = RequestFactory().get(f"/{name}/")
        request.user, request.session = person, {}
        key = stored.keep(request, name, {field: [value] for field, value in values.items()})
        yield values, RequestFactory().get(f"/{name}/?q={key}"), request.session
    for line in FILTERS[name]:
        yield line, RequestFactory().get(f"/{name}/?{line.format(label=label.pk)}"), {}


def test_what_is_looked_for_by_words_reads_no_large_table_from_end_to_end(named, many, sign_in):
    wrong, read = {}, 0

    def held(plans, *what):
        for sql, tables in plans:
            if tables:
                wrong.setdefault(sql, []).append((*what, tables))

    for person in (many.handler, many.prefecture):
        for name in PRIVATE:
            for what, request, session in asked(name, named, person):
                request.user, request.session = person, session
                with plans_read() as plans:
                    page = PAGES[name](request)
                    assert page.bar.form.is_valid(), (name, what)
                    read += len(page.page_rows)
                held(plans, person.name, name, what)
    for person in (many.handler, many.prefecture, many.police):
        client = sign_in(person)
        for text in TEXTS:
            with plans_read() as plans:
                read += len(search_cases(person, text)) + len(search_clues(person, text))
            held(plans, person.name, "search", text)
            with plans_read() as plans:
                assert client.post("/cases/referrals/", {"text": text}, follow=True).status_code == 200
            held([plan for plan in plans if '"grams"' in plan[0]], person.name, "referrals", text)
    assert not wrong, "\n\n".join(f"{places[:4]}\n{sql[:200]}…{sql[-900:]}" for sql, places in wrong.items())
    assert read > 100
