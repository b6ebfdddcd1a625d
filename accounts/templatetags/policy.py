"""{% if user|may_open:"ledgers:imports" %}: no page shows a way that answers 403."""

from django import template

from accounts import policy

register = template.Library()


@register.filter
def may_open(user, name):
    """Whether the person's posts open this address."""
    return policy.may_open(user, name)
