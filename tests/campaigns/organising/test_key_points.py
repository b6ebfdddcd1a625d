"""重点区域、重点人员: the notice's three kinds as books with counts; names and numbers sealed."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry
from campaigns.models import KeyPerson
from campaigns.services import organising
from campaigns.services.key_persons import unmask_key_person
from common.errors import Forbidden, Refused
from tests.campaigns.organising.conftest import ROWS, add, address
from tests.cases.making import OTHER_ID, PERSON_ID
from tests.ledgers import build

OVERVIEW = "/ledgers/campaigns/test/organisation/"
NAME = ROWS["key_persons"]["name"]


def unmask(row) -> str:
    """Where a name is asked for."""
    return reverse("campaigns:unmask_key_person", args=["key_persons", row.public_id])


def test_both_are_counted_by_the_three_kinds(cast, seat, page):
    for kind in ("frequent", "frequent", "ecological"):
        add(cast.liaison, seat, "key_areas", kind=kind)
    add(cast.liaison, seat, "key_areas", kind="farmland", until=build.day("05-01"))
    add(cast.liaison, seat, "key_persons", kind="farmland")
    text = page(cast.liaison, OVERVIEW)
    panel = text[text.index('id="focus"') :]
    panel = panel[: panel.index("</section>")]
    words = " ".join(panel.replace("<", " <").split())
    for label, counts in (
        ("非法采矿案件频发的乡镇", (2, 0)),
        ("重点生态保护区域", (1, 0)),
        ("非法占用农用地，造成耕地大量毁坏", (0, 1)),
        ("合计", (3, 1)),
    ):
        line = words[words.index(f">{label} <") :]
        cells = [cell.split(" <")[0] for cell in line.split('data-label="在列">')[1:3]]
        assert [int(cell) for cell in cells] == list(counts), label
    assert "已移出" in page(cast.liaison, f"{OVERVIEW}key_areas/")


@pytest.fixture
def person(cast, seat):
    """A person on the list, with name and number."""
    return add(cast.liaison, seat, "key_persons", identity=PERSON_ID)


def test_name_and_number_are_nowhere_in_clear(cast, seat, page, person):
    stored = KeyPerson.objects.values().get()
    assert (stored["name_masked"], stored["identity_masked"]) == ("张**", "1411**********0012")
    trail = list(TrailEntry.objects.filter(subject_id=person.pk).values("changes", "reason", "label"))
    assert "张**" in str(trail)
    pages = [
        page(cast.liaison, person.get_absolute_url()),
        page(cast.liaison, f"{OVERVIEW}key_persons/"),
        page(cast.liaison, reverse("campaigns:amend_row", args=["key_persons", person.public_id])),
    ]
    for text in (str(stored), str(trail), *pages):
        assert NAME not in text and PERSON_ID not in text
    assert "张**" in pages[0] and "1411**********0012" in pages[1]


def test_the_same_person_stands_on_the_list_once(cast, seat, person):
    with pytest.raises(Refused, match="张.*尾号0012.*已经登记在东坡底乡"):
        add(cast.liaison, seat, "key_persons", name="张三风", identity=PERSON_ID)
    other = add(cast.liaison, seat, "key_persons", identity=OTHER_ID)
    with pytest.raises(Refused, match="已经登记"):
        organising.amend_row(by=cast.liaison, row=other, identity=PERSON_ID)
    organising.strike_row(by=cast.liaison, row=person, reason="登记错了")
    assert add(cast.liaison, seat, "key_persons", identity=PERSON_ID)


def test_without_a_number_by_the_name(cast, seat):
    add(cast.liaison, seat, "key_persons")
    with pytest.raises(Refused, match="已经登记"):
        add(cast.liaison, seat, "key_persons", name=" 张 三丰")


def test_left_empty_name_and_number_stay(cast, seat, person):
    organising.amend_row(by=cast.liaison, row=person, name="", identity="", situation="已搬离")
    person.refresh_from_db()
    facts = unmask_key_person(by=cast.chief, row=person, reason="核对")
    assert (facts.name, facts.identity, person.situation) == (NAME, PERSON_ID, "已搬离")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " "}, "请填写姓名"),
        ({"identity": "141122190001010013"}, "末位校验不符"),
        ({"situation": "张三丰夜间盗采"}, "写有本人姓名"),
    ],
)
def test_what_is_refused(cast, seat, values, said):
    with pytest.raises(Refused, match=said):
        add(cast.liaison, seat, "key_persons", **values)


def test_the_form_says_it_at_the_field(cast, seat, post):
    fields = {**ROWS["key_persons"], "since": "2026-04-02", "identity": "141122190001010013"}
    answer = post(cast.liaison, address(seat, "key_persons"), **fields)
    assert answer.status_code == 422 and "identity" in answer.context["form"].errors
    post(cast.liaison, address(seat, "key_persons"), **{**fields, "identity": PERSON_ID})
    assert KeyPerson.objects.get().identity_masked == "1411**********0012"


def test_a_name_is_shown_once_for_a_reason(cast, sign_in, person):
    client = sign_in(cast.handler)
    assert f'href="{unmask(person)}"' in client.get(person.get_absolute_url()).content.decode()
    assert NAME not in client.get(unmask(person)).content.decode()
    answer = client.post(unmask(person), {"reason": "核对身份", "_key": "once"})
    page = answer.content.decode()
    assert NAME in page and PERSON_ID in page and "只显示这一次" in page
    again = client.post(unmask(person), {"reason": "核对身份", "_key": "once"})
    assert again.status_code == 302
    entry = TrailEntry.objects.get(act="unmask_key_person")
    assert (entry.actor, entry.reason, entry.changes["重点人员"][1]) == (
        cast.handler,
        "核对身份",
        "张**（证件尾号0012）",
    )


@pytest.mark.parametrize("part", ["intake", "checker", "legal", "prefecture", "police"])
def test_others_do_not_open_it(cast, sign_in, person, part):
    """Public security opens its own list, not the bureau's."""
    reader = getattr(cast, part)
    with pytest.raises(Forbidden):
        unmask_key_person(by=reader, row=person, reason="好奇")
    client = sign_in(reader)
    assert client.get(person.get_absolute_url()).status_code == 200
    assert client.post(unmask(person), {"reason": "好奇"}).status_code == 403
    assert sign_in(cast.neighbour_chief).get(unmask(person)).status_code == 404


def test_the_address_is_about_people_alone(cast, sign_in, seat):
    row = add(cast.liaison, seat, "key_areas")
    url = reverse("campaigns:unmask_key_person", args=["key_areas", row.public_id])
    assert sign_in(cast.liaison).get(url).status_code == 404


def test_an_export_leaves_a_line_and_no_name(cast, sign_in, person):
    client = sign_in(cast.chief)
    answer = client.get(f"{OVERVIEW}key_persons/?export=xlsx")
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert body[:2] == b"PK"
    entry = TrailEntry.objects.get(act="export_book")
    assert (entry.actor, entry.label, entry.changes["条数"]) == (cast.chief, "导出重点人员", ["", 1])
    client.get(f"{OVERVIEW}key_areas/?export=xlsx")
    assert TrailEntry.objects.filter(act="export_book").count() == 1
