"""Wiring of this app: what it tells the books below, what it listens to, which chair it takes."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """案件"""

    name = "cases"
    verbose_name = "案件"

    def ready(self):
        """Number series, standards, files, open work of a leaving person, the clue's chair."""
        # Models can be imported only when Django has read them all.
        from accounts import fileaccess, handover, series, standards  # noqa: PLC0415
        from accounts.signals import agency_merged  # noqa: PLC0415
        from cases.access import may_open  # noqa: PLC0415
        from cases.receivers import on_agency_merged  # noqa: PLC0415
        from cases.services.handing_over import hand_over_cases, open_cases_of  # noqa: PLC0415
        from cases.services.of_clues import find_target, receive_clue  # noqa: PLC0415
        from cases.services.thresholds import DEFAULTS  # noqa: PLC0415
        from cases.terms import TERMS  # noqa: PLC0415
        from clues import targets  # noqa: PLC0415
        from common.slots import seat  # noqa: PLC0415

        series.register("filing", "立案编号", "立字")
        series.register("decision", "处罚决定书编号", "罚字")
        series.register("referral", "移送书编号", "移字")
        for figure in DEFAULTS.values():
            standards.register(figure.key, figure.label, figure.unit)
        for term in TERMS:
            if term.standard:
                standards.register(term.standard, f"{term.label}的期限", "日")
        fileaccess.register(may_open)
        handover.register("承办的案件", open_cases_of, hand_over_cases)
        agency_merged.connect(on_agency_merged, dispatch_uid="cases-move-to-agency")
        targets.register(find_target, receive_clue)
        seat("clue.side", "cases:of_clue", label="查看案件")
