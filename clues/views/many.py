"""Acts on many rows of the list of clues."""

from accounts.acting import act_page
from accounts.bulk import BulkDeed, bulk_page
from accounts.forms.labels import LabelForm
from clues.acts import ACTS
from clues.forms.verification import AssignForm
from clues.listing import clue_page
from clues.services import labelling
from clues.services.verification import assign_clue
from clues.views.clues import crumbs

ASSIGN = BulkDeed(ACTS.get("assign_clue"), ACTS, AssignForm, assign_clue, "clue", "分派")
LABEL = BulkDeed(ACTS.get("label_clue"), ACTS, LabelForm, labelling.label_clue, "clue", "标注")


def assign_clues(request):
    """分派核查, the picked ones together."""
    return bulk_page(request, clue_page(request), ASSIGN, crumbs())


def label_clues(request):
    """标注, the picked ones together."""
    return bulk_page(request, clue_page(request), LABEL, crumbs())


def label_clue(request, public_id):
    """标注 on one clue."""
    clue, act = request.subject, ACTS.get("label_clue")

    def deed(**given):
        return labelling.label_clue(clue=clue, **given)

    context = {"crumbs": crumbs(clue, act.label)}
    done = "标注已改。"
    return act_page(request, act=act, thing=clue, form_class=LabelForm, deed=deed, done=done, context=context)
