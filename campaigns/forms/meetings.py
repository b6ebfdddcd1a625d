"""A meeting with its items: what each is about, and that one of them was done."""

import re

from django import forms

from accounts.models import local_today
from campaigns.forms.books import BookFormWithParts, PartForm
from campaigns.models import Meeting
from campaigns.services.meeting_items import find, linked
from common.forms.acts import ActForm

SEVERAL = re.compile(r"[、，,；;\s]+")


class MeetingItemForm(PartForm):
    """One item. Clues and cases are named by their numbers, as far as the person sees them."""

    def prepare(self):
        """The model's fields, and what the item is about."""
        super().prepare()
        self.fields["about"] = forms.CharField(
            label="有关线索、案件",
            max_length=500,
            required=False,
            help_text="填完整的线索号、案号，几件的用顿号分开。",
        )

    def clean_about(self):
        """The clues and cases; a sentence for a number that the person doesn't see."""
        numbers = [each for each in SEVERAL.split(self.cleaned_data["about"]) if each]
        found = {number: find(self.owner.user, number) for number in numbers}
        if missing := [number for number, thing in found.items() if thing is None]:
            raise forms.ValidationError(f"没有找到“{missing[0]}”，请填写完整的线索号或者案号。")
        return list(found.values())


class MeetingForm(BookFormWithParts):
    """A meeting with its items."""

    model = Meeting
    part_form = MeetingItemForm

    def __init__(self, *args, user, thing=None, initial=None, **kwargs):
        if initial and isinstance(thing, Meeting):
            parts = zip(initial.get("parts", ()), thing.parts.all(), strict=True)
            about = [{**values, "about": numbers_of(user, part)} for values, part in parts]
            initial = {**initial, "parts": about}
        super().__init__(*args, user=user, thing=thing, initial=initial, **kwargs)


def numbers_of(user, item) -> str:
    """What an item is about, as its form shows it to this person."""
    return "、".join(thing.number for thing in linked(user, item)[0])


class SettleItemForm(ActForm):
    """办结议定事项: when, and how."""

    done_on = forms.DateField(label="办结日期", initial=local_today)
    result = forms.CharField(label="落实情况", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_done_on(self):
        """A day that was."""
        day = self.cleaned_data["done_on"]
        if day > local_today():
            raise forms.ValidationError("办结日期不能晚于今天，请核对。")
        return day
