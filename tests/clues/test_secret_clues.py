"""涉黑涉恶（K86）和公职人员线索: a table of its own, read by few, its words ciphertext."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Approval, TrailEntry
from accounts.services.paper_answers import deny_paper
from accounts.services.signing import Signature, recent_signed_papers
from clues import desk
from clues.models import SecretClue, SecretKind
from clues.services.disposition import approve_disposition
from clues.services.secret_clues import (
    HandingOver,
    answer_secret_clue,
    hand_over_secret_clue,
    opened,
    record_secret_clue,
)
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.cast import PEOPLE, add_person
from tests.clues.making import ago, ahead, anew, at, form_data, proposed, scan, verified
from tests.desks import waiting_for

WHOM, WHAT, CAME = "盘踞沟口团伙", "以暴力阻止巡查人员进沟采砂", "立案侦查，刑拘三人"
OPINION = "速送公安，注意保密某线人"
LIST, NEW = "/clues/restricted/", "/clues/restricted/new/"


def recorded(cast, by=None, kind=SecretKind.GANG, **more) -> SecretClue:
    """One that the handler met with."""
    said = {"received_on": ago(2), "suspects": WHOM, "summary": WHAT, **more}
    return record_secret_clue(by=by or cast.handler, kind=kind, **said)


def secret_opinion(secret) -> str:
    """The opinion, opened."""
    return opened(SecretClue.objects.get(pk=secret.pk))["opinion"]


def handed(cast, **more) -> SecretClue:
    """Handed over to public security by the head."""
    handing = HandingOver(to_agency=cast.police_office, letter_number="交自然资函〔2026〕9号", letter=scan())
    return hand_over_secret_clue(by=cast.chief, secret=recorded(cast, **more), handing=handing)


def seen_by(cast) -> set[str]:
    return {part for part in PEOPLE if SecretClue.objects.visible_to(anew(getattr(cast, part))).exists()}


def test_who_may_enters_it_and_only_they_and_the_leaders_read_it(cast, sign_in):
    client = sign_in(cast.handler)
    data = {"kind": "K86", "received_on": ago(1), "suspects": WHOM, "summary": WHAT}
    assert client.post(NEW, data).status_code == 302
    secret = SecretClue.objects.get()
    assert seen_by(cast) == {"handler", "deputy", "chief"}
    page = client.get(secret.get_absolute_url()).content.decode()
    assert WHOM in page and WHAT in page and "砂霸" in page
    for part in ("intake", "brigade_head", "second_handler", "police", "department", "neighbour_chief"):
        assert sign_in(getattr(cast, part)).get(secret.get_absolute_url()).status_code == 404, part
        assert "砂霸" not in sign_in(getattr(cast, part)).get(LIST).content.decode(), part


def test_nobody_above_and_no_administrator_comes_near(cast, sign_in):
    secret = recorded(cast)
    for part in ("prefecture", "province", "statistics", "system_admin", "audit_admin", "reporter", "legal"):
        client = sign_in(getattr(cast, part))
        assert client.get(secret.get_absolute_url()).status_code == 404, part
        assert client.get(LIST).status_code == 403, part
    with pytest.raises(Forbidden, match="直接报告本单位负责人"):
        recorded(cast, by=cast.reporter)


def test_the_ordinary_clue_offers_the_code_to_nobody(cast, sign_in):
    page = sign_in(cast.intake).get("/clues/new/").content.decode()
    assert 'value="K86"' not in page
    answer = sign_in(cast.intake).post("/clues/new/", form_data(mining_violations=["K86"]))
    assert answer.status_code == 422


def test_no_byte_of_the_database_and_no_line_of_the_record_says_what_it_says(cast, tmp_path):
    answer_secret_clue(by=cast.police, secret=handed(cast), answered_on=ago(0), text=CAME)
    place = tmp_path / "dump.json"
    with place.open("w") as out:
        call_command("dumpdata", "--all", format="json", stdout=out, exclude=["contenttypes"])
    dump = place.read_text()
    assert [words for words in (WHOM, WHAT, CAME) if words in dump] == []
    entries = TrailEntry.objects.filter(subject_kind="clues.secretclue")
    assert {entry.act for entry in entries} >= {"record_secret_clue", "hand_over_secret_clue"}


def test_a_leader_hands_it_over_and_the_authority_reads_and_answers_it(cast, sign_in):
    secret = recorded(cast)
    data = {"to_agency": cast.police_office.pk, "sent_on": ago(0), "letter": scan("移送函.pdf")}
    assert sign_in(cast.chief).post(at(secret, "hand_over_secret_clue"), data).status_code == 302
    assert seen_by(cast) == {"handler", "deputy", "chief", "police"}
    client = sign_in(cast.police)
    secret.refresh_from_db()
    page = client.get(secret.get_absolute_url()).content.decode()
    assert WHAT in page and "办理记录" not in page
    assert client.get(secret.letter.get_absolute_url()).status_code == 200
    assert sign_in(cast.intake).get(secret.letter.get_absolute_url()).status_code == 404
    answered = {"answered_on": ago(0), "text": CAME}
    assert client.post(at(secret, "answer_secret_clue"), answered).status_code == 302
    assert CAME in sign_in(cast.handler).get(secret.get_absolute_url()).content.decode()


def signed_on_paper(cast) -> SecretClue:
    """Handed over by a paper that the head signed, with an opinion."""
    paper = Signature(opinion=OPINION, signer=cast.chief, signed_on=ago(1), scan=scan("签批单.pdf"))
    handing = HandingOver(to_agency=cast.police_office, letter=scan("移送函.pdf"))
    return hand_over_secret_clue(by=cast.handler, secret=recorded(cast), handing=handing, signature=paper)


def test_the_leaders_opinion_is_sealed_and_read_by_the_office_alone(cast, sign_in):
    secret = signed_on_paper(cast)
    assert OPINION not in f"{list(Approval.objects.values())}{list(TrailEntry.objects.values())}"
    assert secret.opinion_sealed and OPINION not in secret.opinion_sealed
    for part, reads in (("handler", True), ("deputy", True), ("police", False)):
        page = sign_in(getattr(cast, part)).get(secret.get_absolute_url()).content.decode()
        assert WHAT in page and (OPINION in page) is reads, part


def test_the_signed_paper_opens_for_who_may_see_the_clue_in_its_office_and_for_nobody_else(cast, sign_in):
    url = signed_on_paper(cast).approval.signed_paper.scan.get_absolute_url()
    opens = {part for part in PEOPLE if sign_in(getattr(cast, part)).get(url).status_code == 200}
    assert opens == {"handler", "deputy", "chief"}


def test_the_signed_paper_is_offered_for_nothing_else_and_takes_no_other_along(cast):
    secret = signed_on_paper(cast)
    assert secret.approval.signed_paper not in recent_signed_papers(cast.county)
    clue = proposed(cast, "non_filing")
    again = Signature(signer=cast.chief, signed_on=ago(1), signed_paper=secret.approval.signed_paper)
    with pytest.raises(Refused, match="不是本单位的"):
        approve_disposition(by=cast.handler, clue=clue, signature=again)
    shared = Signature(signer=cast.chief, signed_on=ago(0), scan=scan())
    settled = approve_disposition(by=cast.handler, clue=clue, signature=shared)
    paper = settled.dispositions.get().approval.signed_paper
    with pytest.raises(Refused, match="单独上传签批单"):
        hand_over_secret_clue(
            by=cast.handler,
            secret=recorded(cast),
            handing=HandingOver(to_agency=cast.police_office),
            signature=Signature(signer=cast.chief, signed_on=ago(0), signed_paper=paper),
        )


def test_the_form_asks_for_a_scan_of_its_own(cast, sign_in):
    secret = recorded(cast)
    client, url = sign_in(cast.handler), at(secret, "hand_over_secret_clue")
    assert "signed_paper" not in client.get(url).content.decode()
    data = {"to_agency": cast.police_office.pk, "sent_on": ago(0), "opinion": OPINION}
    data |= {"signer": cast.chief.pk, "signed_on": ago(0), "scan": scan()}
    assert client.post(url, data).status_code == 302
    assert secret_opinion(secret) == OPINION


def test_the_badge_of_clues_counts_what_waits_in_the_narrow_table(cast):
    before = {part: desk.counts_for(anew(getattr(cast, part))) for part in PEOPLE}
    secret = recorded(cast)

    def more() -> set[str]:
        return {part for part in PEOPLE if desk.counts_for(anew(getattr(cast, part))) > before[part]}

    assert more() == {"deputy", "chief"}
    handing = HandingOver(to_agency=cast.police_office)
    hand_over_secret_clue(by=cast.chief, secret=secret, handing=handing)
    assert more() == {"police"}


def test_opinions_written_before_are_sealed_by_the_migration(cast):
    secret = handed(cast)
    Approval.objects.filter(pk=secret.approval_id).update(opinion=OPINION)
    import_module("clues.migrations.0005_opinions_and_drafted").seal_opinions(apps, None)
    secret.refresh_from_db()
    assert secret_opinion(secret) == OPINION
    assert Approval.objects.get(pk=secret.approval_id).opinion == ""


def test_officials_go_to_discipline_inspection_and_gangs_to_public_security(cast):
    jw = type(cast.county).objects.create(
        code="141122-jw", name="交城县纪委监委", kind="jw", region_id="141122", path="/jw/"
    )
    watcher = add_person("jiwei", "季监督", jw, "department")
    secret = recorded(cast, kind=SecretKind.OFFICIAL)
    with pytest.raises(Refused, match="移送纪检监察机关"):
        hand_over_secret_clue(by=cast.chief, secret=secret, handing=HandingOver(to_agency=cast.police_office))
    hand_over_secret_clue(by=cast.chief, secret=secret, handing=HandingOver(to_agency=jw))
    assert SecretClue.objects.visible_to(watcher).get() == secret
    with pytest.raises(Refused, match="移送公安机关"):
        hand_over_secret_clue(by=cast.chief, secret=recorded(cast), handing=HandingOver(to_agency=jw))


def test_outside_the_system_and_signed_on_paper(cast):
    handing = HandingOver(to_name="吕梁市监察委员会", sent_on=ago(1))
    paper = Signature(signer=cast.chief, signed_on=ago(1), scan=scan())
    secret = hand_over_secret_clue(by=cast.handler, secret=recorded(cast), handing=handing, signature=paper)
    assert (secret.state, secret.receiver) == ("handed", "吕梁市监察委员会")
    assert (
        answer_secret_clue(by=cast.handler, secret=secret, answered_on=ago(0), text=CAME).state == "answered"
    )


def test_a_denied_signature_is_told_to_its_leaders_alone_and_says_nothing(cast, sign_in):
    """Neither the prefecture nor the brigade head learns that there is such a clue."""
    handing = HandingOver(to_name="吕梁市监察委员会", sent_on=ago(1))
    paper = Signature(signer=cast.chief, signed_on=ago(1), scan=scan())
    secret = hand_over_secret_clue(by=cast.handler, secret=recorded(cast), handing=handing, signature=paper)
    approval = secret.approval
    shown = sign_in(cast.chief).get(approval.signed_paper.get_absolute_url()).content.decode()
    assert WHOM not in shown and WHAT not in shown
    deny_paper(by=cast.chief, paper=approval.signed_paper, approvals=[approval], words="没有签过")
    told = set(Outbox.objects.filter(title__contains="否认").values_list("recipient__username", flat=True))
    assert told == {"deputy", "handler"}
    assert "签批人否认：" in sign_in(cast.deputy).get(secret.get_absolute_url()).content.decode()
    for part in ("prefecture", "brigade_head", "system_admin"):
        client = sign_in(getattr(cast, part))
        assert "否认" not in client.get("/").content.decode(), part
        assert client.get(f"/accounts/papers/denials/{approval.pk}/settle/").status_code == 404, part


def test_who_recorded_it_does_not_sign_for_it_alone(cast):
    secret = recorded(cast, by=cast.deputy)
    with pytest.raises(Refused, match="不能签批自己经办的"):
        hand_over_secret_clue(
            by=cast.deputy, secret=secret, handing=HandingOver(to_agency=cast.police_office)
        )


def test_it_waits_on_the_right_desks_and_messages_say_nothing(cast):
    def waits(person):
        return [task.what for task in waiting_for(desk, anew(person), timezone.now())]

    secret = recorded(cast)
    assert waits(cast.chief) == waits(cast.deputy) == ["移送涉黑涉恶、公职人员线索"]
    assert waits(cast.handler) == waits(cast.police) == []
    handing = HandingOver(to_agency=cast.police_office)
    hand_over_secret_clue(by=cast.chief, secret=secret, handing=handing)
    assert waits(cast.police) == ["反馈移送线索的办理结果"] and waits(cast.chief) == []
    titles = set(Outbox.objects.filter(kind="clue").values_list("title", flat=True))
    assert titles == {"有一条线索等您移送", "有线索移送到本单位"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"received_on": ahead(1)}, "不能晚于今天"),
        ({"summary": " "}, "请填写线索内容"),
    ],
)
def test_what_is_wrong_is_refused(cast, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        recorded(cast, **wrong)


def test_the_clue_it_came_from_is_named_only_where_it_is_seen(cast, sign_in):
    clue = verified(cast)
    data = {"kind": "K86", "received_on": ago(0), "suspects": WHOM, "summary": WHAT, "clue": clue.number}
    assert sign_in(cast.handler).post(NEW, data).status_code == 302
    secret = SecretClue.objects.get()
    hand_over_secret_clue(by=cast.chief, secret=secret, handing=HandingOver(to_agency=cast.police_office))
    assert clue.number in sign_in(cast.handler).get(secret.get_absolute_url()).content.decode()
    assert clue.number not in sign_in(cast.police).get(secret.get_absolute_url()).content.decode()
    assert "砂霸" not in sign_in(cast.intake).get(clue.get_absolute_url()).content.decode()


def test_the_list_of_clues_leads_there_only_for_who_may(cast, sign_in):
    assert reverse("clues:secret_clues") == LIST
    for part, shown in (("handler", True), ("chief", True), ("police", True), ("legal", False)):
        assert (LIST in sign_in(getattr(cast, part)).get("/clues/").content.decode()) is shown, part
