"""People, the posts they hold from one day to another, and what was granted to agencies."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts import roles
from accounts.models.agencies import Agency
from accounts.models.base import Recorded
from accounts.models.sealed import Sealed, SealedQuerySet


class Joined(models.Aggregate):
    """Keys as one text, with commas between."""

    function = "STRING_AGG"
    template = "%(function)s(CAST(%(expressions)s AS text), ',')"
    output_field = models.TextField()

    def as_sqlite(self, compiler, connection, **context):
        """The same in SQLite's word."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


LISTED = 300  # agencies within reach that a statement names one by one; more are asked for in it


def keys_within(paths: list[str]):
    """Keys of the agencies at and under some paths; where they are very many, the query for them."""
    within = Agency.objects.within(paths).order_by().values_list("pk", flat=True)
    ids = list(within[: LISTED + 1]) if paths else []
    return within if len(ids) > LISTED else ids


def local_today():
    """Today in Asia/Shanghai."""
    return timezone.localdate()


class UserQuerySet(SealedQuerySet):
    """People, and those whose pages a person may open."""

    def visible_to(self, user):
        """Oneself, and the people of the agencies (and below) where one manages people.

        Other people's names stand in the choices of acts; their pages are for who manages them.
        """
        return self.filter(models.Q(pk=user.pk) | models.Q(agency__in=user.managed_ids()))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes people; only services call it."""

    def create_user(self, username, name, password=None, **fields):
        """A person who can sign in; without `password` nobody can until one is set."""
        user = self.model(username=username, name=name, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username):
        """Sign-in names are compared as typed."""
        return self.get(username=username)


class User(Sealed, AbstractBaseUser):
    """A person. What they may see and do comes from postings, never from flags here."""

    username = models.CharField("登录名", max_length=60, unique=True)
    public_id = models.CharField(max_length=24, unique=True, editable=False, default="")
    name = models.CharField("姓名", max_length=60)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        related_name="people",
        verbose_name="所属单位",
        help_text="由这个单位或其上级的系统管理员管理",
    )
    phone = models.CharField("联系电话", max_length=40, blank=True)
    certificate_no = models.CharField("执法证号", max_length=40, blank=True)
    certificate_since = models.DateField("执法证有效期自", null=True, blank=True)
    certificate_until = models.DateField("执法证有效期至", null=True, blank=True)
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    second_factor_by = models.DateField("动态口令须启用的日期", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = UserManager()
    # Whose name stands at a deed; the rest of a person is no evidence and changes at each sign-in.
    sealed_only = ("username", "name")
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    origin = "命令行"  # set by the middleware to the address a request came from
    asked_along = None  # what services/pulse.py read for a request
    _reach = ((), [])  # (what it was read for, ids): for one request, as the postings are

    class Meta:
        ordering = ["name", "username"]
        verbose_name = verbose_name_plural = "人员"

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Give a new person a public id."""
        if not self.public_id:
            self.public_id = Recorded._meta.get_field("public_id").get_default()
        super().save(*args, **kwargs)

    @classmethod
    def arriving(cls, pk) -> "User | None":
        """A person as a request begins with them: their posts of today and the agencies within reach of each
        are read along, in one statement."""
        below = Agency.objects.filter(path__startswith=models.OuterRef("agency__path")).order_by()
        below = below.annotate(all=Joined("pk", default=None)).values("all")
        below.query.group_by = None
        posts = Posting.objects.in_force(local_today()).filter(user_id=pk)
        posts = list(posts.select_related("user", "agency__region").annotate(below=models.Subquery(below)))
        if not posts:
            return cls.objects.filter(pk=pk).first()
        user = posts[0].user
        for post in posts:
            post.user = user
        if user.is_active:
            user.current_postings = posts
            user._take_reach(posts)
        return user

    def _take_reach(self, posts):
        far = [post for post in posts if roles.ROLES[post.role].reach == "below"]
        ids = sorted({int(pk) for post in far for pk in post.below.split(",")})
        if len(ids) <= LISTED:
            self._reach = ((Agency.written, *self.reach_paths()), ids)

    def get_absolute_url(self):
        """The person's page."""
        return reverse("accounts:person", args=[self.public_id])

    @property
    def state(self) -> str:
        """For the table of acts on people."""
        return "active" if self.is_active else "disabled"

    @cached_property
    def current_postings(self):
        """Postings in force today, with their agencies; one query per request."""
        if not self.is_active:
            return []
        return list(self.postings.in_force(local_today()).select_related("agency__region"))

    @cached_property
    def role_codes(self) -> frozenset:
        """Codes of every post held today."""
        return frozenset(posting.role for posting in self.current_postings)

    def certificate_fault(self, on) -> str:
        """Why the person held no valid 执法证 on the day `on` (自然资源行政处罚办法 art 17); "" if one, be
        it one held before that of today."""
        fault = self._fault_of_todays(on)
        if fault and self.pk and any(former.covers(on) for former in self.former_certificates.all()):
            return ""
        return fault

    def _fault_of_todays(self, on) -> str:
        if not self.certificate_no:
            return "没有登记执法证"
        if self.certificate_until is None:
            return "执法证没有登记有效期"
        if self.certificate_since and on < self.certificate_since:
            return f"执法证{self.certificate_since}起有效"
        return f"执法证{self.certificate_until}到期" if self.certificate_until < on else ""

    def reach_paths(self) -> list[str]:
        """Paths of the agencies whose rows, and all below, this person sees."""
        return sorted({p.agency.path for p in self.current_postings if roles.ROLES[p.role].reach == "below"})

    def reach_ids(self):
        """Keys of the agencies at and under `reach_paths`, for an IN; read once a request, and once
        more after the tree was changed. Where they are very many, the query for them."""
        paths = self.reach_paths()
        asked = (Agency.written, *paths)
        if self._reach[0] != asked:
            self._reach = (asked, keys_within(paths))
        return self._reach[1]

    def manager_paths(self) -> list[str]:
        """Paths of the agencies whose people this person manages, or answers for."""
        return sorted({p.agency.path for p in self.current_postings if p.role in roles.MANAGERS})

    def managed_ids(self):
        """Keys of the agencies at and under `manager_paths`, for an IN."""
        return keys_within(self.manager_paths())

    def granted_agency_ids(self) -> list[int]:
        """Agencies to which something may have been referred or handed over."""
        return self.agencies_as(*roles.OUTSIDE)

    def holds(self, *codes) -> bool:
        """Whether one of these posts is held today, anywhere."""
        return bool(self.role_codes.intersection(codes))

    def agencies_as(self, *codes) -> list[int]:
        """The agencies in which one of these posts is held today."""
        return sorted({post.agency_id for post in self.current_postings if post.role in codes})


class Basis(models.TextChoices):
    """On whose word a post that opens secrets is in force; other posts need none."""

    NONE = "", "不需确认"
    WAITING = "waiting", "待确认"
    PERSON = "person", "已由第二人确认"
    CODE = "code", "凭安装码确认"
    COMMAND = "command", "服务器命令登记"
    BEFORE = "before", "上线前已有"
    VOID = "void", "未生效"


# In force on no day: not yet confirmed; refused, or taken back before it was.
IDLE = (Basis.WAITING, Basis.VOID)


class PostingQuerySet(SealedQuerySet):
    """Postings, and those in force on a day."""

    def opening_secrets(self, today):
        """Confirmed ones that open secrets, today or later."""
        secret = self.exclude(basis__in=IDLE).filter(role__in=roles.CONFIRMED)
        return secret.filter(models.Q(until__isnull=True) | models.Q(until__gte=today))

    def in_force(self, on):
        """Postings that hold on the day `on`; what isn't confirmed holds on none."""
        begun = self.exclude(basis__in=IDLE).filter(since__lte=on)
        return begun.filter(models.Q(until__isnull=True) | models.Q(until__gte=on))


class Posting(Sealed):
    """A post held in an agency from one day to another; one person may hold several."""

    user = models.ForeignKey(User, models.PROTECT, related_name="postings", verbose_name="人员")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="postings", verbose_name="机构")
    role = models.CharField("岗位", max_length=20, choices=roles.ROLE_CHOICES)
    since = models.DateField("任职自", default=local_today)
    until = models.DateField("任职至", null=True, blank=True)
    note = models.CharField("说明", max_length=100, blank=True, help_text="如 主持工作")
    basis = models.CharField("确认", max_length=10, choices=Basis, default=Basis.NONE, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["agency_id", "role", "since"]
        verbose_name = verbose_name_plural = "任职"
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role", "since"], name="posting_once"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="posting_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.agency} {self.get_role_display()}"

    def get_absolute_url(self):
        """The page of the person who holds the post."""
        return self.user.get_absolute_url()

    def holds_on(self, day) -> bool:
        """Whether it is in force on a day: what `in_force` asks of rows, of one that was read."""
        begun = self.basis not in IDLE and self.since <= day
        return begun and (self.until is None or self.until >= day)


class GrantQuerySet(models.QuerySet):
    """Grants, and those in force."""

    def in_force(self, on=None):
        """Grants that hold on the day `on` (today)."""
        on = on or local_today()
        return self.filter(since__lte=on, revoked_at__isnull=True).filter(
            models.Q(until__isnull=True) | models.Q(until__gte=on)
        )


class Grant(models.Model):
    """One thing shown to one agency from a day on: what was referred or handed over to it."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="grants", verbose_name="机构")
    reason = models.CharField("事由", max_length=100)
    since = models.DateField(default=local_today)
    until = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "agency", "object_id"], name="grant_lookup"),
            # What was given to an agency and holds, answered by the index alone.
            models.Index(
                fields=["kind", "agency", "object_id", "since", "until"],
                condition=models.Q(revoked_at__isnull=True),
                name="grant_in_force",
            ),
        ]
        verbose_name = verbose_name_plural = "授权"

    def __str__(self):
        return f"{self.agency} {self.reason}"
