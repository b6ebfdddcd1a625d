"""The one clock of what a case has to pay becomes one of each fine and party that was served with it."""

from django.db import migrations
from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

LABEL = "缴纳罚款"


def by_party(apps, schema_editor):
    """Open clocks of payment by decision and party; what asks for no fine runs no more."""
    Clock = apps.get_model("accounts", "Clock")
    Decision = apps.get_model("cases", "Decision")
    ended = []
    rows = Clock.objects.filter(subject_kind="cases.case", kind="pay", met_at=None, part="")
    for clock in rows.order_by("pk").iterator(chunk_size=500):
        decisions = Decision.objects.filter(
            case=clock.subject_id, state="made", served_on=clock.counted_from
        ).prefetch_related("items__party")
        parts = {
            f"{decision.pk}:{item.party_id or 0}": f"{decision.number}，{item.party.name if item.party else '共同缴纳'}"
            for decision in decisions
            for item in decision.items.all()
            if item.kind == "fine"
        }
        if not parts:
            clock.met_at = timezone.now()
            clock.save(update_fields=["met_at"])
            ended.append(clock.subject_id)
        for part, whose in parts.items():
            clock.part, clock.whose, clock.label = part, whose[:200], LABEL
            clock.save()
            clock.pk = None
    nearest_anew(Clock, apps.get_model("cases", "Case"), ended)


def nearest_anew(Clock, Case, ids):
    """What stands beside the cases of these keys as their nearest time limit."""
    running = Clock.objects.filter(subject_kind="cases.case", met_at=None, suspended_on=None)
    first = running.filter(subject_id=OuterRef("pk")).order_by().values("subject_id")
    first = first.annotate(first=Min("due_at")).values("first")
    for begin in range(0, len(ids), 500):
        Case.objects.filter(pk__in=ids[begin : begin + 500]).update(next_due_at=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_clocks_by_part"), ("cases", "0009_periods_and_outcomes")]

    operations = [migrations.RunPython(by_party, migrations.RunPython.noop, elidable=False)]
