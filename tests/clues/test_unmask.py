"""查看举报人: an act with a reason, shown once, in the trail, never in an address."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry
from accounts.services.files import name_of
from clues.models import Informant, InformantFile
from clues.services.informants import InformantFacts, unmask_informant
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.clues.making import (
    PERSON_ID,
    anew,
    assert_only,
    assigned,
    at,
    last_entry,
    merged_pair,
    registered,
    scan,
)

WHO = InformantFacts(name="赵举报", phone="13912345678", identity=PERSON_ID, wants_answer=True)


def asked(cast, sign_in, clue, by=None, **data):
    client = sign_in(by or cast.intake)
    return client.post(at(clue, "unmask_informant"), {"reason": "电话核实", "_key": "k", **data})


def test_the_clerk_sees_who_it_was_for_a_reason(cast, sign_in):
    answer = asked(cast, sign_in, registered(cast, informant=WHO))
    page = answer.content.decode()
    assert answer.status_code == 200
    for said in ("赵举报", "13912345678", PERSON_ID):
        assert said in page
    assert answer["Cache-Control"] == "no-store"


def test_the_trail_says_who_asked_and_why_and_not_who_it_was(cast):
    clue = registered(cast, informant=WHO)
    unmask_informant(by=cast.intake, clue=clue, reason="电话核实")
    entry = last_entry(clue)
    assert (entry.act, entry.actor, entry.reason) == ("unmask_informant", cast.intake, "电话核实")
    assert entry.changes == {}
    assert Outbox.objects.get(recipient=cast.chief).title == f"有人查看了线索的举报人：{clue.number}"


def test_it_is_shown_once(cast, sign_in):
    clue = registered(cast, informant=WHO)
    asked(cast, sign_in, clue)
    again = asked(cast, sign_in, clue)
    assert again.status_code == 302
    assert TrailEntry.objects.filter(act="unmask_informant").count() == 1
    page = sign_in(cast.intake).get(at(clue, "unmask_informant")).content.decode()
    assert "赵举报" not in page


def test_without_a_reason_nothing_is_shown(cast, sign_in):
    clue = registered(cast, informant=WHO)
    answer = asked(cast, sign_in, clue, reason=" ")
    assert answer.status_code == 422
    assert "赵举报" not in answer.content.decode()
    with pytest.raises(Refused, match="请写明"):
        unmask_informant(by=cast.intake, clue=clue, reason=" ")


def test_a_handler_only_of_the_clue_he_works_on(cast, sign_in):
    clue = assigned(cast, informant=WHO)
    assert "赵举报" in asked(cast, sign_in, clue, by=cast.handler).content.decode()
    refused = asked(cast, sign_in, clue, by=cast.second_handler)
    assert refused.status_code == 403
    assert "赵举报" not in refused.content.decode()
    with pytest.raises(Forbidden, match="您不能查看"):
        unmask_informant(by=anew(cast.second_handler), clue=clue, reason="好奇")


def test_only_staff_of_the_county(cast, sign_in):
    clue = registered(cast, informant=WHO)
    assert_only(cast, sign_in, clue, "unmask_informant", ["intake", "handler", "brigade_head"])


def test_a_clue_without_an_informant_has_nobody_to_show(cast):
    with pytest.raises(Forbidden):
        unmask_informant(by=cast.intake, clue=registered(cast), reason="看看")


def test_after_a_merge_the_targets_page_leads_to_the_originals_informant(cast, sign_in):
    clue, into = merged_pair(cast)
    assert "举报人-" not in sign_in(cast.intake).get(into.get_absolute_url()).content.decode()
    first = registered(cast, informant=WHO)
    from clues.services.merging import merge_clue

    merge_clue(by=cast.intake, clue=first, into=into, reason="同一地点")
    page = sign_in(cast.intake).get(into.get_absolute_url()).content.decode()
    assert f"举报人-{first.number}" in page
    assert at(first, "unmask_informant") in page
    assert "赵举报" in asked(cast, sign_in, first).content.decode()


def test_what_may_show_the_informant_is_kept_apart_under_a_neutral_name(cast, sign_in):
    letter = scan("赵举报的举报信.pdf")
    clue = registered(cast, informant=InformantFacts(name="赵举报", files=(letter,)))
    kept = InformantFile.objects.get()
    assert (kept.file.name, name_of(kept.file)) == ("保密文件", "举报材料1.pdf")
    assert clue.files.count() == 0
    page = sign_in(cast.handler).get(clue.get_absolute_url()).content.decode()
    assert "举报材料1.pdf" not in page
    shown = asked(cast, sign_in, clue).content.decode()
    assert reverse("clues:open_informant_file", args=[clue.public_id, kept.file.public_id]) in shown
    assert kept.file.get_absolute_url() not in shown


def test_anonymous_is_anonymous(cast, sign_in):
    with pytest.raises(Refused, match="匿名举报不填写"):
        registered(cast, informant=InformantFacts(name="赵举报", anonymous=True))
    clue = registered(cast, informant=InformantFacts(phone="13912345678", anonymous=True))
    page = asked(cast, sign_in, clue).content.decode()
    assert "匿名" in page
    assert Informant.objects.get().name_sealed == ""


def test_a_wrong_identity_number_is_refused_without_repeating_it(cast):
    with pytest.raises(Refused, match="举报人身份证号码应为18位") as refusal:
        registered(cast, informant=InformantFacts(identity="12345"))
    assert "12345" not in refusal.value.sentence


def test_the_name_must_not_stand_in_words_for_everybody(cast, sign_in):
    with pytest.raises(Refused, match="以免泄露举报人"):
        registered(cast, informant=WHO, summary="据赵举报讲，沟内有人采煤")
    clue = registered(cast, informant=WHO)
    from clues.services.intake import amend_clue
    from tests.clues.making import words

    with pytest.raises(Refused, match="以免泄露举报人"):
        amend_clue(by=cast.intake, clue=clue, **words(summary="打 13912345678 问"))


def test_the_address_names_nobody(cast):
    clue = registered(cast, informant=WHO)
    address = reverse("clues:unmask_informant", args=[clue.public_id])
    assert "赵" not in address
    assert str(clue.pk) not in address.split("/")
