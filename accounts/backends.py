"""Who a session belongs to, in one statement with their posts and what lies within reach of these."""

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class PersonBackend(ModelBackend):
    """Sign-in by name and password, as Django does it; a person comes with their posts of today."""

    def get_user(self, user_id: int) -> User | None:
        """The person, or None where they may not sign in."""
        user = User.arriving(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
