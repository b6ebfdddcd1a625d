"""The list of clues: who sees which, filters, words, workbook, constant queries."""

import io

import pytest
from openpyxl import load_workbook

from accounts.models import Clock, User
from clues.models import Clue, ClueParty
from registry.models import Party
from tests.clues.making import PERSON_ID, ago, assigned, registered, verified
from tests.querycounts import assert_same_queries, check_recorded, queries_of

URL = "/clues/"


def numbers(client, query="", post=None):
    answer = client.post(URL, post, follow=True) if post else client.get(URL + query)
    return {clue.number for clue in Clue.objects.all() if clue.number in answer.content.decode()}


def test_each_sees_the_clues_within_reach(cast, sign_in):
    ours = registered(cast)
    theirs = registered(cast, by=cast.neighbour_handler)
    reported = registered(cast, by=cast.reporter)
    seen = {
        "handler": {ours, reported},
        "neighbour_handler": {theirs},
        "reporter": {reported},
        "prefecture": {ours, theirs, reported},
        "province": {ours, theirs, reported},
        "other_prefecture": set(),
        "police": set(),
        "department": set(),
    }
    for part, clues in seen.items():
        assert numbers(sign_in(getattr(cast, part))) == {clue.number for clue in clues}, part


@pytest.mark.parametrize("part", ["procurator", "system_admin", "security_admin", "audit_admin"])
def test_who_has_no_business_with_clues_has_no_list(cast, sign_in, part):
    assert sign_in(getattr(cast, part)).get(URL).status_code == 403


def test_filters(cast, sign_in):
    plain = registered(cast, received_on=ago(40), source="letter")
    sent = assigned(cast, received_on=ago(2))
    client = sign_in(cast.intake)
    assert numbers(client, "?state=assigned") == {sent.number}
    assert numbers(client, "?source=letter") == {plain.number}
    assert numbers(client, "?handler=none") == {plain.number}
    assert numbers(client, f"?handler={cast.handler.pk}") == {sent.number}
    assert numbers(client, f"?received_on_after={ago(5)}") == {sent.number}
    assert numbers(client, f"?received_on_before={ago(5)}") == {plain.number}


def test_a_party_is_found_and_never_stands_in_the_address(cast, sign_in):
    clue = registered(cast, parties=[{"kind": "person", "name": "欧阳锋某", "identity": PERSON_ID}])
    registered(cast, place="别处")
    client = sign_in(cast.intake)
    for typed in ("阳锋", PERSON_ID):
        answer = client.post(URL, {"party": typed}, follow=True)
        address = answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]
        assert typed not in address
        assert clue.number in answer.content.decode()
        assert "共 <b>1</b> 件" in answer.content.decode()


def test_words_search_number_place_and_summary(cast, sign_in):
    clue = registered(cast, place="天宁镇磁窑村", summary="有人挖山皮土")
    registered(cast)
    client = sign_in(cast.intake)
    for typed in (clue.number, "磁窑", "山皮土"):
        assert numbers(client, post={"text": typed}) == {clue.number}


def test_the_workbook_is_the_list(cast, sign_in):
    clue = registered(cast, place="=cmd()", mineral="煤")
    answer = sign_in(cast.intake).get(URL + "?export=xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert clue.number in {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)


def test_an_empty_list_says_what_to_do(cast, sign_in):
    assert "登记线索" in sign_in(cast.intake).get(URL).content.decode()
    assert "还没有线索" in sign_in(cast.chief).get(URL).content.decode()


def test_the_same_queries_for_1_row_and_30(cast, sign_in):
    def add_rows(count):
        first = Clue.objects.count()
        for n in range(first, first + count):
            handler = User.objects.create_user(f"h{n}", f"承办{n}")
            clue = Clue.objects.create(
                number=f"线{n}号",
                agency=cast.county,
                source="patrol",
                received_on=ago(n % 9),
                summary="有人采煤",
                county=cast.regions["141122"],
                place=f"第{n}沟",
                township=cast.regions["141122100"],
                handler=handler,
                registered_by=cast.intake,
                violations=["K21", "T11"],
            )
            party = Party.objects.create(agency=cast.county, name=f"某{n}", name_fold=f"某{n}")
            ClueParty.objects.create(clue=clue, party=party)
            clock = Clock(
                subject_kind="clues.clue",
                subject_id=clue.pk,
                kind="clue_check",
                label="线索核查",
                agency=cast.county,
                counted_from=ago(1),
                article="",
            )
            clock.due_at = clock.warn_at = clue.recorded_at
            clock.save()

    assert_same_queries("clues:list", sign_in(cast.intake), URL + "?size=50", add_rows)


def test_the_page_of_a_clue_makes_no_more_queries_than_recorded(cast, sign_in):
    clue = verified(cast, parties=[{"kind": "person", "name": "张三丰"}])
    check_recorded("clues:detail", queries_of(sign_in(cast.handler), clue.get_absolute_url()))
