"""The township's form: three fields and photos, for a phone on the hillside."""

from datetime import datetime

from django import forms
from django.utils import timezone

from accounts.models import local_today
from clues.forms.intake import with_report
from clues.forms.similar import SimilarCheck
from clues.services.intake import registering_post
from common.forms.fields import ManyFilesField
from registry import codes
from registry.forms.fields import PositionFields
from registry.services.places import townships_of

SOURCES = ("patrol", "chiefs", "monitoring", "drone", "hotline_12345", "letter", "wechat", "other")


def this_minute() -> datetime:
    """Now, as a form asks for it."""
    return timezone.now().replace(second=0, microsecond=0)


class ReportForm(SimilarCheck, PositionFields):
    """上报线索 by a 乡镇报告员; the county is told, the rest is completed there.

    Asked is when it was found; since when it has gone on (问题发生日期) nobody knows yet.
    """

    summary = forms.CharField(label="发现了什么", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    place = forms.CharField(label="在哪里", max_length=200, help_text="村、沟、矿点等")
    files = ManyFilesField(
        label="照片", required=False, help_text="可一次选多张，现场拍的照片自带时间和位置。"
    )
    source = forms.ChoiceField(
        label="怎么发现的",
        choices=[("", "请选择"), *((code, codes.label("sources", code)) for code in SOURCES)],
    )
    found_at = forms.DateTimeField(label="什么时候发现的", initial=this_minute)
    found_by = forms.CharField(label="发现人", max_length=60, required=False, help_text="不填就是您本人")
    upfront = ("files",)
    sections = [
        ("", ["summary", "place", "files", "source", "found_at"]),
        ("别人发现的", ["found_by"]),
        ("有坐标的填写", ["position_first", "position_second", "datum", "zone"]),
    ]

    def __init__(self, *args, user, thing=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        agency = registering_post(user).agency
        self.township = townships_of(agency).first()

    def clean(self):
        """Received today, in the reporter's own township."""
        cleaned = super().clean()
        found, now = cleaned.get("found_at"), this_minute()
        if found and found > now:
            self.add_error("found_at", "发现时间不能晚于现在。")
        cleaned["received_on"], cleaned["reported_at"] = local_today(), now
        cleaned["found_by"] = cleaned.get("found_by") or self.user.name
        cleaned["township"] = self.township
        cleaned["county"] = self.township.parent
        self.look_for_similar(cleaned)
        return cleaned if self.errors else with_report(cleaned)
