"""A clue as it comes in: what, where, who is suspected; the informant apart."""

from dataclasses import fields

from django import forms

from accounts.models import local_today
from clues.forms.files import BATCH, MANY, BatchFields
from clues.forms.similar import SimilarCheck
from clues.services.informants import InformantFacts
from clues.services.intake import registering_posts
from clues.services.reports import Report
from common.forms.fields import ManyFilesField
from registry import codes
from registry.forms.fields import PositionFields, ViolationFields
from registry.forms.parties import SECRET, PartiesMixin
from registry.services.places import counties_of, townships_of

REPORTED = frozenset(field.name for field in fields(Report))


def with_report(cleaned: dict) -> dict:
    """Cleaned values with those that were reported as one Report, under "report"."""
    reported = {name: value for name, value in cleaned.items() if name in REPORTED}
    others = {name: value for name, value in cleaned.items() if name not in REPORTED}
    return {"report": Report(**reported), **others}


class ClueFields(PartiesMixin, ViolationFields, PositionFields):
    """What a clue says, shared by registering and completing it."""

    source = forms.ChoiceField(label="线索来源", choices=[("", "请选择"), *codes.choices("sources")])
    source_number = forms.CharField(label="来文或工单编号", max_length=60, required=False)
    received_on = forms.DateField(label="受理日期", initial=local_today)
    happened_on = forms.DateField(label="问题发生日期", required=False)
    summary = forms.CharField(
        label="线索摘要",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="什么时候、在哪里、谁、做了什么。不写举报人的姓名和电话。",
    )
    county = forms.ModelChoiceField(label="县（市、区）", queryset=None)
    township = forms.ModelChoiceField(
        label="乡（镇、街道）", queryset=None, required=False, empty_label="请选择"
    )
    place = forms.CharField(label="位置", max_length=200, help_text="写到村、沟、矿点等能找到的地方")
    mineral = forms.CharField(
        label="矿种",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "minerals", "autocomplete": "off"}),
    )
    found_by = forms.CharField(
        label="发现人", max_length=60, required=False, help_text="乡镇、巡查等发现的人，不写举报人"
    )
    found_at = forms.DateTimeField(label="发现时间", required=False)
    reported_at = forms.DateTimeField(label="报告时间", required=False, help_text="乡镇等向本单位报告的时间")
    upfront = ("township", "files")
    FIRST = ("source", "received_on", "summary", "county", "township", "place", "files")
    sections_of_clue = [
        ("线索内容", [*FIRST, "source_number", "happened_on"]),
        ("当事人", "rows"),
        ("坐标", ["position_first", "position_second", "datum", "zone"]),
        ("涉嫌违法", ["mineral", "mining_violations", "land_violations"]),
        ("乡镇等报来的", ["found_by", "found_at", "reported_at"]),
    ]

    def __init__(self, *args, user, thing=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing
        self.sections = self.sections_of_clue

    def fit_to_region(self, agency):
        """Only the office's counties and townships, a single county isn't asked; its violations first."""
        self.often_first(agency)
        counties, townships = counties_of(agency), townships_of(agency)
        self.fields["county"].queryset = counties
        self.fields["township"].queryset = townships
        only = list(counties[:2])
        if len(only) == 1:
            self.fields["county"].disabled = True
            self.fields["county"].initial = only[0]
            self.fields["county"].widget = forms.HiddenInput()

    @property
    def minerals(self) -> list[str]:
        """Names offered while typing a mineral; other words are taken as well."""
        return [item["name"] for item in codes.items("minerals")]

    def clean(self):
        """Days that can be, and a township of the county."""
        cleaned = super().clean()
        for name in ("received_on", "happened_on"):
            day = cleaned.get(name)
            if day and day > local_today():
                self.add_error(name, f"{self.fields[name].label}不能晚于今天。")
        county, township = cleaned.get("county"), cleaned.get("township")
        if county and township and not township.code.startswith(county.code[:6]):
            self.add_error("township", f"{township.name}不属于{county.name}，请核对。")
        return cleaned


class InformantFields(forms.Form):
    """Who reported; sealed on arrival and shown nowhere but by an act with a reason."""

    informant_name = forms.CharField(
        label="举报人姓名", max_length=60, required=False, widget=forms.TextInput(attrs=SECRET)
    )
    informant_phone = forms.CharField(
        label="举报人电话", max_length=40, required=False, widget=forms.TextInput(attrs=SECRET)
    )
    informant_identity = forms.CharField(
        label="举报人身份证号码", max_length=40, required=False, widget=forms.TextInput(attrs=SECRET)
    )
    informant_anonymous = forms.BooleanField(label="匿名举报", required=False)
    informant_wants_answer = forms.BooleanField(label="要求反馈处理结果", required=False)
    informant_files = ManyFilesField(
        label="能看出举报人的材料", required=False, help_text="举报信、录音等，单独存放，不进入线索附件。"
    )
    INFORMANT = ("name", "phone", "identity", "anonymous", "wants_answer", "files")
    sections_of_informant = [
        (
            "举报人（加密保存）",
            [
                "informant_name",
                "informant_phone",
                "informant_identity",
                "informant_anonymous",
                "informant_wants_answer",
                "informant_files",
            ],
        )
    ]

    def clean(self):
        """One thing, cleaned_data["informant"], instead of six fields."""
        cleaned = super().clean()
        values = {name: cleaned.pop(f"informant_{name}", None) for name in self.INFORMANT}
        files = tuple(values.pop("files") or ())
        facts = InformantFacts(files=files, **{k: v for k, v in values.items() if v})
        if facts.anonymous and (facts.name or facts.identity):
            self.add_error(
                "informant_anonymous", "匿名举报不填写姓名和证件号码，请去掉“匿名举报”或删去它们。"
            )
        cleaned["informant"] = facts
        return cleaned


class IntakeForm(SimilarCheck, InformantFields, BatchFields, ClueFields):
    """登记线索 at a county or prefecture office."""

    number = forms.CharField(
        label="线索号", max_length=80, required=False, help_text="留空由系统编号；已有编号的照填"
    )
    files = ManyFilesField(label="附件", required=False, help_text=MANY)
    batch_key = "photos"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        posts = registering_posts(self.user)
        if len(posts) > 1:
            self.fields["agency"] = forms.ChoiceField(
                label="以哪个单位登记", choices=[(post.agency_id, str(post.agency)) for post in posts]
            )
        self.posts = {str(post.agency_id): post.agency for post in posts}
        self.fit_to_region(self.office() or posts[0].agency)
        (_, first), (_, rows), *others = self.sections_of_clue
        self.sections = [
            ("", ["agency", *first]),
            ("", rows),
            *others,
            ("附件里的照片，一批填一次", BATCH),
            *self.sections_of_informant,
            ("编号", ["number"]),
        ]

    def office(self):
        """The office chosen by who registers at several."""
        return self.posts.get(self.data.get("agency", "")) if self.is_bound else None

    def clean(self):
        """The office as a thing; then like clues."""
        cleaned = super().clean()
        if "agency" in cleaned:
            cleaned["agency"] = self.posts[cleaned["agency"]]
        self.look_for_similar(cleaned)
        return cleaned if self.errors else with_report(cleaned)
