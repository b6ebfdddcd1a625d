"""`manage.py set_up_code`: a new one-time code, where nobody can confirm as the second person."""

from accounts.services import set_up
from common.commands import SentenceCommand


class Command(SentenceCommand):
    """Makes the code anew and prints it; the one before goes."""

    help = "生成安装码：还没有第二人时，凭它确认接触保密内容的任职和重置密码。原来的安装码作废。"

    def handle(self, **_):
        """The code, this once."""
        self.stdout.write(set_up.TOLD.format(code=set_up.make_code()))
