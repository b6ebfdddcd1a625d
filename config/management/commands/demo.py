"""`manage.py demo`: everything ready to look at, with people, cases and ledgers to try it on."""

import signal

from common.commands import SentenceCommand
from config import demo, listening, serving
from config.management.options import add_address


class Command(SentenceCommand):
    """Makes what is missing, loads the demo (again changes nothing), runs until stopped."""

    help = "准备数据库，载入演示数据，启动网页、后台任务和定时器。按 Ctrl-C 停止。"
    requires_system_checks = []

    def add_arguments(self, parser):
        """Where to listen, and whether to."""
        add_address(parser)
        parser.add_argument("--no-serve", action="store_true", help="只载入演示数据，不启动")

    def handle(self, *, bind, port, no_serve, **_):
        """Prepare, load, run; refuses with a sentence."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        if not no_serve:
            listening.check_port(bind, port)
        with serving.prepare(self.say):
            demo.load(self.stdout)
            if no_serve:
                self.stdout.write("演示数据已就绪。启动请运行：.venv/bin/python manage.py demo")
                return
            serving.run(host=bind, port=port, say=self.say, greet=lambda: self.greet(bind, port))
        self.say("已全部停止。")

    def say(self, line: str):
        """One line, at once."""
        self.stdout.write(line)
        self.stdout.flush()

    def greet(self, bind, port):
        """The address, and who can sign in."""
        self.say(demo.accounts_table())
        self.say(f"密码都是 {demo.PASSWORD}")
        self.say(f"请用浏览器打开 {serving.address(bind, port)} ，按 Ctrl-C 停止。")
