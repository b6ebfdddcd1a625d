"""Forms as the pages draw them: sections, fields by name, and every fault with where it stands."""

from collections.abc import Iterable

from django import forms
from django.forms import BoundField

from common.forms.rows import IN_A_ROW

FEW, FEW_SIGNS = 3, 15


def field(form: forms.Form, name: str) -> BoundField:
    """form|field:"name", where the name is only known to the page."""
    return form[name]


def unit(bound: BoundField) -> str:
    """The unit that stands at a field (widget attribute data-unit)."""
    return bound.field.widget.attrs.get("data-unit", "")


def is_choice_group(bound: BoundField) -> bool:
    """True for radios and checkbox groups: they take a fieldset and a legend."""
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def is_few(bound: BoundField) -> bool:
    """True for radios so few and short that two such questions share a line."""
    if not isinstance(bound.field.widget, forms.RadioSelect):
        return False
    words = [str(label) for _, label in bound.field.choices]
    return len(words) <= FEW and sum(map(len, words)) <= FEW_SIGNS


def is_single_check(bound: BoundField) -> bool:
    """True for one box with its label behind it."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


def is_optional(bound: BoundField) -> bool:
    """Whether 选填 stands at a field: not where its help says when it must be filled, not at one of those
    of which the form wants at least one (`one_of`), nor under 更多, whose head says it of all."""
    needed = bound.field.required or bound.name in getattr(bound.form, "one_of", ())
    said = any(word in str(bound.help_text) for word in ("必填", "必选"))
    return not (needed or said or getattr(bound, "waits", False))


def has_files(form: forms.Form | None) -> bool:
    """True when the form must be sent as multipart."""
    return bool(form) and form.is_multipart()


def faults_of(form: forms.Form | None, formsets: Iterable[dict] | None = None) -> list[dict]:
    """Every error of a form and of its formsets ({"title", "formset"}), see `faults`.

    The formsets that its sections name count too.
    """
    lines = faults(form) if form and form.is_bound else []
    named = [pair for pair in getattr(form, "sections", None) or () if isinstance(pair[1], str)]
    in_sections = [{"title": title, "formset": getattr(form, name)} for title, name in named]
    for section in (*(formsets or ()), *in_sections):
        if section["formset"].is_bound:
            lines += _faults_of_rows(section["title"], section["formset"])
    return lines


def _faults_of_rows(title: str, formset: forms.BaseFormSet) -> list[dict]:
    lines = [{"anchor": "", "label": "", "text": text} for text in formset.non_form_errors()]
    for place, part in enumerate(formset, start=1):
        where = f"{title or getattr(formset, 'noun', '')}第 {place} 项"
        lines += [
            {**fault, "label": f"{where}{'，' if fault['label'] else ''}{fault['label']}"}
            for fault in faults(part)
        ]
    return lines


def faults(form: forms.Form) -> list[dict]:
    """Every error of a form as {"anchor", "label", "text"}.

    `form.anchors` says by code where an error of the whole form is to be put right; that one of
    its rows is wrong says the row itself.
    """
    anchors, whole = getattr(form, "anchors", {}), form.non_field_errors().as_data()
    lines = [
        {"anchor": anchors.get(error.code, ""), "label": "", "text": text}
        for error in whole
        for text in error.messages
        if error.code != IN_A_ROW or not hasattr(form, "rows")
    ]
    for bound in form:
        for text in bound.errors:
            label = "" if bound.label in text else bound.label
            lines.append({"anchor": f"field-{bound.html_name}", "label": label, "text": text})
    return lines


def sections(form: forms.Form | None) -> list[dict]:
    """The form's sections as {"title", "anchor", "fields", "formset", "faulty", "more"}.

    `form.sections` is a list of (title, [field names]); fields it forgets come last, so none is
    ever lost. (title, "name") puts the formset that stands in `form.name` there. A form without
    sections is one untitled section. What need not be filled and is empty comes last, with "more" set,
    but for what the form names in `upfront`; where that is less than three fields it stays in its place.
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
    folded = _folded(form, parts)
    for bound in (bound for _, fields, _, more in folded if more for bound in fields):
        bound.waits = True
    return [
        {
            "title": title,
            "anchor": f"section-{place}",
            "fields": fields,
            "formset": formset,
            "faulty": _faulty(fields, formset),
            "more": more,
        }
        for place, (title, fields, formset, more) in enumerate(folded, start=1)
    ]


def waiting(parts: list[dict]) -> bool:
    """Whether some of the sections may wait under 更多."""
    return any(part["more"] for part in parts)


def railed(parts: list[dict]) -> list[dict]:
    """The sections that a rail beside a long form leads to: three or more, else none."""
    titled = [part for part in parts if part["title"] and not part["more"]]
    return titled if len(titled) >= RAILED_FROM else []


FOLDED_FROM = 3
RAILED_FROM = 3


def _folded(form: forms.Form, parts: list[tuple]) -> list[tuple]:
    """The parts with what may wait taken out of its section and put behind all of them."""
    upfront = set(getattr(form, "upfront", ()))
    waits = {b.name for _, fields, _ in parts for b in fields if _may_wait(b) and b.name not in upfront}
    every = {bound.name for _, fields, _ in parts for bound in fields}
    if len(waits) < FOLDED_FROM or waits == every:
        waits = set()
    first = [(title, [b for b in fields if b.name not in waits], rows) for title, fields, rows in parts]
    later = [(title, [b for b in fields if b.name in waits], None) for title, fields, _ in parts]
    return [
        *((title, fields, rows, False) for title, fields, rows in first if fields or rows is not None),
        *((title, fields, None, True) for title, fields, _ in later if fields),
    ]


def _may_wait(bound: BoundField) -> bool:
    """Whether a field need not be filled, holds nothing and has no fault."""
    field = bound.field
    kept = getattr(field, "staged", None) or getattr(field, "not_taken", None)
    return not (field.required or bound.errors or kept or bound.value())


def folded(form: forms.Form) -> list[BoundField]:
    """Of a row of a table the fields named in its `later` that may wait: folded under its `later_title`."""
    return [form[name] for name in getattr(form, "later", ()) if _may_wait(form[name])]


def when(bound: BoundField) -> dict | None:
    """{"name", "values"}: which field's answers make this one apply, as `form.applies` says; else None."""
    asked = getattr(bound.form, "applies", {}).get(bound.name)
    if asked is None:
        return None
    name, values = asked
    return {"name": bound.form.add_prefix(name), "values": " ".join(values)}


def helps(bound: BoundField) -> list[dict]:
    """What a field asks for by the answer to another, as `form.helps` says: {"name", "value", "label",
    "text", "now"}, `now` where it is that answer's as the form stands."""
    name, texts = getattr(bound.form, "helps", {}).get(bound.name, ("", {}))
    if not texts:
        return []
    asked = bound.form[name]
    answer = asked.value() or next((value for value, _ in asked.field.choices), "")
    return [
        {"name": asked.html_name, "value": value, "label": label, "text": text, "now": value == answer}
        for value, (label, text) in texts.items()
    ]


def _faulty(fields: list[BoundField], formset: forms.BaseFormSet | None) -> int:
    if formset is not None:
        return formset.total_error_count() if formset.is_bound else 0
    return sum(bool(bound.errors) for bound in fields)
