"""查看重点人员姓名: once, for a reason."""

from django.shortcuts import render
from django.urls import reverse

from accounts.revealing import reveal_once
from campaigns.acts import BOOK_ACTS
from campaigns.forms.key_points import UnmaskForm
from campaigns.services import key_persons
from campaigns.views.acting import crumbs


def unmask_key_person(request, book, public_id):
    """The reason is posted, the answer is this one page."""
    row, act = request.subject, BOOK_ACTS.get("unmask_key_person")
    form = UnmaskForm(request.POST or None, request=request, user=request.user, thing=row)

    def deed():
        return key_persons.unmask_key_person(
            by=request.user,
            row=row,
            reason=form.cleaned_data["reason"],
            version=request.POST.get("_version") or None,
        )

    def answer(facts, page):
        rows = [{"label": "姓名", "value": facts.name}, {"label": "身份证号码", "value": facts.identity}]
        return render(request, "parts/unmasked.html", {**page, "rows": rows})

    books = {
        "label": row._meta.verbose_name,
        "url": reverse("campaigns:book", args=[row.campaign.code, book]),
    }
    path = [*crumbs(row.campaign), books, {"label": str(row), "url": row.get_absolute_url()}]
    return reveal_once(
        request,
        act=act,
        thing=row,
        form=form,
        deed=deed,
        answer=answer,
        crumbs=[*path, {"label": act.label, "url": ""}],
    )
