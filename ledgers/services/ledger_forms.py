"""The official forms: which there are, the one a campaign reports with, those that the system brings."""

from django.db.models import OuterRef, QuerySet, Subquery

from campaigns.models import Campaign
from common.errors import Refused
from ledgers.fields.row_kinds import ENTRY
from ledgers.layouts import Layout
from ledgers.models import LedgerForm, Submission
from ledgers.shipped import shipped_forms


def layout_of(code: str, version: int) -> Layout:
    """A form by its code and version, in one query; Refused where there is none."""
    form = LedgerForm.objects.filter(code=code, version=version).first()
    if form is None:
        raise Refused(f"没有台账表式“{code}”第{version}版，请联系系统管理员。")
    return form.layout


def form_of(campaign: Campaign) -> Layout:
    """The form that a campaign reports with."""
    return layout_of(campaign.form_code, campaign.form_version)


def submitted_form(submission: Submission) -> Layout:
    """The form in the version that a submission was frozen in."""
    return layout_of(submission.form_code, submission.form_version)


def known_forms() -> list[LedgerForm]:
    """Every form in every version."""
    return list(LedgerForm.objects.all())


def form_choices() -> list[tuple[str, str]]:
    """Every form of entries in every version, as a campaign chooses one."""
    return [(form.layout.version_code, str(form)) for form in known_forms() if form.row_kind == ENTRY.key]


def find_form(code: str, version: int) -> LedgerForm | None:
    """One form of entries in one version; None where there is none."""
    return LedgerForm.objects.filter(code=code, version=version, row_kind=ENTRY.key).first()


def with_form_title(campaigns: QuerySet) -> QuerySet:
    """Campaigns with `form_title`, in the same query."""
    form = LedgerForm.objects.filter(code=OuterRef("form_code"), version=OuterRef("form_version"))
    return campaigns.annotate(form_title=Subquery(form.values("title")))


def add_form(declaration: dict, *, using: str = "default") -> LedgerForm:
    """Keep a form for good. Refused with every fault, and for a version that is there already."""
    form = LedgerForm(**{name: declaration.get(name) for name in LedgerForm.DECLARED})
    if LedgerForm.objects.using(using).filter(code=form.code, version=form.version).exists():
        raise Refused(f"台账表式“{form.code}”第{form.version}版已有，改动请用新的版本。")
    form.save(using=using, force_insert=True)
    return form


def load_shipped(*, using: str = "default") -> int:
    """Add the system's forms that are not there yet; returns how many. Runs after every migrate."""
    there = set(LedgerForm.objects.using(using).values_list("code", "version"))
    missing = [each for each in shipped_forms() if (each["code"], each["version"]) not in there]
    for declaration in missing:
        add_form(declaration, using=using)
    return len(missing)
