"""分派 and 标注 on many rows of the list: what is shown first, what is refused, that each is its own deed."""

import pytest

from accounts.models import TrailEntry
from clues.models import Clue
from clues.services.informants import InformantFacts
from tests.clues.making import assigned, last_entry, proposed, registered

ASSIGN, LABEL, URL = "/clues/many/assign/", "/clues/many/label/", "/clues/"


def ask(client, url, *clues, **more):
    """The bar's post."""
    return client.post(url, {"pick": [clue.public_id for clue in clues], **more})


def do(client, url, *clues, how="whole", **more):
    """The confirmed post."""
    seen = [f"{clue.public_id}:{clue.version}" for clue in clues]
    return ask(client, url, *clues, seen=seen, _confirmed="1", _how=how, **more)


def test_the_page_says_how_many_what_happens_and_what_is_refused(cast, sign_in):
    good, waiting = registered(cast), proposed(cast)
    page = ask(sign_in(cast.brigade_head), ASSIGN, good, waiting).content.decode()
    assert "分派核查：2 件" in page and "能办 <b>1</b> 件，不能办 <b>1</b> 件" in page
    assert "现在是“处理待批”，不能分派核查；“待分派”“核查中”“待查”时才能办。" in page and str(good) in page
    assert "刷新" not in page and ">分派 1 件</button>" in page
    assert "李承办" in page and "邻承办" not in page
    assert Clue.objects.get(pk=good.pk).state == "registered"


def test_where_none_can_be_done_there_is_no_button_and_the_way_back(cast, sign_in):
    page = ask(sign_in(cast.brigade_head), ASSIGN, proposed(cast)).content.decode()
    assert "选中的没有能办的，原因写在各行。请返回另选。" in page
    assert ">分派 0 件</button>" not in page and f'href="{URL}">返回</a>' in page


def test_each_clue_is_assigned_and_has_its_own_entry(cast, sign_in):
    clues = [registered(cast), registered(cast)]
    answer = do(sign_in(cast.brigade_head), ASSIGN, *clues, handler=cast.handler.pk, note="先看现场")
    assert answer.status_code == 302 and answer.headers["Location"] == URL
    for clue in clues:
        entry = last_entry(clue)
        assert (entry.act, entry.actor, entry.reason) == ("assign_clue", cast.brigade_head, "先看现场")
        assert Clue.objects.get(pk=clue.pk).handler == cast.handler


def test_with_one_refused_none_is_done_or_the_others_as_chosen(cast, sign_in):
    good, waiting = registered(cast), proposed(cast)
    client = sign_in(cast.brigade_head)
    page = do(client, ASSIGN, good, waiting, handler=cast.handler.pk)
    assert page.status_code == 409 and "一件都没有办" in page.content.decode()
    assert Clue.objects.get(pk=good.pk).state == "registered"
    done = do(client, ASSIGN, good, waiting, how="good", handler=cast.handler.pk)
    assert done.status_code == 302
    assert Clue.objects.get(pk=good.pk).state == "assigned"
    said = client.get(URL).content.decode()
    assert "已分派 1 件" in said and f"{waiting}没有分派" in said


def test_a_clue_changed_meanwhile_is_refused(cast, sign_in):
    clue = registered(cast)
    client = sign_in(cast.brigade_head)
    Clue.objects.filter(pk=clue.pk).update(version=clue.version + 1)
    page = do(client, ASSIGN, clue, handler=cast.handler.pk)
    assert page.status_code == 409 and "别人已作了改动" in page.content.decode()


def test_an_id_that_is_not_ones_own_is_not_found_and_nothing_is_done(cast, sign_in):
    ours, theirs = registered(cast), registered(cast, by=cast.neighbour_handler)
    client = sign_in(cast.brigade_head)
    for url, more in ((ASSIGN, {"handler": cast.handler.pk}), (LABEL, {"name": "重点", "away": "on"})):
        assert ask(client, url, ours, theirs).status_code == 404
        assert do(client, url, ours, theirs, how="good", **more).status_code == 404
    for ids in ([ours.public_id, "nowhere"], [str(ours.pk)]):
        assert client.post(ASSIGN, {"pick": ids}).status_code == 404
    assert client.post(URL, {"pick": [theirs.public_id], "_export": "ask"}).status_code == 404
    assert client.post(URL, {"pick": [theirs.public_id], "_export": "sure", "_count": "1"}).status_code == 404
    assert not TrailEntry.objects.filter(act__in=["assign_clue", "label_clue"]).exists()


def test_a_handler_of_another_office_is_not_taken(cast, sign_in):
    clue = registered(cast)
    answer = do(sign_in(cast.brigade_head), ASSIGN, clue, handler=cast.neighbour_handler.pk)
    assert answer.status_code == 422 and Clue.objects.get(pk=clue.pk).handler is None


def test_who_may_not_assign_has_no_such_button_and_no_such_page(cast, sign_in):
    clue = registered(cast)
    client = sign_in(cast.legal)
    assert ASSIGN not in client.get(URL).content.decode()
    assert ask(client, ASSIGN, clue).status_code == 403
    assert ASSIGN in sign_in(cast.intake).get(URL).content.decode()


def test_all_that_fit_are_the_filters_of_the_list(cast, sign_in):
    one, other = registered(cast, source="letter"), registered(cast)
    client = sign_in(cast.intake)
    page = client.post(ASSIGN, {"_all": "1", "_address": "source=letter"}).content.decode()
    assert one.public_id in page and other.public_id not in page
    assert 'href="/clues/?source=letter"' in page


def test_nothing_picked_goes_back_and_too_many_are_refused(cast, sign_in, monkeypatch):
    client = sign_in(cast.intake)
    registered(cast), registered(cast)
    assert client.post(ASSIGN, {}).headers["Location"] == URL
    assert "没有选中的行" in client.get(URL).content.decode()
    monkeypatch.setattr("accounts.bulk.MOST", 1)
    assert client.post(ASSIGN, {"_all": "1"}).status_code == 302
    assert "一次最多办理 1 件，选中的有 2 件" in client.get(URL).content.decode()


def test_a_second_press_does_nothing_twice(cast, sign_in):
    clue = registered(cast)
    client = sign_in(cast.intake)
    for _ in range(2):
        answer = do(client, ASSIGN, clue, handler=cast.handler.pk, _key="k")
        assert answer.status_code == 302
    assert TrailEntry.objects.filter(act="assign_clue").count() == 1


def test_a_note_that_names_the_informant_is_refused(cast, sign_in):
    clue = registered(cast, informant=InformantFacts(name="欧阳锋某", phone="13800000000"))
    page = do(sign_in(cast.intake), ASSIGN, clue, handler=cast.handler.pk, note="找欧阳锋某了解")
    assert page.status_code == 409 and Clue.objects.get(pk=clue.pk).handler is None


def test_the_picked_ones_are_exported_after_their_count_was_confirmed(cast, sign_in):
    one, two = registered(cast), registered(cast)
    client = sign_in(cast.intake)
    page = client.post(URL, {"pick": [one.public_id], "_export": "ask"}).content.decode()
    assert "导出 <b>1</b> 件线索（选中的）" in page and "位置" in page
    sure = {"pick": [one.public_id], "_export": "sure"}
    assert not client.post(URL, {**sure, "_count": "2"}).streaming
    book = client.post(URL, {**sure, "_count": "1"})
    content = b"".join(book.streaming_content)
    assert book.taken.rows == 1 and book.taken.conditions == "选中的 1 件" and content
    entry = TrailEntry.objects.get(act="record_export")
    assert entry.changes["行数"][1] == 1 and entry.changes["条件"][1] == "选中的 1 件"
    assert "没有选中的行" in client.post(URL, {"_export": "ask"}).content.decode()
    assert two.number not in page


@pytest.mark.parametrize("part", ["intake", "handler", "brigade_head", "deputy"])
def test_several_clues_are_labelled_together(cast, sign_in, part):
    clues = [registered(cast), assigned(cast)]
    answer = do(sign_in(getattr(cast, part)), LABEL, *clues, name="重点", away="on")
    assert answer.status_code == 302
    assert [last_entry(clue).changes for clue in clues] == [{"标注": ["", "重点"]}] * 2
