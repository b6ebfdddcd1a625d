"""What is announced from below, each answered by one service; what is told to the books below."""

from django.apps import apps
from django.db import connections
from django.db.models import Q
from django.db.models.signals import post_migrate  # noqa: TID251 - a migrate is no deed
from django.dispatch import receiver

from accounts import fileaccess, standards
from accounts.services import trail_checks
from accounts.signals import agency_merged, recorded, regions_renamed
from campaigns import answers, carrying, forms_offered, keeping, offers
from cases import chairs, told
from cases.signals import case_filed, clue_received
from clues.signals import clue_merged
from common.slots import seat
from ledgers.models import ImportBatch, LedgerEntry, LedgerForm, ProxyEntry, Submission
from ledgers.services.edited import edited_of
from ledgers.services.following import follow_agency, follow_case, follow_clue
from ledgers.services.import_running import tend
from ledgers.services.ledger_forms import find_form, form_choices, load_shipped
from ledgers.services.marking import mark_deed, mark_party, mark_regions
from ledgers.services.proxy_words import offices_of_proxies
from ledgers.services.refreshing import tend as tend_rows
from ledgers.services.verifying import check_submissions
from ledgers.shipped import DEFAULT_FORM
from ledgers.showing.of_cases import imported_rows
from ledgers.showing.offered import offers_of
from ledgers.showing.reported import answer_of
from ledgers.signals import import_waits, rows_wait
from ledgers.tasks import draw_rows, ring
from ledgers.terms import SILENCE
from registry.signals import party_rewritten
from reminders import due_sources, slices

trail_checks.register_check("submissions", check_submissions)
answers.register(prefetch="submissions", of=answer_of)
offers.register(offers_of)
forms_offered.register(choices=form_choices, find=find_form, default=DEFAULT_FORM)
standards.register(SILENCE.standard, "县级多少天没有人登录可由上级代录", "日")
carrying.register(offices_of_proxies)
keeping.register(LedgerEntry, Submission, ImportBatch, ProxyEntry)
seat("campaign.page", "ledgers:campaign")
seat("campaigns.front", "ledgers:campaigns", label="台账")
chairs.register("imported", imported_rows)
told.register_edited(edited_of)
due_sources.register_maker(tend)
due_sources.register_maker(tend_rows)


def load_forms(sender, using, **_):
    """The system's forms are there after every migrate, and so in tests and after a restore."""
    if LedgerForm._meta.db_table in connections[using].introspection.table_names():
        load_shipped(using=using)


post_migrate.connect(load_forms, sender=apps.get_app_config("ledgers"), dispatch_uid="ledgers-forms")


@receiver(case_filed, dispatch_uid="ledgers-case-filed")
def link_filed_case(sender, case, by, **_):
    """A row that holds the clue holds its case."""
    follow_case(by=by, case=case)


@receiver(clue_received, dispatch_uid="ledgers-clue-received")
def link_receiving_case(sender, case, clue, by, **_):
    """A row that holds a clue merged into a case holds that case."""
    follow_case(by=by, case=case, clue=clue)


@receiver(clue_merged, dispatch_uid="ledgers-clue-merged")
def link_merged_clue(sender, clue, into, by, **_):
    """A row that held the merged clue holds the one that goes on."""
    follow_clue(by=by, clue=clue, into=into)


@receiver(agency_merged, dispatch_uid="ledgers-agency-merged")
def take_over_rows(sender, agency, into, by, **_):
    """Rows of an ended office go on in the one that took its place."""
    follow_agency(by=by, agency=agency, into=into)


@receiver(recorded, dispatch_uid="ledgers-recorded")
def mark_rows(sender, entries, **_):
    """What a deed was about may stand behind rows of ledgers."""
    mark_deed(entries)


@receiver(party_rewritten, dispatch_uid="ledgers-party-rewritten")
def mark_rewritten(sender, party, **_):
    """Rows of other cases name the party too."""
    mark_party(party)


@receiver(regions_renamed, dispatch_uid="ledgers-regions-renamed")
def mark_renamed(sender, codes, **_):
    """Rows name their county, and the one they came from."""
    mark_regions(codes)


@receiver(rows_wait, dispatch_uid="ledgers-rows-wait")
def on_rows_wait(sender, key, **_):
    """More rows are to be drawn than a page can wait for."""
    slices.ring(draw_rows, key)


@receiver(import_waits, dispatch_uid="ledgers-import-waits")
def on_import_waits(sender, key, **_):
    """A workbook has more rows than a page can wait for."""
    ring(key)


def sees_scan(user, stored) -> bool:
    """A stamped scan, or a workbook that came back, is seen by who sees the submission it is about;
    what a county sent by who sees its ledger."""
    hangs_on = Q(paper_report__scan=stored) | Q(verdicts__scan=stored)
    hangs_on |= Q(returned_workbooks__workbook=stored)
    sent = Q(scan=stored) | Q(workbook=stored)
    return (
        Submission.objects.visible_to(user).filter(hangs_on).exists()
        or ProxyEntry.objects.visible_to(user).filter(sent).exists()
    )


fileaccess.register(sees_scan)
