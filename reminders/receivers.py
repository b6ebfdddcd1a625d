"""What this app tells below: its pages of administration, the act on a person; and its own source."""

from accounts import people_acts, places, roles
from accounts.places import Place
from reminders import due_sources
from reminders.acts import ABSENCE_ACTS, SYSTEM
from reminders.services.clock_source import CLOCKS

due_sources.register("clock", CLOCKS)
people_acts.register("reminders", ABSENCE_ACTS)
places.register(
    Place(
        "reminders:roster_now",
        "值班表",
        "谁在什么时候值班，以小时计的时限提醒发给值班人",
        roles.EVERYONE,
        70,
    ),
    Place("reminders:channels", "提醒渠道", "邮件、短信、工作群机器人", SYSTEM, 80),
    Place("reminders:deliveries", "送达记录", "提醒有没有送到，为什么没有", SYSTEM, 90),
    Place("reminders:settings", "提醒设置", "接收地址、外出代办", roles.EVERYONE, 110),
)
