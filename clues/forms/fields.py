"""Fields that several forms of this app share: a position as typed, violations, another clue."""

from django import forms

from clues import codes
from clues.models import Clue
from clues.services.merging import check_target
from clues.services.position import read_position
from clues.targets import find
from common.document_numbers import normalise_number
from common.errors import Refused
from common.geodesy.grounds import DATUMS, BadCoordinate

# Restricted to few by its own kind of record, which a clue's page isn't.
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


class ViolationFields(forms.Form):
    """Suspected violations of both sides; cleaned_data["violations"] holds their codes."""

    mining_violations = forms.MultipleChoiceField(
        label="涉嫌违法类型（采矿）",
        choices=lambda: violation_choices("mining"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    land_violations = forms.MultipleChoiceField(
        label="涉嫌违法类型（占地）",
        choices=lambda: violation_choices("land"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self):
        """Both sides as one list, in the order of the code list."""
        cleaned = super().clean()
        sides = ("mining_violations", "land_violations")
        cleaned["violations"] = [code for side in sides for code in cleaned.pop(side, [])]
        return cleaned


class OtherClueField(forms.CharField):
    """A clue of one's own office by its number, or a case by its own; see `among`.

    Cleans to the clue (of a case that came from one: that clue), or to a Target.
    """

    def __init__(self, **kwargs):
        self.user = self.clue = None
        super().__init__(**{"label": "并入的线索号或案号", "max_length": 80, **kwargs})

    def among(self, user, clue):
        """Look only among the clues this person sees at this clue's office."""
        self.user, self.clue = user, clue

    def clean(self, value):
        """The clue with this number, or a sentence."""
        typed = super().clean(value)
        if not typed:
            return None
        number, agency = normalise_number(typed), self.clue.agency
        clues = Clue.objects.visible_to(self.user).filter(agency=agency, number=number)
        found = clues.exclude(pk=self.clue.pk).first() or find(self.user, agency, number)
        if found is None:
            raise forms.ValidationError(
                "没有找到这个线索号或案号，请填写本单位另一件线索的完整线索号，或已立案件的完整案号。"
            )
        return getattr(found, "clue", None) or found


def target_of(clue, into):
    """`into`, where it may take `clue` in; the service's own rule, said at the field."""
    try:
        check_target(clue, into)
    except Refused as no:
        raise forms.ValidationError(no.sentence) from None
    return into
