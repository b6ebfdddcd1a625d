import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Count, OuterRef, Subquery

from accounts.services.nearest import fill
from reminders.services.clock_homes import set_right


def fill_in(apps, schema_editor):
    """Rows from before the columns: each takes what stands beside what it hangs on."""
    case, referral = apps.get_model("cases", "Case"), apps.get_model("cases", "Referral")
    clocks = apps.get_model("accounts", "Clock").objects.all()
    own = case._base_manager.order_by().filter(pk=OuterRef("case_id"))
    referral._base_manager.update(agency_id=Subquery(own.values("agency_id")))
    fill(referral._base_manager.order_by(), clocks)
    things = ("cases", "Case"), ("cases", "Referral"), ("clues", "Clue")
    for model in (apps.get_model(*each) for each in things):
        set_right(clocks, model._meta.label_lower, model._base_manager.all())
    past, found = apps.get_model("cases", "PastCase"), apps.get_model("cases", "PastFinding")
    file = past._base_manager.order_by().filter(pk=OuterRef("case_id"))
    found._base_manager.update(review_id=Subquery(file.values("review_id")))
    for review in apps.get_model("cases", "PastReview")._base_manager.all():
        shown = found._base_manager.filter(review=review).order_by().values_list("code")
        review.counts = dict(shown.annotate(cases=Count("case", distinct=True)))
        named = past._base_manager.filter(review=review).exclude(county="").order_by("county")
        review.counties = dict(named.values_list("county", "county_name").distinct())
        review.save(update_fields=["counts", "counties"])
    if schema_editor.connection.vendor == "postgresql":  # no table is altered while keys wait to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0019_columns_of_lists"),
        ("cases", "0023_more_violations"),
        ("clues", "0013_merged_into_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="pastfinding",
            name="past_finding_code",
        ),
        migrations.AddField(
            model_name="pastfinding",
            name="review",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.pastreview",
            ),
        ),
        migrations.AddField(
            model_name="pastreview",
            name="counties",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="pastreview",
            name="counts",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="referral",
            name="agency",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.agency",
                verbose_name="移送机关",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="next_due_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="最近时限"),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="pastfinding",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.pastreview"
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.agency",
                verbose_name="移送机关",
            ),
        ),
        migrations.AddIndex(
            model_name="pastcase",
            index=models.Index(fields=["review", "number", "id"], name="past_case_number"),
        ),
        migrations.AddIndex(
            model_name="pastcase",
            index=models.Index(fields=["review", "county", "position"], name="past_case_county"),
        ),
        migrations.AddIndex(
            model_name="pastfinding",
            index=models.Index(fields=["review", "code", "case", "level"], name="past_finding_code"),
        ),
        migrations.AddIndex(
            model_name="pastfinding",
            index=models.Index(fields=["review", "level", "case"], name="past_finding_level"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["agency", "-sent_on", "-id"], name="referral_newest_here"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("next_due_at__isnull", False)),
                fields=["agency", "next_due_at", "id"],
                name="referral_due_here",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("next_due_at__isnull", False)),
                fields=["next_due_at", "id"],
                name="referral_by_due",
            ),
        ),
        migrations.RemoveIndex(model_name="referral", name="referral_by_state"),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["state", "id", "agency"], name="referral_by_state"),
        ),
    ]
