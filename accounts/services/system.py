"""The named system posting under which a command acts for an agency, through the services."""

from django.db import transaction

from accounts import roles
from accounts.models import Agency, Posting, User

POSTS = (roles.LIAISON,)


@transaction.atomic
def system_person(agency: Agency) -> User:
    """系统（交城县自然资源局): cannot sign in, holds the liaison's post at `agency`."""
    username = f"system:{agency.code}"
    person = User.objects.filter(username=username).first()
    if person is None:
        person = User.objects.create_user(username, f"系统（{agency.name}）"[:60], agency=agency)
    for post in POSTS:
        if not person.postings.filter(agency=agency, role=post, until=None).exists():
            Posting.objects.create(user=person, agency=agency, role=post, note="命令行")
    return User.objects.get(pk=person.pk)
