"""核对公安数据."""

from django import forms

from common.forms.acts import ActForm


class PoliceForm(ActForm):
    """核对公安数据: the digest of what was shown."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
