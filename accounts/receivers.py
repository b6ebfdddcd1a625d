"""What this app itself tells: who may open its scans; and where somebody signed in."""

from django.apps import apps
from django.contrib.auth import user_logged_in
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate  # noqa: TID251 - a migrate is no deed

from accounts import fileaccess, standards
from accounts.models import Agency, SignedPaper, SigningAuthority
from accounts.services import factor_duty, paper_reading, sessions, staying, taking_up

standards.register(staying.STAY_DAYS, "停留天数提示", "日")


def sees_authority(user, stored) -> bool:
    """The scan of an authority that the person may see."""
    return SigningAuthority.objects.visible_to(user).filter(scan=stored).exists()


def sees_signed_paper(user, stored) -> bool:
    """A signed paper of an agency within reach; what it approves belongs there too. Of one that isn't
    its office's the app says it that knows who may read the thing."""
    reached = Agency.objects.within(user.reach_paths())
    return SignedPaper.objects.of_offices().filter(scan=stored, agency__in=reached).exists()


def signed_it(user, stored) -> bool:
    """A signed paper that bears the person's own name, wherever they work today."""
    return paper_reading.own(user).filter(signed_paper__scan=stored).exists()


def note_sign_in(sender, request, user, **_):
    """A session was begun, with the password."""
    sessions.begin_of(user, request)
    factor_duty.note_sign_in(user, request)


def take_up_rows(sender, using, **_):
    """After every migrate: rows from before their table was held against the trail."""
    if using == DEFAULT_DB_ALIAS:
        taking_up.take_up()


post_migrate.connect(take_up_rows, sender=apps.get_app_config("accounts"), dispatch_uid="take-up-rows")
user_logged_in.connect(note_sign_in, dispatch_uid="sign-in")
fileaccess.register(sees_authority)
fileaccess.register(sees_signed_paper)
fileaccess.register(signed_it)
