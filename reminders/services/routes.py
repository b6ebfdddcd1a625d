"""Which channels reach whom: a person's own addresses in their order, an agency's groups."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Agency
from reminders.models import GROUP, Channel, ContactPoint


@dataclass
class Routes:
    """Channels in service, confirmed addresses and agency paths of one batch."""

    channels: list[Channel]
    points: dict[int, list[ContactPoint]]
    paths: dict[int, str]

    def personal(self, person_id: int, agency_id: int) -> list[Channel]:
        """The channels to a person, the one to be tried first in front."""
        kinds = [point.kind for point in self.points.get(person_id, ())]
        channels = (self.nearest(kind, agency_id) for kind in dict.fromkeys(kinds))
        return [channel for channel in channels if channel]

    def group(self, agency_id: int) -> list[Channel]:
        """The robots of an agency's groups, the one to be tried first in front."""
        channels = [self.nearest(kind, agency_id) for kind in GROUP]
        return sorted(filter(None, channels), key=lambda channel: (channel.order, channel.pk))

    def nearest(self, kind: str, agency_id: int) -> Channel | None:
        """The channel of a kind that serves an agency: its own before that of an agency above."""
        path = self.paths.get(agency_id, "")
        serving = [
            channel
            for channel in self.channels
            if channel.kind == kind and (channel.everywhere or path.startswith(channel.agency.path))
        ]

        def distance(channel: Channel) -> tuple[int, int, int]:
            inside = path.startswith(channel.agency.path)
            return -len(channel.agency.path) if inside else 0, channel.order, channel.pk

        return min(serving, key=distance, default=None)

    def others(self, channel_id: int, person_id: int | None, agency_id: int) -> list[Channel]:
        """What may be tried instead of a channel, in order."""
        ways = self.personal(person_id, agency_id) if person_id else self.group(agency_id)
        return [other for other in ways if other.pk != channel_id]


def read_routes(person_ids: Iterable[int], agency_ids: Iterable[int]) -> Routes:
    """Three queries, however many people."""
    points = defaultdict(list)
    confirmed = ContactPoint.objects.filter(
        person_id__in=person_ids, is_active=True, verified_at__isnull=False
    )
    for point in confirmed.order_by("order", "pk"):
        points[point.person_id].append(point)
    return Routes(
        channels=list(Channel.objects.filter(is_active=True).select_related("agency")),
        points=dict(points),
        paths=dict(Agency.objects.filter(pk__in=agency_ids).values_list("pk", "path")),
    )
