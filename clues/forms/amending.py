"""补充线索: the fields of the intake again, with what stands there."""

from django import forms

from clues.forms.intake import ClueFields, with_report
from common.forms.fields import SeveralRows
from registry import codes


class AmendForm(ClueFields):
    """补充线索: the same fields with what stands there, parties added or taken off."""

    removed = SeveralRows(
        label="移除的当事人", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    keep_position = forms.BooleanField(
        label="坐标不变（要清除原坐标时去掉勾选）", required=False, initial=True
    )
    reason = forms.CharField(label="修改说明", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fit_to_region(self.thing.agency)
        self.fields["removed"].queryset = self.thing.suspects.select_related("party")
        if not self.fields["removed"].queryset:
            del self.fields["removed"]
        if self.thing.longitude is None:
            del self.fields["keep_position"]
        self.sections = [
            self.sections_of_clue[0],
            ("移除当事人", ["removed"]),
            ("增加当事人", "rows"),
            ("位置", [*self.sections_of_clue[2][1], "keep_position"]),
            *self.sections_of_clue[3:],
            ("修改说明", ["reason"]),
        ]

    def clean(self):
        """What the clue says from now on as one report."""
        cleaned = super().clean()
        return cleaned if self.errors else with_report(cleaned)


def amend_initial(clue) -> dict:
    """What stands in a clue, for the form that completes it."""
    names = "source source_number received_on happened_on summary county township place mineral"
    found = "found_by found_at reported_at"
    values = {name: getattr(clue, name) for name in f"{names} {found}".split()}
    for side in ("mining", "land"):
        of_side = {code for code, _ in codes.violations_of(side)}
        values[f"{side}_violations"] = [code for code in clue.violations if code in of_side]
    return values
