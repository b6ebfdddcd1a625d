"""Lines of a workbook that mean one standing entry, by the words it has and by those it had: a person
says whether they are one."""

from dataclasses import replace

from ledgers.services.import_joining import Joining, clashing, joined
from ledgers.services.import_plan import Alike, Plan, Planned
from ledgers.services.import_standing import Standing


def found_rows(plan: Plan, placed: list[Planned], standing: Standing) -> list[Planned]:
    """The rows of one day with what stands for each; several that mean one entry become one row, several,
    or none yet."""
    of_entry: dict[int, list[Planned]] = {}
    for planned in placed:
        planned.stands = standing.find((planned.agency.pk, planned.key))
        if planned.stands and not planned.stands.gone:
            of_entry.setdefault(planned.stands.entry.pk, []).append(planned)
    instead: dict[int, list[Planned]] = {}
    for lines in of_entry.values():
        if len(lines) > 1:
            instead |= {id(each): [] for each in lines} | {id(lines[0]): _of_one(plan, lines, standing)}
    return [row for planned in placed for row in instead.get(id(planned), [planned])]


def _of_one(plan: Plan, lines: list[Planned], standing: Standing) -> list[Planned]:
    """What the lines of one entry become; the one with the entry's own words goes first."""
    own, *others = sorted(lines, key=lambda each: (each.agency.pk, each.key) not in standing.exact)
    entry, rows = own.stands.entry, [own.row, *(each.row for each in others)]
    name = f"{own.agency.pk}:={entry.public_id}"
    answer = plan.wanted.joins.get(name, "")
    all_lines = tuple(line for each in (own, *others) for line in each.lines)
    plan.alike.append(Alike(name, all_lines, clashing(plan.form, rows), answer, meant=entry.party))
    if answer == Joining.APART:
        return [own, *(replace(each, stands=None, apart_from=entry.pk) for each in others)]
    return [replace(own, row=joined(plan.form, rows, answer), lines=all_lines)] if answer else []
