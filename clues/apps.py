"""Wiring of this app: what it tells the books below, what it listens to."""

from django.apps import AppConfig


class CluesConfig(AppConfig):
    """线索"""

    name = "clues"
    verbose_name = "线索"

    def ready(self):
        """Number series, files, open work of a leaving person, merged offices."""
        # Models can be imported only when Django has read them all.
        from accounts import fileaccess, handover, series  # noqa: PLC0415
        from accounts.signals import agency_merged  # noqa: PLC0415
        from clues.access import may_open  # noqa: PLC0415
        from clues.receivers import on_agency_merged  # noqa: PLC0415
        from clues.services.handing_over import hand_over_clues, open_clues_of  # noqa: PLC0415
        from clues.services.intake import NUMBER_KIND, NUMBER_WORD  # noqa: PLC0415

        series.register(NUMBER_KIND, "线索编号", NUMBER_WORD)
        fileaccess.register(may_open)
        handover.register("核查和处理的线索", open_clues_of, hand_over_clues)
        agency_merged.connect(on_agency_merged, dispatch_uid="clues-move-to-agency")
