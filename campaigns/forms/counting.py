"""修改计数口径: one question for each rule."""

from django import forms

from campaigns.counting import RULES
from common.forms.acts import ActForm


class CountingForm(ActForm):
    """Each rule with its choices and what each does; the one in force is chosen."""

    def prepare(self):
        """As it stands."""
        for key, rule in RULES.items():
            self.fields[key] = forms.ChoiceField(
                label=rule.label,
                choices=[(choice.code, choice.label) for choice in rule.choices],
                initial=rule.in_force(self.thing.settings).code,
                widget=forms.RadioSelect,
                help_text=rule.asked
                + "。"
                + "".join(f"“{choice.label}”：{choice.effect}" for choice in rule.choices),
                error_messages={
                    "required": f"请选择{rule.label}怎样计入。",
                    "invalid_choice": f"“{rule.label}”没有这种计法，请重新选择。",
                },
            )
