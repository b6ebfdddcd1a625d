"""工作日历, 标准, 编号: books that system administrators keep."""

from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import series
from accounts import standards as registry
from accounts.acting import act_page
from accounts.forms import books as forms
from accounts.models import Agency, CalendarDay, IssuedNumber, Region, Serial, Standard, User, local_today
from accounts.people_acts import AGENCY_ACTS
from accounts.places import places
from accounts.services import calendar, numbering, standards


def calendar_now(request):
    """This year's calendar."""
    return redirect("accounts:calendar", year=local_today().year)


def calendar_year(request, year):
    """Days off and make-up working days of a year, month by month."""
    days = list(CalendarDay.objects.filter(day__year=year).order_by("day"))
    months = [
        {"month": month, "days": [day for day in days if day.day.month == month]} for month in range(1, 13)
    ]
    page = {
        "places": places(request.user, "accounts:calendar_now"),
        "year": year,
        "months": months,
        "entered": bool(days),
        "years": sorted(calendar.years_known() | {local_today().year, local_today().year + 1, year}),
        "may_edit": calendar.may_change(request.user),
    }
    return render(request, "accounts/books/calendar.html", page)


def _act(request, name, form_class, deed, back, **more):
    crumbs = [{"label": more.pop("crumb"), "url": back}]
    context = {"crumbs": crumbs, "thing": None, **more.pop("context", {})}
    return act_page(
        request,
        act=AGENCY_ACTS.get(name),
        thing=request.subject,
        form_class=form_class,
        deed=deed,
        cancel_url=back,
        context=context,
        **more,
    )


def amend_calendar(request, year):
    """One day."""
    back = reverse("accounts:calendar", args=[year])
    deed = partial(calendar.set_day, agency=request.subject)
    return _act(
        request,
        "amend_calendar",
        forms.DayForm,
        deed,
        back,
        crumb="工作日历",
        initial={"day": request.GET.get("day", "")},
        form_options={"year": year},
        context={"thing": calendar.year_of(year)},
    )


def import_calendar(request, year):
    """All days of a year, typed off the notice."""
    back = reverse("accounts:calendar", args=[year])
    days = CalendarDay.objects.filter(day__year=year).order_by("day")
    words = {"off": "休", "work": "班"}
    text = "\n".join(f"{day.day} {words[day.kind]} {day.note}".strip() for day in days)

    def deed(**given):
        return calendar.import_year(agency=request.subject, year=year, **given)[0]

    return _act(
        request,
        "import_calendar",
        forms.YearForm,
        deed,
        back,
        crumb="工作日历",
        initial={"days": text},
        form_options={"year": year},
        context={"heading": f"导入{year}年安排", "thing": calendar.year_of(year)},
    )


def places_of(user: User) -> dict[str, str]:
    """{code: name} of what a person's posts lie in, from the county up; "" is the whole country."""
    names = {"": "全国"}
    for posting in user.current_postings:
        region: Region | None = posting.agency.region
        while region is not None:
            names[region.code] = region.name
            region = region.parent
    return names


def law_parts(names: dict[str, str], part: str, place: str | None) -> list[dict]:
    """The law's own rows for the page 标准, by part: the whole country's and those of the person's places."""
    found = []
    for label, kinds in registry.parts().items():
        rows = [
            {"kind": kind, "row": row, "place": names[row.region]}
            for kind in kinds
            for row in kind.own
            if row.region in names and place in (None, row.region) and part in ("", label)
        ]
        found.append({"label": label, "rows": rows})
    return [part for part in found if part["rows"]]


def standard_list(request):
    """The standards that hold where a person's posts lie, and those of what lies below, with place, day,
    document, and whether they were checked; narrowed by part and place in the address."""
    names, rows = places_of(request.user), standards.within_sight(request.user)
    part, place = request.GET.get("part", ""), request.GET.get("place")
    place = None if place in (None, "all") else place
    if part:
        rows = rows.filter(key__in=[kind.key for kind in registry.parts().get(part, ())])
    if place is not None:
        rows = rows.filter(region=place or None)
    below = {
        row.region_id: row.region.full_name for row in rows if row.region_id and row.region_id not in names
    }
    page = {
        "places": places(request.user, "accounts:standards"),
        "standards": rows,
        "parts": law_parts(names, part, place),
        "choices": {"part": list(registry.parts()), "place": {**names, **below}.items()},
        "asked": {"part": part, "place": place},
        "may_edit": calendar.may_change(request.user),
    }
    return render(request, "accounts/books/standards.html", page)


def record_standard(request):
    """A standard that holds from a day on."""
    back = reverse("accounts:standards")
    deed = partial(standards.record_standard, agency=request.subject)
    return _act(request, "record_standard", forms.StandardForm, deed, back, crumb="标准")


def amend_standard(request, pk):
    """Correct it, or say that it has been checked."""
    standard = Standard.objects.select_related("region__parent").filter(pk=pk).first()
    back = reverse("accounts:standards")
    if standard is None:
        return redirect(back)
    deed = partial(standards.amend_standard, agency=request.subject, standard=standard)
    place = standard.region.full_name if standard.region else "全国"
    intro = f"{standard.label}（{standard.unit}），{place}，自{standard.valid_from}起。"
    initial = {name: getattr(standard, name) for name in ("value", "valid_until", "document", "sure")}
    return _act(
        request,
        "amend_standard",
        forms.AmendStandardForm,
        deed,
        back,
        crumb="标准",
        initial=initial,
        context={"intro": intro, "thing": standard},
    )


def number_offices(request):
    """The offices whose numbers one may see; straight to the page where it is one."""
    offices = Agency.objects.visible_to(request.user).distinct().order_by("path")
    numbered = offices.filter(pk__in=IssuedNumber.objects.values("agency_id")) or offices[:1]
    if len(numbered) == 1:
        return redirect("accounts:numbers", code=numbered[0].code)
    page = {"places": places(request.user, "accounts:number_offices"), "offices": numbered}
    return render(request, "accounts/books/number_offices.html", page)


def numbers(request, code):
    """Counters, numbers given by hand, numbers voided, of one office."""
    agency = request.subject
    serials = Serial.objects.filter(agency=agency).order_by("-year", "kind")
    issued = IssuedNumber.objects.filter(agency=agency).order_by("-year", "kind", "-seq")
    page = {
        "places": places(request.user, "accounts:number_offices"),
        "agency": agency,
        "serials": [
            {"label": series.label_of(row.kind), "year": row.year, "last": row.last} for row in serials
        ],
        "by_hand": _named(issued.filter(by_hand=True, voided_reason="")[:200]),
        "voided": _named(issued.exclude(voided_reason="")[:200]),
        "may_start": AGENCY_ACTS.openness("start_numbers", request.user, agency).ok,
    }
    return render(request, "accounts/books/numbers.html", page)


def _named(rows):
    return [{"label": series.label_of(row.kind), "row": row} for row in rows]


def start_numbers(request, code):
    """Where the office's own series stands."""
    back = reverse("accounts:numbers", args=[code])
    deed = partial(numbering.start_after, agency=request.subject)
    return _act(request, "start_numbers", forms.StartForm, deed, back, crumb="编号")


def void_number(request, code):
    """A number that must never be used."""
    back = reverse("accounts:numbers", args=[code])
    deed = partial(numbering.void, agency=request.subject, year=local_today().year)
    return _act(request, "void_number", forms.VoidForm, deed, back, crumb="编号")
