"""Fields that forms of several apps share: a position as typed, suspected violations."""

from collections import Counter
from collections.abc import Iterable

from django import forms

from common.geodesy.grounds import DATUMS, BadCoordinate
from registry import codes
from registry.often import named_by
from registry.services.position import read_position

# Restricted to few by its own kind of record (clues.SecretClue), which a clue's page isn't.
RESTRICTED = {"K86"}


def violation_choices(side: str) -> list[tuple[str, str]]:
    """Violations of one side that a clue may name."""
    return [pair for pair in codes.violations_of(side) if pair[0] not in RESTRICTED]


class PositionFields(forms.Form):
    """Longitude and latitude, 度分秒 or metres, always with the system they were measured in."""

    position_first = forms.CharField(
        label="经度或横坐标", max_length=40, required=False, help_text="如 112.1583、112°9′30″ 或 37512345.6"
    )
    position_second = forms.CharField(
        label="纬度或纵坐标", max_length=40, required=False, help_text="如 37.5521、37°33′7.6″ 或 4157890.1"
    )
    datum = forms.ChoiceField(label="坐标系", choices=[("", "请选择"), *DATUMS.items()], required=False)
    zone = forms.IntegerField(
        label="带号或中央经线",
        required=False,
        min_value=13,
        max_value=135,
        help_text="横坐标前没有带号时填写",
    )
    POSITION = ("position_first", "position_second", "datum", "zone")

    def clean(self):
        """All of a position or none of it; cleaned_data["position"] holds it."""
        cleaned = super().clean()
        first, second, datum, zone = (cleaned.pop(name, None) for name in self.POSITION)
        cleaned["position"] = None
        if not (first or second):
            return cleaned
        if not (first and second):
            missing = "position_second" if first else "position_first"
            self.add_error(missing, "坐标要成对填写，请补上这一项。")
        elif not datum:
            self.add_error("datum", "请选择坐标是用哪个坐标系量的。")
        else:
            try:
                cleaned["position"] = read_position(first, second, datum, zone)
            except BadCoordinate as wrong:
                self.add_error("position_first", str(wrong))
        return cleaned


class ShortList(forms.MultipleChoiceField):
    """Boxes of which the first few stand in sight, the rest folded; a script puts a box to search above.

    What is ticked always stands in sight.
    """

    widget = forms.CheckboxSelectMultiple
    IN_SIGHT = 6

    def begin_with(self, often: Counter, ticked: Iterable[str]) -> None:
        """What is ticked first, then what is named most often, then the rest in their order."""
        ticked = set(ticked)
        rows = list(self.choices)
        self.choices = sorted(rows, key=lambda row: (row[0] not in ticked, -often[row[0]]))
        self.in_sight = max(len(ticked), self.IN_SIGHT)


class ViolationFields(forms.Form):
    """Suspected violations of both sides; cleaned_data["violations"] holds their codes."""

    VIOLATIONS = ("mining_violations", "land_violations")
    mining_violations = ShortList(
        label="涉嫌违法类型（采矿）",
        choices=lambda: violation_choices("mining"),
        required=False,
    )
    land_violations = ShortList(
        label="涉嫌违法类型（占地）",
        choices=lambda: violation_choices("land"),
        required=False,
    )

    def often_first(self, agency):
        """Begin both lists with what this office names most often."""
        often = named_by(agency)
        for name in self.VIOLATIONS:
            self.fields[name].begin_with(often, self[name].value() or ())

    def clean(self):
        """Both sides as one list, in the order of the code list."""
        cleaned = super().clean()
        ticked = {code for name in self.VIOLATIONS for code in cleaned.pop(name, [])}
        cleaned["violations"] = [item["code"] for item in codes.items("violations") if item["code"] in ticked]
        return cleaned
