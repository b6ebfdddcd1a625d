"""常用条件: a list's filters kept under a name, and who wants to hear daily of what is new in them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts import roles
from accounts.models import Agency, Posting, Recorded, User, local_today
from reminders.models.channels import admin_paths


class SavedFilterQuerySet(models.QuerySet):
    """One's own, and those shared with an office where one holds a post today."""

    def visible_to(self, user: User):
        """Filters that the person may use; what they find is read with the person's own rights."""
        offices = {posting.agency_id for posting in user.current_postings}
        return self.filter(Q(owner=user) | Q(agency_id__in=offices))

    def left_to(self, user: User):
        """Shared ones whose owner has no post in that office any more: whoever leads it, or administers it
        here or from above, clears them away."""
        there = Posting.objects.in_force(local_today()).filter(
            user=OuterRef("owner"), agency=OuterRef("agency"), user__is_active=True
        )
        led = Q(agency_id__in=user.agencies_as(*roles.LEADERS))
        administered = Q(agency__in=Agency.objects.within(admin_paths(user)))
        return self.filter(led | administered).exclude(Exists(there))


class SavedFilter(Recorded):
    """The filters of one list. `query` is what may stand in an address; what may name people is sealed."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="saved_filters", verbose_name="保存人")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="共享给"
    )
    list_name = models.CharField("列表", max_length=40)
    name = models.CharField("名称", max_length=30)
    query = models.CharField(max_length=1000, blank=True)
    private_sealed = models.TextField(blank=True, editable=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "list_name", "name"], name="saved_filter_once")
        ]
        indexes = [models.Index(fields=["agency", "list_name"], name="saved_filter_shared")]
        verbose_name = verbose_name_plural = "常用条件"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Where it leads to its list."""
        return reverse("reminders:open_filter", args=[self.public_id])


class FilterDigest(models.Model):
    """One person hears, once a workday, of what came into one saved filter. `seen` are the keys found at
    the last look, `fresh` those that were new in the last message."""

    saved = models.ForeignKey(SavedFilter, models.CASCADE, related_name="digests")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen = models.JSONField(default=list)
    fresh = models.JSONField(default=list)
    looked_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["saved", "person"], name="filter_digest_once")]
        indexes = [models.Index(fields=["looked_on"], name="filter_digest_due")]

    def __str__(self):
        return f"{self.saved} {self.looked_on}"
