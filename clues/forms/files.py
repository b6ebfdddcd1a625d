"""Many files at once; time and place typed where a chat tool stripped them."""

from django import forms

from clues.forms.fields import PositionFields
from common.fields import ManyFilesField


class FilesForm(PositionFields):
    """上传附件. What is typed holds only for photos that don't tell it themselves."""

    files = ManyFilesField(label="文件", help_text="可一次选多个；照片里的时间和位置自动读取。")
    taken_at = forms.DateTimeField(
        label="拍摄时间", required=False, help_text="微信等传来的照片没有时间和位置，在这里补填。"
    )
    note = forms.CharField(label="说明", max_length=200, required=False)
    sections = [
        ("文件", ["files", "note"]),
        (
            "照片没有时间、位置时补填",
            ["taken_at", "position_first", "position_second", "datum", "zone"],
        ),
    ]

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing
