"""常用条件: kept, shared, changed, deleted; the daily message of what is new, with the receiver's rights."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from accounts import roles
from accounts.models import Posting, TrailEntry, User
from cases.models import Case
from clues.services.informants import InformantFacts
from common.errors import Refused
from reminders.models import FilterDigest, Notice, Outbox, SavedFilter
from reminders.services import digests, outbox, saved_filters
from reminders.services.saved_filters import Conditions
from tests.cases import making
from tests.cast import add_person
from tests.clues.making import assigned, registered

MONDAY = timezone.make_aware(datetime(2036, 3, 3, 9, 30))
DAY = timedelta(days=1)


def keep(by, *, query="state=registered", name="待分派的", list_name="clues", **more):
    """A filter as its service keeps it."""
    conditions = Conditions(query, more.pop("private", None))
    return saved_filters.save_filter(by=by, list_name=list_name, name=name, conditions=conditions, **more)


def new_address(list_name, at) -> str:
    """Where 保存条件 leads."""
    return f"/reminders/saved/new/?{urlencode({'list': list_name, 'at': at})}"


def save(client, list_name, at, **typed):
    """The form of 保存条件."""
    return client.post(new_address(list_name, at), {"name": "待分派的", **typed})


def test_what_a_list_is_asked_for_is_kept_under_a_name_and_shown_beside_it(cast, sign_in):
    client = sign_in(cast.intake)
    assert "保存条件" not in client.get("/clues/").content.decode()
    page = client.get("/clues/?state=registered&sort=-stay&page=2").content.decode()
    assert "保存条件" in page
    form = client.get(new_address("clues", "state=registered&sort=-stay&page=2")).content.decode()
    assert "待分派" in form and "状态" in form
    answer = save(client, "clues", "state=registered&sort=-stay&page=2&size=50")
    assert answer.headers["Location"] == "/clues/?state=registered&sort=-stay&size=50"
    saved = SavedFilter.objects.get()
    assert (saved.owner, saved.agency, saved.query) == (cast.intake, None, "sort=-stay&state=registered")
    assert client.get(saved.get_absolute_url()).headers["Location"] == f"/clues/?{saved.query}"
    page = client.get(f"/clues/?{saved.query}").content.decode()
    assert f'href="{saved.get_absolute_url()}"' in page and 'aria-current="true">待分派的' in page
    assert TrailEntry.objects.filter(act="save_filter", actor=cast.intake).count() == 1


@pytest.mark.parametrize("url", ["/clues/", "/cases/", "/ledgers/duties/", "/clocks/"])
def test_the_lists_show_what_was_kept_for_them(cast, sign_in, url):
    names = {"/clues/": "clues", "/cases/": "cases", "/ledgers/duties/": "duties", "/clocks/": "clocks"}
    for name in names.values():
        keep(cast.handler, list_name=name, query="state=x", name=f"常用{name}")
    page = sign_in(cast.handler).get(url).content.decode()
    assert [name for name in names.values() if f"常用{name}" in page] == [names[url]]


def test_names_of_people_are_sealed_and_never_stand_in_an_address(cast, sign_in):
    registered(cast, parties=[{"kind": "person", "name": "欧阳锋某", "identity": ""}])
    client = sign_in(cast.intake)
    at = client.post("/clues/", {"party": "欧阳锋某"}).headers["Location"].partition("?")[2]
    form = client.get(new_address("clues", at)).content.decode()
    assert "欧阳锋某" in form
    assert save(client, "clues", at).status_code == 302
    saved = SavedFilter.objects.get()
    assert "欧阳" not in saved.private_sealed + saved.query and saved.private_sealed
    client.session.flush()
    client = sign_in(cast.intake)
    answer = client.get(saved.get_absolute_url(), follow=True)
    assert "欧阳锋某" in answer.content.decode()
    assert all("%" not in url and "欧阳" not in url for url, _ in answer.redirect_chain)


def test_shared_with_the_office_and_with_nobody_else(cast, sign_in):
    own, shared = keep(cast.intake, name="自己的"), keep(cast.intake, name="大家的", shared=True)
    assert shared.agency == cast.county
    colleague = sign_in(cast.handler)
    page = colleague.get("/clues/").content.decode()
    assert "大家的" in page and "自己的" not in page
    assert colleague.get(shared.get_absolute_url()).status_code == 302
    assert colleague.get(own.get_absolute_url()).status_code == 404
    for part in ("neighbour_handler", "prefecture", "reporter"):
        client = sign_in(getattr(cast, part))
        assert client.get(shared.get_absolute_url()).status_code == 404, part
        assert client.post(f"{shared.get_absolute_url()}follow/").status_code == 404, part
        assert "大家的" not in client.get("/reminders/saved/").content.decode()


def test_only_who_kept_it_changes_and_deletes_it(cast, sign_in):
    shared = keep(cast.intake, name="大家的", shared=True)
    colleague, owner = sign_in(cast.handler), sign_in(cast.intake)
    for act in ("amend", "drop"):
        url = f"{shared.get_absolute_url()}{act}/"
        assert (
            colleague.get(url).status_code == 404 and colleague.post(url, {"name": "甲"}).status_code == 404
        )
        assert owner.get(url).status_code == 200
    with pytest.raises(Refused, match="由保存的人"):
        saved_filters.drop_filter(by=cast.handler, saved=shared)
    answer = owner.post(f"{shared.get_absolute_url()}amend/", {"name": "改过的", "_version": shared.version})
    assert answer.status_code == 302
    changed = SavedFilter.objects.get()
    assert (changed.name, changed.agency) == ("改过的", None)
    assert owner.post(f"{shared.get_absolute_url()}drop/", {}).status_code == 302
    assert not SavedFilter.objects.exists()
    acts = TrailEntry.objects.filter(actor=cast.intake, act__contains="filter").values_list("act", flat=True)
    assert sorted(acts) == ["amend_filter", "drop_filter", "save_filter"]


def test_one_that_was_left_behind_is_cleared_away_by_who_leads_or_administers_the_office(cast, sign_in):
    shared, own = keep(cast.intake, name="大家的", shared=True), keep(cast.intake, name="自己的")
    url = f"{shared.get_absolute_url()}drop/"
    above = add_person("above_admin", "市系统", cast.agencies["141100-zrzy"], roles.SYSTEM_ADMIN)
    for person in (cast.chief, cast.system_admin, above):
        assert sign_in(person).get(url).status_code == 404, "its owner is still there"
    Posting.objects.filter(user=cast.intake).update(agency=cast.neighbour)  # works elsewhere now
    assert sign_in(cast.handler).get(url).status_code == 404
    assert sign_in(cast.neighbour_handler).get(url).status_code == 404
    assert sign_in(cast.chief).get(f"{own.get_absolute_url()}drop/").status_code == 404
    assert sign_in(cast.chief).get(f"{shared.get_absolute_url()}amend/").status_code == 404
    for person in (cast.chief, cast.system_admin, above):
        page = sign_in(person).get("/reminders/saved/").content.decode()
        assert "已不在该单位" in page and url in page and "自己的" not in page, person
    assert "follow/" not in page, "only to be cleared away, at the office above"
    assert sign_in(above).post(url, {"_version": shared.version}).status_code == 302
    assert list(SavedFilter.objects.all()) == [own]
    entry = TrailEntry.objects.get(act="drop_filter")
    assert (entry.actor, entry.changes["保存人"]) == (above, [cast.intake.name, ""])


def test_one_of_a_disabled_person_is_left_behind_too(cast):
    shared = keep(cast.intake, name="大家的", shared=True)
    with pytest.raises(Refused, match="由保存的人"):
        saved_filters.drop_filter(by=cast.deputy, saved=shared)
    User.objects.filter(pk=cast.intake.pk).update(is_active=False)
    saved_filters.drop_filter(by=cast.deputy, saved=shared)
    assert not SavedFilter.objects.exists()


def test_what_an_office_reads_names_none_of_its_informants(cast):
    """Nor does the sentence say so; and who may not know them can't find out by trying."""
    registered(cast, informant=InformantFacts(name="欧阳举报", phone="13834560012"))
    for name in ("欧 阳举报的", "电话138-3456-0012"):
        with pytest.raises(Refused) as refusal:
            keep(cast.intake, name=name, shared=True)
        assert "举报" not in refusal.value.sentence
    own = keep(cast.intake, name="欧阳举报的")
    with pytest.raises(Refused, match="全单位都看得到"):
        saved_filters.amend_filter(by=cast.intake, saved=own, name=own.name, shared=True)
    assert keep(cast.legal, name="欧阳举报的", shared=True).pk
    assert keep(cast.neighbour_handler, name="欧阳举报的", shared=True).pk


def test_the_same_name_again_takes_the_new_conditions(cast):
    first = keep(cast.intake)
    again = keep(cast.intake, query="state=assigned")
    assert (again.pk, again.query) == (first.pk, "state=assigned")
    assert keep(cast.handler).pk != first.pk


def test_what_cannot_be_kept(cast, monkeypatch):
    with pytest.raises(Refused, match="没有选条件"):
        keep(cast.intake, query="")
    with pytest.raises(Refused, match="请填写名称"):
        keep(cast.intake, name="  ")
    monkeypatch.setattr(saved_filters, "MOST_FILTERS", 1)
    kept = keep(cast.intake)
    with pytest.raises(Refused, match="最多保存 1 个"):
        keep(cast.intake, name="又一个")
    monkeypatch.setattr(saved_filters, "MOST_FILTERS", 30)
    keep(cast.intake, name="又一个")
    with pytest.raises(Refused, match="已有名称"):
        saved_filters.amend_filter(by=cast.intake, saved=kept, name="又一个", shared=False)


def test_who_has_no_such_list_keeps_none_and_opens_none(cast, sign_in):
    client = sign_in(cast.procurator)
    assert client.get(new_address("clues", "state=registered")).headers["Location"] == "/reminders/saved/"
    assert client.get(new_address("nothing", "")).headers["Location"] == "/reminders/saved/"


def test_the_daily_message_tells_what_is_new_once_a_workday(cast, sign_in):
    known = registered(cast)
    saved = keep(cast.brigade_head)
    saved_filters.follow_filter(by=cast.brigade_head, saved=saved)
    assert digests.tell_new(MONDAY) == 0  # what was there is known
    new = registered(cast)
    assert digests.tell_new(MONDAY + timedelta(hours=3)) == 0  # looked today already
    assert digests.tell_new(MONDAY + DAY - timedelta(hours=1)) == 0  # before nine
    assert digests.tell_new(MONDAY + DAY) == 1
    assert digests.tell_new(MONDAY + DAY) == 0
    outbox.deliver(now=MONDAY + DAY)
    notice = Notice.objects.get(recipient=cast.brigade_head, kind="filter_digest")
    assert notice.title == "常用条件有新的内容：线索 1 条"
    page = sign_in(cast.brigade_head).get(notice.url).content.decode()
    assert new.number in page and known.number not in page


def test_nothing_is_told_on_a_day_off_and_it_is_not_lost(cast):
    saved = keep(cast.brigade_head)
    saved_filters.follow_filter(by=cast.brigade_head, saved=saved)
    registered(cast)
    saturday = MONDAY + 5 * DAY
    assert digests.tell_new(saturday) == 0
    assert digests.tell_new(saturday + 2 * DAY) == 1


def test_on_and_off_is_each_persons_own(cast, sign_in):
    saved = keep(cast.intake, shared=True)
    client = sign_in(cast.handler)
    client.post(f"{saved.get_absolute_url()}follow/")
    assert FilterDigest.objects.get().person == cast.handler
    assert "停止提示" in client.get("/reminders/saved/").content.decode()
    assert "停止提示" not in sign_in(cast.intake).get("/reminders/saved/").content.decode()
    client.post(f"{saved.get_absolute_url()}unfollow/")
    assert not FilterDigest.objects.exists()


def test_a_shared_filter_tells_each_receiver_only_what_is_within_reach(cast, sign_in):
    """Kept at the prefecture, followed by one of its people who moves to a county."""
    saved = keep(cast.prefecture, query="state=investigation", list_name="cases", shared=True)
    saved_filters.follow_filter(by=cast.prefecture, saved=saved)
    theirs = making.bare_case(cast, state="investigation", agency=cast.neighbour, number="邻1")
    ours = making.bare_case(cast, state="investigation", number="本1")
    digest = FilterDigest.objects.create(saved=saved, person=cast.handler, looked_on=MONDAY.date() - DAY)
    SavedFilter.objects.filter(pk=saved.pk).update(agency=cast.county)
    assert digests.tell_new(MONDAY) == 2
    digest.refresh_from_db()
    assert digest.fresh == [ours.pk]
    assert FilterDigest.objects.get(person=cast.prefecture).fresh == sorted([theirs.pk, ours.pk])
    page = sign_in(cast.handler).get(f"{saved.get_absolute_url()}fresh/").content.decode()
    assert "本1" in page and "邻1" not in page
    Case.objects.filter(pk=ours.pk).update(agency=cast.neighbour)  # taken away since it was told
    page = sign_in(cast.handler).get(f"{saved.get_absolute_url()}fresh/").content.decode()
    assert "本1" not in page and "没有新的内容" in page


def test_who_lost_the_post_or_the_sight_of_the_filter_hears_nothing_more(cast):
    saved = keep(cast.intake, shared=True)
    for person in (cast.handler, cast.second_handler, cast.brigade_head):
        saved_filters.follow_filter(by=person, saved=saved)
    registered(cast)
    cast.handler.postings.update(until=timezone.localdate() - DAY)
    User.objects.filter(pk=cast.second_handler.pk).update(is_active=False)
    assert digests.tell_new(MONDAY) == 1
    assert list(FilterDigest.objects.values_list("person", flat=True)) == [cast.brigade_head.pk]
    assert set(Outbox.objects.filter(kind="filter_digest").values_list("recipient", flat=True)) == {
        cast.brigade_head.pk
    }


def test_too_wide_a_filter_is_refused_and_one_that_grew_keeps_still(cast, sign_in, monkeypatch):
    saved = keep(cast.intake)
    saved_filters.follow_filter(by=cast.intake, saved=saved)
    registered(cast), registered(cast)
    monkeypatch.setattr(saved_filters, "MOST_ROWS", 1)
    assert digests.tell_new(MONDAY) == 0
    client = sign_in(cast.intake)
    client.post(f"{saved.get_absolute_url()}follow/")
    assert "条件太宽" in client.get("/reminders/saved/").content.decode()
    monkeypatch.undo()
    assert digests.tell_new(MONDAY + DAY) == 1


def test_a_party_kept_sealed_is_found_by_the_daily_message_too(cast):
    saved = keep(cast.intake, query="", private={"party": ["欧阳锋某"]})
    saved_filters.follow_filter(by=cast.intake, saved=saved)
    assigned(cast)
    registered(cast, parties=[{"kind": "person", "name": "欧阳锋某", "identity": ""}])
    assert digests.tell_new(MONDAY) == 1
    (row,) = Outbox.objects.filter(kind="filter_digest", channel="inbox")
    assert "欧阳" not in row.title and len(FilterDigest.objects.get().fresh) == 1
