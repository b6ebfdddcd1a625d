"""The acts on channels, the duty roster, absences and messages that could not be sent."""

from accounts import roles
from accounts.acts import Act, ActTable
from accounts.people_acts import LEADING

R = frozenset
SYSTEM = R({roles.SYSTEM_ADMIN})
ROSTER_KEEPERS = SYSTEM | LEADING | {roles.INTAKE, roles.LIAISON}

CHANNEL_ACTS = ActTable(
    subject="reminders.channel",
    title="提醒渠道",
    states={"active": "启用", "stopped": "已停用"},
    acts=(
        Act("add_channel", "登记渠道", "channels", SYSTEM),
        Act("amend_channel", "修改渠道", "channels", SYSTEM),
        Act("test_channel", "试发", "channels", SYSTEM, ("active",)),
        Act("stop_channel", "停用渠道", "channels", SYSTEM, ("active",), "stopped"),
        Act("start_channel", "恢复渠道", "channels", SYSTEM, ("stopped",), "active"),
        Act("retry_message", "重新发送", "deliveries", SYSTEM),
        Act("retry_messages", "全部重新发送", "deliveries", SYSTEM),
        Act("drop_message", "不再发送", "deliveries", SYSTEM),
    ),
)

ROSTER_ACTS = ActTable(
    subject="reminders.rosterentry",
    title="值班表",
    states={},
    acts=(
        Act("put_on_duty", "排班", "roster", ROSTER_KEEPERS),
        Act("take_off_duty", "撤销排班", "roster", ROSTER_KEEPERS),
    ),
)

ABSENCE_ACTS = ActTable(
    subject="reminders.absence",
    title="外出",
    states={},
    acts=(Act("record_absence", "登记外出", "absences", SYSTEM | LEADING, note="本人随时可以登记"),),
)

LEFT_BEHIND = "由保存的人删除；他已不在共享的单位的，由单位负责人或者系统管理员删除"
SAVED_ACTS = ActTable(
    subject="reminders.savedfilter",
    title="常用条件",
    states={},
    acts=(
        Act("save_filter", "保存常用条件", "saved", R(), note="谁都可以，为本人或者本单位"),
        Act("amend_filter", "修改常用条件", "saved", R(), note="由保存的人修改"),
        Act("drop_filter", "删除常用条件", "saved", R(), note=LEFT_BEHIND),
        Act("follow_filter", "开通每日提示", "saved", R(), note="谁都可以，只为本人"),
        Act("unfollow_filter", "停止每日提示", "saved", R(), note="谁都可以，只为本人"),
    ),
)
