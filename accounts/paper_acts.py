"""What is done about an approval on paper whose signer says that it isn't theirs."""

from accounts import roles
from accounts.acts import Act, ActTable

CONFIRM, DENY = ("confirm_paper", "确认线下签批"), ("deny_paper", "否认线下签批")

PAPER_ACTS = ActTable(
    subject="accounts.approval",
    title="线下签批的答复",
    states={},
    acts=(
        Act(
            "settle_denial",
            "处理签批否认",
            "papers",
            roles.LEADERS,
            article="行政处罚法第五十四条、第五十七条",
            note="由能签批这件事的负责人处理，录入签批单的人不能处理；签批人本人随时可以确认或者否认",
            grave=True,
        ),
    ),
)
