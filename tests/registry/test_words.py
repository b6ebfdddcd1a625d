"""What things are found by follows every deed, and is proved against the rows it follows from."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.services import regions
from cases.models import Case, CaseWords, ReferralWords
from cases.search import search as search_cases
from cases.services import parties
from clues.models import Clue, ClueWords
from clues.services.informants import InformantFacts
from registry.finding import found
from registry.services import words
from tests.cases import making
from tests.clues.making import PERSON_ID, registered


def cases_with(*several):
    return list(found(CaseWords, Case.objects.all(), several))


def clues_with(*several):
    return list(found(ClueWords, Clue.objects.all(), several))


def correct(cast, case, name):
    """The name of a case's only party set right."""
    row, who = case.parties.get(), {"kind": "person", "name": name, "reason": "录入错误"}
    return parties.correct_party(by=cast.handler, case=case, row=row, **who)


def test_a_name_set_right_in_a_case_is_found_there_in_its_clue_and_its_referral_and_the_old_one_nowhere(cast):
    sent = making.sent_referral(cast)
    case = correct(cast, sent.case, "闻人芷若")
    for word in ("闻人芷若", "wrzr"):
        assert cases_with(word) == [case] and clues_with(word) == [case.clue]
        assert [hit.kind for hit in search_cases(cast.police, word)] == ["移送"]
    assert not cases_with("zsf") + clues_with("zsf") + search_cases(cast.police, "zsf"), (
        "its cause still says it"
    )
    assert not clues_with("张三丰")
    assert words.verify()["differing"] == []


def test_a_place_is_found_with_its_division_by_its_parts_and_by_first_letters(cast):
    clue = registered(cast, place="夏家营后沟北坡", township=cast.regions["141122100"])
    township = clue.township.name
    for word in ("后沟", f"{township}后沟", "夏家营北坡", "xjyhg", "坡"):
        assert clues_with(word) == [clue], word


def test_a_number_is_found_without_its_year_and_no_longer_one_is(cast):
    case = making.filed_case(cast)
    assert case.number.endswith("立字〔2026〕1号")
    assert cases_with("立字1号") == [case] and cases_with("立字2026") == [case]
    assert not cases_with("立字11号") and not cases_with("字〔2025〕1号")


def test_the_police_find_nothing_by_what_stays_in_the_house(cast):
    sent = making.sent_referral(cast)
    own = recorded_number(cast, sent.case)
    assert [hit.kind for hit in search_cases(cast.handler, own)] == ["案件"]
    assert search_cases(cast.police, own) == []


def recorded_number(cast, case):
    """A decision's number, written as a row and told as a deed would."""
    case.decisions.create(number="交罚字〔2026〕77号", proposed_by=cast.handler)
    words.renew("cases.case", [case.pk])
    return "罚字77号"


def test_neither_an_identity_number_nor_who_reported_is_among_them(cast):
    person = {"kind": "person", "name": "欧阳锋某", "identity": PERSON_ID, "phone": "13835812345"}
    reporter = InformantFacts(name="闻人芷若", phone="18735899761", identity="14092919000102012X")
    clue = registered(cast, parties=[person], informant=reporter)
    kept = clue.words.grams
    assert {"欧阳", "~oyf"} <= kept
    for grams in ({"闻人", "人芷", "芷若", "~wr", "~wrz"}, {f"#{PERSON_ID[n : n + 3]}" for n in range(16)}):
        assert not kept & grams
    assert not {each for each in kept if "1383" in each or "1873" in each}
    assert clues_with(PERSON_ID) == [clue] and clues_with(PERSON_ID, "欧阳") == [clue]
    assert not clues_with(PERSON_ID[:17]) and not clues_with("闻人芷若") and not clues_with(PERSON_ID, "芷若")


def test_a_division_that_is_called_otherwise_is_found_by_its_new_name(cast, tmp_path):
    clue = registered(cast)
    row = {"code": "141122", "name": "却波县", "level": "county", "parent": "141100"}
    (tmp_path / "more.json").write_text(json.dumps([row]), encoding="utf-8")
    assert clues_with("交城") == [clue]
    regions.load(tmp_path / "more.json")
    assert clues_with("却波") == [clue] and not clues_with("交城")


def test_rows_from_before_get_theirs_after_a_migrate_and_no_other_row_is_touched(cast):
    case, clue = making.bare_case(cast, named=True), registered(cast)
    kept = clue.words.grams
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clues_clue SET place = '别处'")
    assert not cases_with("张三丰") and words.fill() == 1 and words.fill() == 0
    assert cases_with("张三丰") == [case] and ClueWords.objects.get().grams == kept


def test_what_no_deed_changed_is_named_by_the_command_and_mended(cast):
    case = making.bare_case(cast)
    clue = registered(cast)
    Clue.objects.filter(pk=clue.pk).update(place="鬼愁涧")
    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_search", stdout=said)
    assert f"（clues.clue:{clue.pk}、cases.case:{case.pk}）" in said.getvalue()
    call_command("verify_search", repair=True, stdout=said)
    assert clues_with("鬼愁涧") == [clue] and not clues_with("西社镇东沟口")
    call_command("verify_search", stdout=said)
    assert said.getvalue().endswith("都一致。\n")


def test_what_goes_is_not_found(cast):
    making.bare_case(cast, named=True)
    words.fill()
    for case in cases_with("张三丰"):
        case.parties.all().delete(), case.violations.all().delete()
        case.delete()
    assert not cases_with("张三丰") and not CaseWords.objects.exists() and not ReferralWords.objects.exists()


def test_more_deeds_ask_no_more_for_their_words(cast, django_assert_max_num_queries):
    clues = [registered(cast).pk for _ in range(3)]
    with django_assert_max_num_queries(7):
        words.renew("clues.clue", clues)


@pytest.mark.postgres
def test_a_run_longer_than_the_database_takes_is_found_by_its_beginning(cast):
    clue = registered(cast, summary="1029384756" * 210)
    assert clues_with("1029384756") == [clue]


@pytest.mark.postgres
def test_the_database_is_one_of_utf8(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding')")
        assert cursor.fetchone() == ("UTF8",)
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", ["夏家 家营 𬭚一", "'夏家' & '𬭚':*"])
        assert cursor.fetchone() == (True,)
