"""What every template writes the same way: figures, dates, countdowns, and nothing as 未填."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django import forms, template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from common.quantities import show_area, show_money, show_persons, show_tonnes
from common.rows import IN_A_ROW
from common.spans import span_words

register = template.Library()

NOTHING = mark_safe('<span class="blank">未填</span>')  # noqa: S308 - fixed text
SOON = timedelta(days=3)
TEN_THOUSAND = 10_000


def is_blank(value) -> bool:
    """True for what nobody entered; a zero was entered."""
    return value is None or (isinstance(value, str) and not value.strip())


def exact(value) -> Decimal:
    """The value as a Decimal, also when it came as a whole number or as text."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


@register.filter
def blank(value):
    """The value, or a grey 未填 when there is none."""
    return NOTHING if is_blank(value) else value


@register.filter
def money(value):
    """Yuan with thousands separators and the two places of fen when there are any."""
    return NOTHING if is_blank(value) else show_money(exact(value))


@register.filter
def area(value):
    """亩 (or another area unit) as entered, with thousands separators."""
    return NOTHING if is_blank(value) else show_area(exact(value))


@register.filter
def tonnes(value):
    """吨 as entered, with thousands separators."""
    return NOTHING if is_blank(value) else show_tonnes(exact(value))


@register.filter
def number(value):
    """Any count or quantity with thousands separators."""
    return NOTHING if is_blank(value) else show_area(exact(value))


@register.filter
def count_people(value):
    """People as a whole number; no people is 0 only when somebody said so."""
    return NOTHING if is_blank(value) else show_persons(int(value))


@register.filter
def capped(value, cap=TEN_THOUSAND):
    """A count as 9,321, or 10,000+ from the cap on."""
    return f"{cap:,}+" if value > cap else f"{value:,}"


def local(value: datetime) -> datetime:
    """The moment on the wall clock of the office (Asia/Shanghai); a naive one is that already."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


@register.filter
def day(value):
    """2026-11-15."""
    if is_blank(value):
        return NOTHING
    return f"{local(value) if isinstance(value, datetime) else value:%Y-%m-%d}"


@register.filter
def moment(value):
    """2026-11-15 18:00."""
    if is_blank(value):
        return NOTHING
    return f"{local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else day(value)


@register.filter
def yes_no(value):
    """是 or 否 as the form wants it; None is 未填."""
    return NOTHING if value is None or value == "" else ("是" if value else "否")


def remaining(due, now: datetime, *, fine: bool = False, soon: timedelta = SOON) -> tuple[str, str]:
    """Words and tone (over, soon, calm) for a due date or moment, seen at `now`.

    A date without a time lasts until its own midnight and is counted in whole days.
    """
    if not isinstance(due, datetime):
        days = (due - local(now).date()).days
        if days < 0:
            return f"已超 {-days} 天", "over"
        words = "今天到期" if days == 0 else f"剩 {days} 天"
        return words, "soon" if timedelta(days=days) <= soon else "calm"
    span = due - now
    if span < timedelta(0):
        return f"已超 {span_words(-span, fine=fine)}", "over"
    return f"剩 {span_words(span, fine=fine)}", "soon" if span <= soon else "calm"


@register.simple_tag(takes_context=True)
def left(context, due, now=None, fine=False):
    """剩 3 小时 / 已超 1 天, with a sign beside the colour; `now` falls back to the context's."""
    if is_blank(due):
        return NOTHING
    words, tone = remaining(due, now or context.get("now") or timezone.now(), fine=fine)
    stamp = due.isoformat() if isinstance(due, date | datetime | time) else ""
    return format_html(
        '<time class="left left--{}" datetime="{}" title="{}">{}</time>', tone, stamp, moment(due), words
    )


@register.simple_tag(takes_context=True)
def since(context, value, now=None):
    """刚刚 / 3 小时前 / 2 天前; older than a month as its date."""
    if is_blank(value):
        return NOTHING
    now = now or context.get("now") or timezone.now()
    span = now - value
    if span > timedelta(days=30) or span < timedelta(0):
        words = moment(value)
    elif span < timedelta(minutes=1):
        words = "刚刚"
    else:
        words = f"{span_words(span)}前"
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), moment(value), words)


@register.filter
def mask(value):
    """A value that its model has masked already, marked as such."""
    if is_blank(value):
        return NOTHING
    return format_html('<span class="masked" title="已遮盖">{}</span>', value)


@register.filter
def short(value, length=12):
    """The head of a long digest or key."""
    return NOTHING if is_blank(value) else str(value)[: int(length)]


@register.filter
def file_size(value):
    """Bytes as 320 KB or 4.2 MB."""
    if is_blank(value):
        return NOTHING
    if value < 1024 * 1024:
        return f"{max(value // 1024, 1)} KB"
    return f"{value / 1024 / 1024:.1f} MB"


@register.filter
def field(form, name):
    """form|field:"name", where the name is only known to the page."""
    return form[name]


@register.filter
def item(mapping, key):
    """mapping|item:key; None when it is not there."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def unit(bound):
    """The unit that stands at a field (widget attribute data-unit)."""
    return bound.field.widget.attrs.get("data-unit", "")


@register.filter
def is_choice_group(bound):
    """True for radios and checkbox groups: they take a fieldset and a legend."""
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_single_check(bound):
    """True for one box with its label behind it."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.simple_tag
def faults_of(form, formsets=None):
    """Every error of a form and of its formsets ({"title", "formset"}), see `faults`.

    The formsets that its sections name count too.
    """
    found = faults(form) if form and form.is_bound else []
    named = [pair for pair in getattr(form, "sections", None) or () if isinstance(pair[1], str)]
    in_sections = [{"title": title, "formset": getattr(form, name)} for title, name in named]
    for one in (*(formsets or ()), *in_sections):
        formset = one["formset"]
        if not formset.is_bound:
            continue
        found += [{"anchor": "", "label": "", "text": text} for text in formset.non_form_errors()]
        for place, part in enumerate(formset, start=1):
            title = f"{one['title']}第 {place} 项"
            found += [
                {**fault, "label": f"{title}{'，' if fault['label'] else ''}{fault['label']}"}
                for fault in faults(part)
            ]
    return found


@register.filter
def faults(form):
    """Every error of a form as {"anchor", "label", "text"}.

    `form.anchors` says by code where an error of the whole form is to be put right; that one of
    its rows is wrong says the row itself.
    """
    anchors, whole = getattr(form, "anchors", {}), form.non_field_errors().as_data()
    found = [
        {"anchor": anchors.get(one.code, ""), "label": "", "text": text}
        for one in whole
        for text in one.messages
        if one.code != IN_A_ROW or not hasattr(form, "rows")
    ]
    for bound in form:
        for text in bound.errors:
            label = "" if bound.label in text else bound.label
            found.append({"anchor": f"field-{bound.html_name}", "label": label, "text": text})
    return found


@register.filter
def sections(form):
    """The form's sections as {"title", "anchor", "fields", "formset", "faulty"}.

    `form.sections` is a list of (title, [field names]); fields it forgets come last, so none is
    ever lost. (title, "name") puts the formset that stands in `form.name` there. A form without
    sections is one untitled section.
    """
    left_over = {bound.name: bound for bound in form.visible_fields()} if form else {}
    parts = []
    for title, names in getattr(form, "sections", None) or ():
        if isinstance(names, str):
            parts.append((title, [], getattr(form, names)))
            continue
        fields = [left_over.pop(name) for name in names if name in left_over]
        if fields:
            parts.append((title, fields, None))
    if left_over:
        parts.append(("其他" if parts else "", list(left_over.values()), None))
    return [
        {
            "title": title,
            "anchor": f"section-{place}",
            "fields": fields,
            "formset": formset,
            "faulty": _faulty(fields, formset),
        }
        for place, (title, fields, formset) in enumerate(parts, start=1)
    ]


def _faulty(fields, formset) -> int:
    if formset is not None:
        return formset.total_error_count() if formset.is_bound else 0
    return sum(bool(bound.errors) for bound in fields)


@register.filter
def has_files(form):
    """True when the form must be sent as multipart."""
    return bool(form) and form.is_multipart()


@register.simple_tag(takes_context=True)
def countdown(context, due, now=None):
    """距 11月30日 18:00 还有 2 天 3 小时, or 已过 11月30日 18:00 1 天 when it is late."""
    now = now or context.get("now") or timezone.now()
    at = local(due)
    words, tone = remaining(due, now, fine=True)
    span = words.removeprefix("剩 ").removeprefix("已超 ")
    late = tone == "over"
    return format_html(
        '<time class="countdown countdown--{}" datetime="{}">{} {} {} <b>{}</b></time>',
        tone,
        due.isoformat(),
        "已过" if late else "距",
        f"{at.month}月{at.day}日 {at:%H:%M}",
        "" if late else "还有",
        span,
    )
