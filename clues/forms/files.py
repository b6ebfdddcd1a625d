"""Many files at once; time and place typed where a chat tool stripped them."""

from dataclasses import replace

from django import forms

from clues.services.attachments import read_photo
from clues.services.batches import Batch
from common.forms.fields import ManyFilesField
from registry.forms.fields import PositionFields

MANY = "可一次选多个，也可以粘贴或者拖进来；手机的 HEIC 照片照样收。照片自带的时间和位置会读出来，请核对。"
BATCH = ("taken_at", "photo_place", "sent_by", "original_with")


class BatchFields(forms.Form):
    """What holds for photos that came together; cleaned_data["batch"] holds it as a Batch."""

    taken_at = forms.DateTimeField(
        label="拍摄时间", required=False, help_text="照片自带的为准，没有的按这里填"
    )
    photo_place = forms.CharField(
        label="拍摄地点", max_length=200, required=False, help_text="村、沟、矿点等；照片自带的坐标照样读出来"
    )
    sent_by = forms.CharField(
        label="照片是谁发来的", max_length=60, required=False, help_text="乡镇、村里等发照片的人，不写举报人"
    )
    original_with = forms.CharField(
        label="原件在谁手里", max_length=60, required=False, help_text="留有原图的人或者单位，以后可以调取"
    )
    batch_key = "batch"

    def clean(self):
        """One thing instead of its fields."""
        cleaned = super().clean()
        typed = {name: cleaned.pop(name, None) for name in ("taken_at", "sent_by", "original_with")}
        typed["place"] = cleaned.pop("photo_place", None)
        cleaned[self.batch_key] = Batch(**{name: value for name, value in typed.items() if value})
        return cleaned


class OneBatch(BatchFields):
    """The batch with its note and its place."""

    note = forms.CharField(label="说明", max_length=200, required=False)

    def clean(self):
        """All of it in the batch."""
        cleaned = super().clean()
        said = {"note": cleaned.pop("note", ""), "position": cleaned.pop("position", None)}
        cleaned["batch"] = replace(cleaned["batch"], **said)
        return cleaned


class DescribeForm(OneBatch, PositionFields):
    """补填拍摄信息 of one file; what the photo itself carries isn't asked."""

    sections = [
        ("时间、地点和来处", [*BATCH, "note"]),
        ("坐标", ["position_first", "position_second", "datum", "zone"]),
    ]

    def __init__(self, *args, user, thing, row, **kwargs):
        super().__init__(*args, **kwargs)
        own_time, own_place = read_photo(row)
        if own_time:
            self.fields["taken_at"].disabled = True
            self.fields["taken_at"].help_text = "照片自带，不能改"
        if own_place:
            for name in self.POSITION:
                del self.fields[name]
        elif row.longitude is not None:
            self.fields["position_first"].help_text = "已有位置，留空则不变"


class FilesForm(OneBatch, PositionFields):
    """上传附件. What is typed holds only for photos that don't tell it themselves."""

    files = ManyFilesField(label="文件", help_text=MANY)
    upfront = (*BATCH, "note")
    sections = [
        ("文件", ["files"]),
        ("这一批照片，只填一次", [*BATCH, "note"]),
        ("照片没有坐标时补填", ["position_first", "position_second", "datum", "zone"]),
    ]

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing
