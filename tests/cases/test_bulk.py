"""指定承办人 and 标注 on many cases, and 标注 on one: each its own deed, each asked for its own office."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.services.labelling import label_case
from common.errors import Forbidden
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post

ASSIGN, LABEL, URL = "/cases/many/assign/", "/cases/many/label/", "/cases/"


def do(client, url, *cases, how="whole", **more):
    """The confirmed post."""
    seen = [f"{case.public_id}:{case.version}" for case in cases]
    picks = [case.public_id for case in cases]
    return client.post(url, {"pick": picks, "seen": seen, "_confirmed": "1", "_how": how, **more})


def test_two_handlers_are_named_for_each_picked_case(cast, sign_in):
    cases = [making.filed_case(cast), making.bare_case(cast)]
    client = sign_in(cast.brigade_head)
    page = client.post(ASSIGN, {"pick": [case.public_id for case in cases]}).content.decode()
    assert "指定承办人：2 件" in page and "邻承办" not in page
    people = {"handler": cast.second_handler.pk, "second_handler": cast.handler.pk}
    assert do(client, ASSIGN, *cases, **people).status_code == 302
    for case in cases:
        case.refresh_from_db()
        assert (case.handler, case.second_handler) == (cast.second_handler, cast.handler)
        assert (last_entry(case).act, last_entry(case).actor) == ("assign_handlers", cast.brigade_head)


def test_a_closed_case_is_refused_with_the_reason(cast, sign_in):
    open_one, ended = making.bare_case(cast), making.bare_case(cast, state="refused")
    picks = {"pick": [open_one.public_id, ended.public_id]}
    page = sign_in(cast.handler).post(ASSIGN, picks).content.decode()
    assert "现在是“不批准立案”，不能指定承办人" in page and "能办 <b>1</b> 件，不能办 <b>1</b> 件" in page


def test_an_id_that_is_not_ones_own_is_not_found(cast, sign_in):
    ours, theirs = making.bare_case(cast), making.bare_case(cast, agency=cast.neighbour)
    client = sign_in(cast.handler)
    people = {"handler": cast.second_handler.pk, "second_handler": cast.handler.pk}
    for url, more in ((ASSIGN, people), (LABEL, {"name": "重点", "away": "on"})):
        assert client.post(url, {"pick": [ours.public_id, theirs.public_id]}).status_code == 404
        assert do(client, url, theirs, how="good", **more).status_code == 404
    picks = {"pick": [theirs.public_id], "_export": "ask"}
    assert client.post(URL, picks).status_code == 404
    theirs.refresh_from_db()
    assert theirs.handler != cast.second_handler and not theirs.labels.exists()


def test_cases_of_two_offices_are_not_done_together(cast, sign_in):
    ours, theirs = making.bare_case(cast), making.bare_case(cast, agency=cast.neighbour)
    cast.neighbour.path = f"{cast.county.path}x/"  # both within reach of one post
    cast.neighbour.save()
    client = sign_in(cast.handler)
    assert client.post(ASSIGN, {"pick": [ours.public_id, theirs.public_id]}).status_code == 302
    assert "选中的不是同一个单位的" in client.get(URL).content.decode()


def test_several_are_labelled_and_the_list_is_narrowed_by_it(cast, sign_in):
    cases, other = [making.bare_case(cast), making.bare_case(cast)], making.bare_case(cast)
    client = sign_in(cast.chief)
    assert do(client, LABEL, *cases, name="挂牌督办", away="on").status_code == 302
    assert [last_entry(case).changes for case in cases] == [{"标注": ["", "挂牌督办"]}] * 2
    label = cases[0].labels.get()
    page = client.get(f"/cases/?label={label.pk}").content.decode()
    assert all(case.public_id in page for case in cases) and other.public_id not in page


def test_one_case_is_labelled_on_its_own_page(cast, sign_in):
    case = making.bare_case(cast)
    assert post(sign_in(cast.handler), case, "label_case", name="重点", away="on").status_code == 302
    assert "重点" in sign_in(cast.legal).get(case.get_absolute_url()).content.decode()
    assert_only(cast, sign_in, case, "label_case", "handler", "brigade_head", "deputy", "chief", "legal")
    with pytest.raises(Forbidden):
        label_case(by=cast.intake, case=case, name="甲")


def test_asking_costs_the_same_for_two_and_for_thirty(cast, sign_in):
    client = sign_in(cast.brigade_head)
    cases = [making.bare_case(cast, number=f"案{at}") for at in range(30)]
    client.get(URL)
    client.post(ASSIGN, {"pick": [cases[0].public_id]})  # after a long deed the next sets its seconds back
    counts = []
    for some in (cases[:2], cases):
        with CaptureQueriesContext(connection) as seen:
            client.post(ASSIGN, {"pick": [case.public_id for case in some]})
        counts.append(len(seen))
    assert counts[0] == counts[1]
