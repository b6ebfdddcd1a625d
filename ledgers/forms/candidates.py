"""Take candidates in or leave them out, several at once."""

from django import forms

from common.forms.acts import ActForm
from ledgers.services.candidates import candidates
from ledgers.services.entries import Inclusion

NEW = "new"
NONE_LEFT = "没有选中待纳入的事项，或者它们已由别人办理。请回到待纳入页重新勾选。"


class Picked(ActForm):
    """The candidates ticked on the page before; `picks` are their keys."""

    def __init__(self, *args, picks=(), **kwargs):
        self.picks = list(picks)
        super().__init__(*args, **kwargs)

    def prepare(self):
        """Those of the picks that still wait."""
        ledger = self.thing
        self.chosen = candidates(ledger.campaign, ledger.agency, self.picks) if self.picks else []

    def clean(self):
        """At least one must be left."""
        cleaned = super().clean()
        if not self.chosen:
            raise forms.ValidationError(NONE_LEFT)
        return cleaned


class IncludeForm(Picked):
    """纳入台账: for each candidate a new row or an existing one, and whether it is 结转."""

    def prepare(self):
        """Two fields for each candidate; the suggestion is chosen already."""
        super().prepare()
        self.sections = []
        for candidate in self.chosen:
            rows = [(NEW, "新条目"), *((str(row.pk), _words(row)) for row in _rows_of(candidate))]
            names = [f"into:{candidate.key}", f"carried:{candidate.key}"]
            self.fields[names[0]] = forms.ChoiceField(
                label="纳入为",
                choices=rows,
                initial=str(candidate.joint.pk) if candidate.joint else NEW,
                widget=forms.RadioSelect if len(rows) > 1 else forms.Select,
                help_text="同一当事人、同一地点的占地和采矿并为一条；取缔后再犯的另立一条。"
                if len(rows) > 1
                else "",
            )
            self.fields[names[1]] = forms.BooleanField(
                label="结转：专项行动开始以前的案件", required=False, initial=candidate.carried_over
            )
            self.sections.append((f"{candidate.thing}　{candidate.party}　{candidate.place}", names))

    def clean(self):
        """`things`: for each candidate the arguments of include_candidate."""
        cleaned = super().clean()
        rows = {str(row.pk): row for candidate in self.chosen for row in _rows_of(candidate)}
        things = [
            {
                candidate.kind: candidate.thing,
                "how": Inclusion(
                    into=rows.get(cleaned.get(f"into:{candidate.key}")),
                    carried_over=cleaned.get(f"carried:{candidate.key}", False),
                ),
            }
            for candidate in self.chosen
        ]
        return {"things": things}


class ExcludeForm(Picked):
    """不纳入, with one reason for all that were ticked."""

    reason = forms.CharField(
        label="不纳入理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：不属于本专项行动的范围。以后还可以在案件中查到，不会再提示纳入。",
    )

    def clean(self):
        """`things` and the reason."""
        cleaned = super().clean()
        things = [{candidate.kind: candidate.thing} for candidate in self.chosen]
        return {"things": things, "reason": cleaned.get("reason", "")}


def _rows_of(candidate) -> list:
    return ([candidate.joint] if candidate.joint else []) + list(candidate.near)


def _words(row) -> str:
    return f"并入第{row.position}行　{row.party}　{row.place}"
