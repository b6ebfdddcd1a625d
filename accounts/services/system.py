"""The named system posting under which a command acts for an agency, through the services."""

from django.db import transaction

from accounts import roles
from accounts.models import Agency, Basis, Posting, User
from accounts.services import trail

POSTS = (roles.LIAISON,)
# No person's sign-in name has a colon.
ACT = "begin_system_person"
PREFIX = "system:"


@transaction.atomic
def system_person(agency: Agency) -> User:
    """系统（交城县自然资源局): cannot sign in, holds the liaison's post at `agency`."""
    username = f"{PREFIX}{agency.code}"
    person = User.objects.filter(username=username).first()
    if person is None:
        person = User.objects.create_user(username, f"系统（{agency.name}）"[:60], agency=agency)
    held = set(person.postings.filter(agency=agency, until=None).values_list("role", flat=True))
    lacking = [post for post in POSTS if post not in held]
    for post in lacking:
        Posting.objects.create(user=person, agency=agency, role=post, note="命令行", basis=Basis.COMMAND)
    if lacking:
        trail.record(by=person, act=ACT, label="设立系统账号", thing=person)
    return User.objects.get(pk=person.pk)
