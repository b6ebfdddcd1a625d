"""Acts on many rows of the list of cases."""

from accounts.bulk import BulkDeed, bulk_page
from accounts.forms.labels import LabelForm
from cases.acts import ACTS
from cases.forms.investigation import HandlersForm
from cases.listing import case_page
from cases.services import labelling
from cases.services.investigation import assign_handlers
from cases.views.acting import act_on_case, crumbs

ASSIGN = BulkDeed(ACTS.get("assign_handlers"), ACTS, HandlersForm, assign_handlers, "case", "指定")
LABEL = BulkDeed(ACTS.get("label_case"), ACTS, LabelForm, labelling.label_case, "case", "标注")


def assign_cases(request):
    """指定承办人, the picked ones together."""
    return bulk_page(request, case_page(request), ASSIGN, crumbs())


def label_cases(request):
    """标注, the picked ones together."""
    return bulk_page(request, case_page(request), LABEL, crumbs())


def label_case(request, public_id):
    """标注 on one case."""
    return act_on_case(request, "label_case", LabelForm, labelling.label_case, done="标注已改。")
