"""Reporting duties as the notices have them, offered when a rule is set; nobody has to take one.

Days that a notice doesn't say to the hour are due at 18:00. What is once in a campaign takes its
day from the campaign.
"""

from campaigns.rhythm import EVERY, HALF_YEARLY, MONTHLY, QUARTERLY, WEEKLY, YEARLY

LEDGER, PAPER, MEETING = "ledger", "paper", "meeting"
PRESETS = {
    "half-monthly": {
        "name": "半月台账", "what": LEDGER, "pattern": MONTHLY, "days": [15, 30],
        "article": "交自然资字〔2021〕62号六（五）",
    },
    "progress": {
        "name": "阶段工作进展", "what": PAPER, "pattern": MONTHLY, "days": [15, 30],
        "article": "交自然资字〔2021〕62号六（五）",
    },
    "weekly": {
        "name": "周报", "what": PAPER, "pattern": WEEKLY, "days": [5], "level": "township",
        "leads": [1], "article": "市中区专项行动实施方案四（三）",
    },
    "two-days": {
        "name": "情报信息和线索移交反馈会议", "what": MEETING, "topic": "feedback",
        "pattern": EVERY, "every": 2, "leads": [], "article": "交自然资字〔2021〕62号五（一）四",
    },
    "ten-days": {
        "name": "协调会议", "what": MEETING, "topic": "coordination", "pattern": EVERY, "every": 10,
        "leads": [1], "article": "交自然资字〔2021〕62号五（一）四",
    },
    "quarterly": {
        "name": "联席会议", "what": MEETING, "topic": "joint", "pattern": QUARTERLY, "month": 3,
        "days": [31], "leads": [15, 7], "article": "岢政办发〔2022〕50号二（一）1",
    },
    "half-yearly": {
        "name": "工作总结和两率统计表", "what": PAPER, "pattern": HALF_YEARLY, "month": 6,
        "days": [31], "level": "prefecture", "leads": [15, 7],
        "article": "吉国土资发〔2010〕6号四（六）、六（三）",
    },
    "inspectors": {
        "name": "矿产督察年度工作报告", "what": PAPER, "pattern": YEARLY, "month": 12, "days": [31],
        "level": "prefecture", "leads": [30, 7], "article": "吉国土资发〔2010〕6号一（二）",
    },
    "annual-flash": {
        "name": "开发利用年检快报", "what": PAPER, "pattern": YEARLY, "month": 2, "days": [28],
        "level": "prefecture", "leads": [15, 7], "article": "吉国土资发〔2010〕6号一（四）",
    },
    "annual-check": {
        "name": "年检总结", "what": PAPER, "pattern": YEARLY, "month": 4, "days": [30],
        "level": "prefecture", "leads": [15, 7], "article": "吉国土资发〔2010〕6号一（四）",
    },
    "reserves": {
        "name": "矿山储量年报汇总", "what": PAPER, "pattern": YEARLY, "month": 1, "days": [31],
        "leads": [15, 7], "article": "吉国土资发〔2010〕6号二（二）",
    },
}  # fmt: skip
