"""What every book of a campaign is made of: whose rows it shows, the seat that keeps it, a row.

A book is one kind of row (leading group, liaisons, task forces, …). Adding, amending and striking
are the same for all of them; what differs stands on the model: `shown` names the fields of its
form and page, `parts` its rows of a second kind (people of a task force), `clean` its rules.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from accounts import roles
from accounts.jurisdiction import JurisdictionQuerySet
from accounts.models import Agency, AgencyKind, RegionLevel, User, local_today
from accounts.models.base import Recorded
from campaigns.models.campaign import Campaign, CampaignMember, organisation_url


def line_of(region) -> list[str]:
    """The codes of a division and of those it lies in."""
    code = region.code
    return list(dict.fromkeys([code, code[:6], f"{code[:4]}00", f"{code[:2]}0000"]))


class BookQuerySet(JurisdictionQuerySet):
    """Rows of the person's own division, of those above it, and of those below within reach.

    Bureau and public security of one county carry the campaign together and read each other's
    rows, those of their townships too; another county's are nobody's business. A book that isn't
    `shared` is read by its own agency and those it hangs under alone. A township's reporter reads
    what the own office wrote, in the books that townships keep.
    """

    def visible_to(self, user):
        """Rows of campaigns the person's agencies take part in, as far as they may be read."""
        campaigns = Campaign.objects.visible_to(user)
        return super().visible_to(user).filter(campaign_id__in=campaigns.values("pk"))

    def reach_filter(self, user):
        """By tree and by division; a post that sees nothing of its own accord sees nothing here.

        Which offices these are is asked of the offices alone: rows are told by a column of their own.
        """
        offices = models.Q(pk__in=[])
        for posting in user.current_postings:
            offices |= self._read_by(posting)
        return models.Q(agency__in=Agency.objects.filter(offices).order_by().values("pk"))

    def _read_by(self, posting) -> models.Q:
        """The offices whose rows one post reads."""
        agency, own = posting.agency, models.Q(pk=posting.agency_id)
        if posting.role == roles.REPORTER:
            return own if self.model.by_township else models.Q(pk__in=[])
        sees_below = roles.ROLES[posting.role].reach == "below"
        if not sees_below and posting.role != roles.POLICE:
            return models.Q(pk__in=[])
        reach = own | models.Q(path__startswith=agency.path) if sees_below else own
        if not getattr(self.model, "shared", True):
            return reach
        reach |= models.Q(region_id__in=line_of(agency.region))
        if sees_below:
            return reach | models.Q(region__code__startswith=agency.region.stem)
        return reach | models.Q(region__level=RegionLevel.TOWNSHIP, region__parent_id=agency.region_id)

    def standing(self):
        """Rows that nobody struck."""
        return self.filter(struck_on=None)


class Seat(CampaignMember):
    """An agency's place in a campaign, where it keeps its books."""

    objects = BookQuerySet.as_manager()
    state = "open"
    by_township = True

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "成员单位"

    def get_absolute_url(self):
        """The campaign's organisation, this agency's rows."""
        return f"{organisation_url(self.campaign)}?agency={self.agency.code}"

    @property
    def origin_agency_id(self) -> int:
        """A township's reporter acts where the own office keeps its rows."""
        return self.agency_id

    @property
    def trail_chain(self) -> str:
        """All rows of one agency in one campaign write to one chain."""
        return f"organising:{self.campaign_id}:{self.agency_id}"

    def granted_agency_ids(self) -> list[int]:
        """Public security keeps its own rows; its post acts by grant."""
        return [self.agency_id] if self.agency.kind == AgencyKind.POLICE else []


class BookRow(Recorded):
    """One row of a book. `when` names the day that its trail entry happened on, if any.

    `by_township` books are kept by township offices too; `guarded` ones leave a line of record
    whenever they are exported.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", verbose_name="专项行动")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="填写单位")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    struck_on = models.DateField("作废日期", null=True, blank=True, editable=False)
    struck_reason = models.CharField("作废原因", max_length=200, blank=True, editable=False)

    objects = BookQuerySet.as_manager()

    book = article = when = parts_title = ""
    shown: tuple[str, ...] = ()
    part_of = None
    shared = True
    by_township = guarded = False

    class Meta:
        abstract = True

    def get_absolute_url(self):
        """The row's page."""
        return reverse("campaigns:book_row", args=[self.book, self.public_id])

    @property
    def state(self) -> str:
        """open or struck."""
        return "struck" if self.struck_on else "open"

    def words(self, name: str) -> str:
        """A field's value as page and trail say it; "" where there is none."""
        if self._meta.get_field(name).choices:
            return getattr(self, f"get_{name}_display")()
        value = getattr(self, name)
        return "" if value is None else str(value)

    @property
    def seat(self) -> Seat:
        """The place where it is kept."""
        return Seat(campaign=self.campaign, agency=self.agency)

    @property
    def trail_chain(self) -> str:
        """Its seat's."""
        return self.seat.trail_chain

    @property
    def origin_agency_id(self) -> int:
        """Its seat's."""
        return self.agency_id

    def granted_agency_ids(self) -> list[int]:
        """Its seat's."""
        return self.seat.granted_agency_ids()


class Part(models.Model):
    """A row within a row, in the order it was typed. `names` are the fields of its form."""

    position = models.PositiveSmallIntegerField("次序")
    names: tuple[str, ...] = ()

    class Meta:
        abstract = True
        ordering = ["position"]

    @property
    def words(self) -> str:
        """How the record of its row names it."""
        return str(self)


def in_order(row, first: str, last: str, sentence: str) -> None:
    """ValidationError at `last` where two days follow each other the wrong way round."""
    start, end = getattr(row, first), getattr(row, last)
    if start and end and end < start:
        raise ValidationError({last: sentence})


def not_to_come(row, *names) -> None:
    """ValidationError at the first of the days that is still to come."""
    for name in names:
        day = getattr(row, name)
        if day and day > local_today():
            label = row._meta.get_field(name).verbose_name
            raise ValidationError({name: f"{label}不能晚于今天，请核对。"})
