"""停留天数: since when a clue or case stands in its stage, kept by the deed that moves it."""

from datetime import date, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models import Standard, local_today
from accounts.services.signing import Signature
from accounts.services.staying import fill_from_trail, stands_since
from cases.models import Case
from cases.services import filing_again
from cases.services.labelling import label_case
from clues.models import Clue
from tests.cases import making
from tests.clues.making import ago, assigned, registered


def moved_back(thing, days) -> None:
    """As if it had come there so many days ago."""
    type(thing).objects.filter(pk=thing.pk).update(stage_since=ago(days))


def test_a_deed_that_moves_it_begins_anew_and_another_does_not(cast):
    clue = registered(cast)
    assert (clue.stage_since, clue.days_here) == (local_today(), 0)
    case = making.proposed_case(cast)
    moved_back(case, 12)
    case = label_case(by=cast.handler, case=case, name="重点")
    assert case.days_here == 12
    case = filing_again.return_filing(by=cast.deputy, case=case, signature=Signature(opinion="补充"))
    assert (case.state, case.days_here) == ("drafted", 0)


def test_what_is_done_with_stands_nowhere(cast):
    ended = making.bare_case(cast, state="closed")
    assert (ended.stage_since, ended.days_here) == (None, None)
    case = making.filed_case(cast)
    assert Clue.objects.get(pk=case.clue_id).stage_since is None
    assert Case.objects.get(pk=case.pk).stage_since == local_today()


def test_what_is_typed_long_after_stands_since_the_day_that_is_said(cast):
    case = making.filed_case(cast)
    for day, since in ((ago(20), ago(20)), (ago(-3), local_today())):
        stands_since(case, day)
        assert Case.objects.get(pk=case.pk).stage_since == since
    clue = Clue.objects.get(pk=case.clue_id)
    stands_since(clue, ago(20))
    clue.refresh_from_db()
    assert clue.stage_since is None, "what rests stands nowhere"


def order(client, url, things):
    page = client.get(url).content.decode()
    return sorted(things, key=lambda thing: page.index(thing.public_id))


@pytest.mark.parametrize(("url", "make"), [("/clues/", registered), ("/cases/", making.bare_case)])
def test_the_list_shows_sorts_and_narrows_by_the_days(cast, sign_in, url, make):
    short, long, ended = make(cast), make(cast), make(cast)
    moved_back(short, 3)
    moved_back(long, 45)
    type(ended).objects.filter(pk=ended.pk).update(stage_since=None)
    client = sign_in(cast.intake if url == "/clues/" else cast.handler)
    page = client.get(url).content.decode()
    assert ">停留<" in page and "超30天" in page and page.count("超30天") == 1
    assert order(client, f"{url}?sort=-stay", [short, long, ended]) == [long, short, ended]
    assert order(client, f"{url}?sort=stay", [short, long, ended]) == [short, long, ended]
    narrowed = client.get(f"{url}?stay=45").content.decode()
    assert long.public_id in narrowed and short.public_id not in narrowed
    assert "不少于（天）" in narrowed
    for wrong in ("x", "-1", "9" * 30):
        assert "没有查" in client.get(f"{url}?stay={wrong}").content.decode()


def test_an_office_sets_its_own_limit(cast, sign_in):
    clue = registered(cast)
    moved_back(clue, 12)
    standard = {"key": "stay_days", "label": "停留天数提示", "unit": "日", "document": "内部规定"}
    Standard.objects.create(**standard, value=10, valid_from=date(2026, 1, 1), region_id="141122")
    assert "超10天" in sign_in(cast.intake).get("/clues/").content.decode()
    assert "超10天" not in sign_in(cast.prefecture).get("/clues/").content.decode()


@pytest.mark.parametrize("app", ["clues.migrations.0008", "cases.migrations.0004"])
def test_rows_from_before_are_filled_from_the_trail(cast, app):
    filed = making.filed_case(cast)
    things = {"clues": [assigned(cast), registered(cast)], "cases": [filed]}[app.split(".")[0]]
    model = type(things[0])
    model.objects.update(stage_since=date(2001, 1, 1))
    migration = import_module(f"{app}_labels_and_stage_days")
    migration.fill(apps, SimpleNamespace())
    assert [model.objects.get(pk=thing.pk).stage_since for thing in things] == [local_today()] * len(things)
    if model is Clue:
        assert Clue.objects.get(pk=filed.clue_id).stage_since is None


def test_the_last_move_counts_and_other_entries_do_not(cast):
    clue = assigned(cast)
    past = timezone.make_aware(datetime(2026, 3, 4, 9, 0))
    rows = [
        (clue.pk, past, {"状态": ["待分派", "核查中"]}),
        (clue.pk, timezone.now(), {"标注": ["", "重点"]}),
    ]
    entries = SimpleNamespace(
        filter=lambda **_: entries,
        order_by=lambda *_: entries,
        values_list=lambda *_: SimpleNamespace(iterator=lambda chunk_size: iter(rows)),
    )
    fill_from_trail(Clue.objects.all(), entries, "状态", ("settled", "merged"))
    assert Clue.objects.get(pk=clue.pk).stage_since == date(2026, 3, 4)
