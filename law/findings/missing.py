"""FACTS_MISSING: a fact that isn't known, where some value of it would change another finding.

Each probe tries values of one unknown fact and asks only the rules that look at it. What the form a
case came in cannot carry (`Facts.carries`) is never asked for.
"""

from collections.abc import Callable
from dataclasses import replace

from law.findings.codes import LEVELS, NAMES
from law.findings.probes import PROBES, Probe
from law.findings.shape import Case, Finding

Run = Callable[[Case, str], list[Finding]]
_ORDER = {code: place for place, code in enumerate(LEVELS)}


def missing(case: Case, by_group: dict[str, list[Finding]], run: Run) -> list[Finding]:
    """One finding per fact."""
    findings = []
    case, carries = _settled(case), case.facts.carries
    for probe in PROBES:
        if (carries is None or probe.fact in carries) and probe.unknown(case.facts):
            changed = _changes(case, probe, by_group, run)
            if changed:
                findings.append(_finding(probe, changed, case))
    return findings


def _settled(case: Case) -> Case:
    """What is filled in of a case that was referred or not, as things stood, is no new fact: it calls for
    no referral anew where none is called for yet."""
    facts = case.facts
    reached = [each for each in case.threshold_tests if each.met or each.suspected or each.by_area_alone]
    if not facts.settled or case.unanswered(reached):
        return case
    return replace(case, facts=facts.varied(settled=()))


def _changes(case: Case, probe: Probe, by_group: dict[str, list[Finding]], run: Run) -> set[str]:
    """Codes that come or go with some value of the fact, alone or with those that go with it."""
    before = {group: {each.code for each in by_group[group]} for group in probe.groups}
    changed = _differences(case, probe, before, run)
    if changed or probe.beside is None:
        return changed
    beside = replace(case, facts=probe.beside(case.facts))
    before = {group: {each.code for each in run(beside, group)} for group in probe.groups}
    return _differences(beside, probe, before, run)


def _differences(case: Case, probe: Probe, before: dict[str, set[str]], run: Run) -> set[str]:
    changed: set[str] = set()
    for facts in probe.values(case.facts, case.figures):
        varied = replace(case, facts=facts)
        for group, codes in before.items():
            changed |= codes ^ {each.code for each in run(varied, group)}
        if changed:
            break
    return changed


def _finding(probe: Probe, changed: set[str], case: Case) -> Finding:
    names = "、".join(NAMES[code] for code in sorted(changed, key=_ORDER.get))
    because = f"缺少{probe.label}，补录后才能判断：{names}。"
    alone = [each for each in case.threshold_tests if each.by_area_alone]
    if probe.fact == "land.destroyed" and alone:
        reached = "；".join(each.sentence for each in alone)
        because = f"{reached}，须鉴定种植条件是否严重毁坏，才能判断是否应移送。"
    return Finding("FACTS_MISSING", "", because, ({"fact": probe.fact},))
