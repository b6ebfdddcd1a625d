"""The lists, the page of a case, and what a clue's page shows of it."""

from django.urls import reverse

from cases.models import Case
from tests.cases import making
from tests.cases.pages import at, post
from tests.ledgers import build
from tests.querycounts import assert_same_queries, check_recorded, queries_of


def titles(page) -> list[str]:
    """案号 of the rows of a list page, in order."""
    return [line["row"].number for line in page.context["list"].lines()]


def test_a_list_makes_the_same_queries_for_one_and_thirty(cast, sign_in):
    def add(count):
        for _ in range(count):
            making.filed_case(cast)

    assert_same_queries("cases:list", sign_in(cast.handler), "/cases/?size=50", add)


def test_the_page_of_a_case_makes_the_same_queries_however_much_it_holds(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="200000")
    client, url = sign_in(cast.handler), case.get_absolute_url()
    making.proposed_referral(cast, case)
    few = queries_of(client, url)
    for _ in range(4):
        making.mined(cast, case)
        post(client, case, "add_case_files", files=[making.scan()], kind="x", stage="filing")
    making.mined(cast, case, value="200000")
    assert queries_of(client, url) == few
    check_recorded("cases:detail", few)


def test_filters_stand_in_the_address_but_never_a_party(cast, sign_in):
    making.prefecture_joins()
    making.filed_case(cast)
    other = making.verified_clue(cast, parties=[making.suspect("李四", making.OTHER_ID)])
    making.filed_case(cast, clue=other, mineral="建筑用砂")
    client = sign_in(cast.handler)
    assert len(titles(client.get("/cases/?flag=prefecture"))) == 1
    assert len(titles(client.get("/cases/?state=investigation"))) == 2
    assert len(titles(client.get("/cases/?violation=K21"))) == 2
    assert titles(client.get("/cases/?state=closed")) == []
    response = client.post("/cases/", {"party": "李四"})
    assert "李四" not in response.url
    assert len(titles(client.get(response.url))) == 1
    response = client.post("/cases/", {"party": making.OTHER_ID})
    assert making.OTHER_ID not in response.url
    assert len(titles(client.get(response.url))) == 1


def test_each_sees_the_cases_of_their_reach(cast, sign_in):
    making.filed_case(cast)
    for part, count in (("liaison", 1), ("prefecture", 1), ("neighbour_chief", 0)):
        page = sign_in(getattr(cast, part)).get("/cases/")
        assert len(titles(page)) == count, part
    assert sign_in(cast.system_admin).get("/cases/").status_code == 403
    assert sign_in(cast.department).get("/cases/").status_code == 403


def test_the_page_shows_stage_flags_next_acts_clocks_and_record(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast), value="200000")
    page = sign_in(cast.handler).get(case.get_absolute_url())
    steps = {step["label"]: step["state"] for step in page.context["steps"]}
    assert (steps["立案"], steps["调查"], steps["决定"]) == ("done", "current", "todo")
    assert page.context["flags"][0] == ("应移送公安", "red")
    assert page.context["acts"][0]["label"] == "呈批移送公安"
    assert page.context["clocks"][0]["label"] == "作出处罚决定"
    assert [row["act"] for row in page.context["trail"]] == ["认定开采数量", "批准立案", "呈批立案"]


def test_stages_that_are_not_kept_here_are_never_lit(cast, sign_in):
    case = making.decided_case(cast)
    page = sign_in(cast.handler).get(case.get_absolute_url())
    steps = {step["label"]: step["state"] for step in page.context["steps"]}
    assert not {"审理", "告知", "归档"} & set(steps)
    assert (steps["决定"], steps["执行"]) == ("done", "current")


def test_an_imported_case_shows_what_its_workbook_said(cast, sign_in):
    build.campaign(cast)
    case = making.bare_case(cast, state="execution", imported=True)
    for day, tonnes in ((making.ago(30), 800), (making.ago(15), 820)):
        build.imported(case, as_of=day.isoformat(), mined_tonnes=tonnes, shutdown=True)
    page = sign_in(cast.handler).get(case.get_absolute_url())
    shown = {row["label"]: row["value"] for row in page.context["imported_rows"]}
    assert (shown["非法开采数量"], shown["是否取缔"], shown["非法占地面积"]) == ("820", "是", "")


def test_the_record_can_be_narrowed(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast))
    page = sign_in(cast.handler).get(case.get_absolute_url() + "?record=filing")
    assert [row["act"] for row in page.context["trail"]] == ["批准立案", "呈批立案"]
    assert [one["label"] for one in page.context["trail_filters"] if one["current"]] == ["立案"]


def test_a_reader_gets_no_buttons(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast))
    page = sign_in(cast.prefecture).get(case.get_absolute_url())
    assert page.status_code == 200
    assert page.context["acts"] == []
    assert page.context["edits"] == {}


def test_the_chair_of_a_clue(cast, sign_in):
    clue = making.verified_clue(cast)
    address = reverse("cases:of_clue", args=[clue.public_id])
    assert sign_in(cast.liaison).get(address).content.decode().strip() == ""
    case = making.filed_case(cast, clue=clue)
    assert case.number in sign_in(cast.liaison).get(address).content.decode()
    assert sign_in(cast.neighbour_chief).get(address).status_code == 404
    page = sign_in(cast.handler).get(clue.get_absolute_url()).content.decode()
    assert address in page


def test_every_act_page_of_a_case_opens(cast, sign_in):
    case = making.decided_case(cast)
    client = sign_in(cast.handler)
    page = client.get(case.get_absolute_url())
    urls = [row["url"] for row in page.context["acts"] if row["open"]]
    urls += [*page.context["edits"].values(), at(case, "propose_referral")]
    assert len(urls) > 10
    assert {client.get(url).status_code for url in urls} == {200}


def test_a_party_of_thirty_thousand_signs_is_answered_in_a_sentence(cast, sign_in):
    client = sign_in(cast.handler)
    for page in ("/cases/", "/clues/", "/cases/referrals/"):
        answer = client.post(page, {"party": "张" * 30_000}, follow=True)
        assert answer.status_code == 200 and "100" in answer.content.decode(), page


def test_cases_that_nobody_handles_are_found(cast, sign_in):
    handled, left = making.filed_case(cast), making.filed_case(cast)
    Case.objects.filter(pk=left.pk).update(handler=None, second_handler=None)
    page = sign_in(cast.chief).get("/cases/?handler=none").content.decode()
    assert left.get_absolute_url() in page and handled.get_absolute_url() not in page


def test_where_no_clock_runs_nothing_is_called_forgotten(cast, sign_in):
    making.bare_case(cast, state="closed", number="1号", filed_on=making.ago(9))
    (line,) = sign_in(cast.handler).get("/cases/").context["list"].lines()
    assert [cell["text"] for cell in line["cells"] if cell["column"].key == "due_at"] == ["—"]
