"""`manage.py serve`: a county's real start, without any demo data."""

import getpass
import os
import signal
import sys

from accounts.services import installation, set_up
from common.commands import SentenceCommand
from common.errors import Refused
from config import first_administrator, listening, serving
from config.first_administrator import Answers
from config.management.options import add_address

NEEDED = (
    "还没有系统管理员。请在终端里运行 serve 按提示填写；不能提问时，写 --admin-name、"
    "--admin-username、--region，并把密码放在环境变量 ADMIN_PASSWORD 里。"
)


class Command(SentenceCommand):
    """Makes what is missing, asks for the first administrator, runs until stopped."""

    help = "准备数据库，登记首位系统管理员，启动网页、后台任务和定时器。按 Ctrl-C 停止。"
    requires_system_checks = []

    def add_arguments(self, parser):
        """Where to listen, and who administers."""
        add_address(parser)
        parser.add_argument("--region", default="", help="本单位所在行政区划代码，如 141122")
        parser.add_argument("--admin-name", default="", help="首位系统管理员姓名")
        parser.add_argument("--admin-username", default="", help="首位系统管理员登录名")
        parser.add_argument("--no-serve", action="store_true", help="只准备，不启动")

    def handle(self, *, bind, port, no_serve, **options):
        """Prepare, ask, run; refuses with a sentence."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        if not no_serve:
            listening.check_port(bind, port)
        with serving.prepare(self.say):
            installation.refuse_demo()
            first_administrator.load_tables()
            if first_administrator.missing():
                person = first_administrator.enter(self.ask(options))
                self.say(f"已登记系统管理员{person.name}（登录名 {person.username}）。")
                self.say(set_up.TOLD.format(code=set_up.make_code()))
            if no_serve:
                return
            serving.run(host=bind, port=port, say=self.say, greet=lambda: self.greet(bind, port))
        self.say("已全部停止。")

    def ask(self, options) -> Answers:
        """What the options leave open, asked on the terminal."""
        given = [options["region"], options["admin_name"], options["admin_username"]]
        password = os.environ.get("ADMIN_PASSWORD", "")
        if not sys.stdin.isatty():
            if not all([*given, password]):
                raise Refused(NEEDED)
            return Answers(*given, password)
        self.say("还没有系统管理员，请登记第一位。")
        questions = ("本单位所在行政区划代码（6位，如 141122）：", "姓名：", "登录名：")
        answers = [value or input(ask) for value, ask in zip(given, questions, strict=True)]
        return Answers(*(answer.strip() for answer in answers), password or _typed_twice())

    def say(self, line: str):
        """One line, at once."""
        self.stdout.write(line)
        self.stdout.flush()

    def greet(self, bind, port):
        """The address."""
        self.say(f"请用浏览器打开 {serving.address(bind, port)} ，按 Ctrl-C 停止。")


def _typed_twice() -> str:
    """A password typed twice without showing it."""
    password = getpass.getpass("密码（至少12位）：")
    if getpass.getpass("再输一次密码：") != password:
        raise Refused("两次输入的密码不一样，请重新运行。")
    return password
