"""What is filled in of an absence and of a duty."""

from django import forms

from accounts import roles
from accounts.models import User
from common.forms.acts import ActForm
from reminders.services import absences, roster


def moment_field(label, **options):
    """A day and a time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options
    )


class PersonChoice(forms.ModelChoiceField):
    """A colleague, with posts."""

    def label_from_instance(self, person):
        """Name and posts of today, so that two of one name are told apart."""
        labels = dict.fromkeys(roles.ROLES[posting.role].label for posting in person.current_postings)
        return f"{person.name}（{'、'.join(labels)}）"


class AbsenceForm(ActForm):
    """From when to when, and who stands in. `thing` is the person who is away."""

    since = moment_field("自")
    until = moment_field("至")
    deputy = PersonChoice(
        label="代办人", queryset=User.objects.none(), help_text="外出期间的提醒都发给代办人"
    )
    note = forms.CharField(label="事由", max_length=60, required=False, help_text="如：下乡、培训、休假")

    def prepare(self):
        """Colleagues with a business post."""
        self.fields["deputy"].queryset = absences.stand_ins(self.thing)


class DutyForm(ActForm):
    """Who is on duty from when to when. `thing` is the agency."""

    person = PersonChoice(label="值班人", queryset=User.objects.none())
    since = moment_field("自")
    until = moment_field("至")
    phone = forms.CharField(label="值班电话", max_length=40, required=False)

    def prepare(self):
        """People of the agency."""
        self.fields["person"].queryset = roster.staff(self.thing)
