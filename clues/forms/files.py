"""Many files at once; time and place typed where a chat tool stripped them."""

from django import forms

from clues.services.attachments import read_photo
from common.forms.fields import ManyFilesField
from registry.forms.fields import PositionFields


class DescribeForm(PositionFields):
    """补填拍摄信息 of one file; what the photo itself carries isn't asked."""

    taken_at = forms.DateTimeField(label="拍摄时间", required=False)
    note = forms.CharField(label="说明", max_length=200, required=False)
    sections = [
        ("时间和说明", ["taken_at", "note"]),
        ("位置", ["position_first", "position_second", "datum", "zone"]),
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


class FilesForm(PositionFields):
    """上传附件. What is typed holds only for photos that don't tell it themselves."""

    files = ManyFilesField(label="文件", help_text="可一次选多个；照片里的时间和位置自动读取。")
    taken_at = forms.DateTimeField(
        label="拍摄时间", required=False, help_text="微信等传来的照片没有时间和位置，在这里补填。"
    )
    note = forms.CharField(label="说明", max_length=200, required=False)
    sections = [
        ("文件", ["files", "note"]),
        ("照片没有时间、位置时补填", ["taken_at", "position_first", "position_second", "datum", "zone"]),
    ]

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing
