"""Settle a clue without filing: what is proposed, why, and a leader's answer."""

from django import forms

from accounts.forms.answering import AnswerFields, InSystemOnly
from accounts.models import local_today
from clues.acts import ACTS, UNSEEN
from clues.forms.fields import OtherClueField
from clues.services.conditions import (
    ANSWERS,
    CONDITIONS,
    FILING,
    HANDOVER,
    MERGED,
    NON_FILING,
    PENDING,
    grounds_against,
    unanswered,
)
from clues.services.outcomes import Proposal, check_needs, possible_receivers
from clues.services.verification import last_look
from common.errors import Refused
from common.forms.acts import ActForm
from common.forms.fields import NOT_AHEAD, PastDay
from registry import codes


class Answer(forms.ChoiceField):
    """具备, 不具备 or 没有查清; whether it may stay empty is the services' business."""

    widget = forms.RadioSelect

    def clean(self, value):
        """The answer, or "" where there is none."""
        return super().clean(value) if value else ""


class ProposeForm(ActForm):
    """提出处理意见 for anything but filing; the five conditions of art 16 are answered first."""

    outcome = forms.ChoiceField(
        label="处理意见",
        choices=[pair for pair in codes.choices("disposals") if pair[0] != FILING],
        widget=forms.RadioSelect,
    )
    reason_code = forms.ChoiceField(
        label="不予立案理由",
        choices=[("", "请选择"), *codes.choices("non_filing_reasons")],
        required=False,
        help_text="处理意见为不予立案的必选",
    )
    to_agency = forms.ModelChoiceField(
        label="移交单位",
        queryset=None,
        required=False,
        empty_label="不在名单里",
        help_text="处理意见为移交其他部门的，选择单位；不在名单里的在下一项填写",
    )
    to_name = forms.CharField(
        label="名单外的移交单位",
        max_length=120,
        required=False,
        help_text="单位全称；批准后发移送函，再登记文号和扫描件",
    )
    look_again_on = forms.DateField(label="再查日期", required=False, help_text="处理意见为待查的必填")
    into = OtherClueField(required=False, help_text="处理意见为并入他案的必填")
    reason = forms.CharField(label="理由说明", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    sections = [
        ("立案条件", [f"condition_{code}" for code in CONDITIONS]),
        (
            "处理意见",
            [*("outcome", "reason_code", "to_agency", "to_name", "look_again_on", "into"), "reason"],
        ),
    ]
    applies = {
        "reason_code": ("outcome", (NON_FILING,)),
        "to_agency": ("outcome", (HANDOVER,)),
        "to_name": ("outcome", (HANDOVER,)),
        "look_again_on": ("outcome", (PENDING,)),
        "into": ("outcome", (MERGED,)),
    }
    upfront = tuple(applies)
    # The field that says what an outcome lacks, and the one at which a gate speaks.
    AT = {HANDOVER: "to_agency", PENDING: "look_again_on", MERGED: "into"}
    AT_GATE = {"G02": "reason_code", "G02c": "reason_code"}

    def prepare(self):
        """Receivers and other clues of the office; of what nobody has seen, only handing it over."""
        for code, words in CONDITIONS.items():
            self.fields[f"condition_{code}"] = Answer(label=words, choices=ANSWERS.items())
        self.fields["to_agency"].queryset = possible_receivers(self.thing.agency)
        self.fields["into"].among(self.user, self.thing)
        if self.thing.state in UNSEEN:
            self._only_handover()

    def _only_handover(self):
        """Nobody has looked: it can only be said to belong to another department."""
        outcome = self.fields["outcome"]
        outcome.choices = [pair for pair in outcome.choices if pair[0] == HANDOVER]
        outcome.initial = HANDOVER
        outcome.help_text = "还没有核查，只能移交其他部门；其他处理意见请先记录核查。"
        for name in ("reason_code", "look_again_on", "into", *self._conditions()):
            del self.fields[name]

    def _conditions(self):
        """The fields of the five conditions: {name: code}."""
        return {f"condition_{code}": code for code in CONDITIONS}

    def clean(self):
        """What each outcome needs, at its field; both by the services' own rules."""
        cleaned = super().clean()
        if not cleaned.get("outcome"):
            return cleaned
        answers = {code: cleaned.pop(name, "") for name, code in self._conditions().items()}
        proposal = Proposal(**cleaned, conditions={code: each for code, each in answers.items() if each})
        self._hold(self.AT.get(proposal.outcome, "outcome"), check_needs, self.thing, proposal)
        self._hold_grounds(proposal)
        return cleaned if self.errors else {"proposal": proposal}

    def _hold_grounds(self, proposal):
        """Each condition without an answer, and what the gates say, at its field."""
        asked, look = (proposal.outcome, proposal.conditions), last_look(self.thing)
        for code in unanswered(*asked, look):
            self.add_error(f"condition_{code}", "请回答是否具备。")
        for stop in grounds_against(*asked, proposal.reason_code, look):
            name = self.AT_GATE.get(stop.gate.code, "condition_fact")
            if name in self.fields and name not in self.errors:
                self.add_error(name, f"{stop.sentence}（{stop.article}）")

    def _hold(self, field, check, *args):
        """Say a rule's refusal at its field, unless that is wrong already."""
        if field in self.errors:
            return
        try:
            check(*args)
        except Refused as no:
            self.add_error(field, no.sentence)


class ApproveForm(AnswerFields):
    """批准处理意见, here or on paper."""

    approval_act = ACTS.get("approve_disposition")


class ReturnForm(InSystemOnly, ApproveForm):
    """退回处理意见."""

    opinion_label, words_as = "退回理由", "reason"


class TakeBackForm(ActForm):
    """收回移交."""

    reason = forms.CharField(label="收回理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class LetterForm(ActForm):
    """登记移送函: number, day and scan."""

    number = forms.CharField(label="移送函文号", max_length=80)
    sent_on = PastDay(label="发函日期", initial=local_today, error_messages=NOT_AHEAD)
    scan = forms.FileField(label="移送函扫描件", help_text="盖章的移送函；有送达回执的一并扫描。")
