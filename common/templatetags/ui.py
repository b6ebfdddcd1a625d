"""What every template writes the same way, under one name: `{% load ui %}`."""

from django import template

from common.showing import figures, forms, parts, times

register = template.Library()

for show in (
    figures.blank,
    figures.money,
    figures.area,
    figures.tonnes,
    figures.number,
    figures.count_people,
    figures.capped,
    figures.yes_no,
    figures.mask,
    figures.short,
    figures.file_size,
    figures.item,
    times.day,
    times.moment,
    forms.field,
    forms.unit,
    forms.is_choice_group,
    forms.is_single_check,
    forms.is_optional,
    forms.is_few,
    forms.faults,
    forms.sections,
    forms.waiting,
    forms.railed,
    forms.folded,
    forms.when,
    forms.helps,
    forms.has_files,
):
    register.filter(show)

register.simple_tag(forms.faults_of)
for show in (times.left, times.since, times.countdown):
    register.simple_tag(show, takes_context=True)

register.simple_block_tag(parts.filled)
