"""The users of load.py, a process of their own so that their CPU can be told apart: plain http, no Django.

Reads an order ({port, people, seconds, think} or {…, piece}), plays it with a thread for each person, and
prints {"took": [[kind, name, seconds]], "errors": [sentence], "cpu": seconds}.
"""

import http.client
import json
import random
import re
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|_key|_version)" value="([^"]*)"')
FAULTS = re.compile(r"data-faults>(.*?)</div>", re.DOTALL)
READS = (
    *(("cases", "/cases/"),) * 5,
    *(("clues", "/clues/"),) * 4,
    *(("desk", "/"),) * 4,
    *(("case", ""),) * 6,
    *(("clue", ""),) * 3,
    ("cases by due", "/cases/?sort=due_at"),
    ("cases by state", "/cases/?state=investigation"),
    ("cases, page 5", "/cases/?page=5"),
    *(("search", ""),) * 3,
)
WORDS = ("老鹰嘴梁", "石灰岩", "后沟", "夏家营后沟", "演1自然资立")
WRITES = 0.12  # of all that people do
IDLE = 1.0  # the server hangs up soon after; a browser would open another connection without a word


class Person(threading.Thread):
    """Somebody at a browser."""

    def __init__(self, order: dict, who: dict, until: float, seed: int):
        super().__init__(daemon=True)
        self.order, self.who, self.until, self.chance = order, who, until, random.Random(seed)
        self.web = http.client.HTTPConnection("127.0.0.1", order["port"], timeout=60)
        self.took, self.errors, self.token, self.asked = [], [], "", 0.0

    def run(self):
        """Until the time is over."""
        if "think" not in self.order:
            while time.monotonic() < self.until:
                self._timed("read", "list", self._list)
            return
        time.sleep(self.chance.random() * self.order["think"])
        while time.monotonic() < self.until:
            if self.chance.random() < WRITES and self.who["role"] in ("intake", "handler", "brigade_head"):
                self._write()
            else:
                self._read()
            time.sleep(min(self.chance.expovariate(1 / self.order["think"]), 6 * self.order["think"]))

    def _list(self):
        self._get("/cases/", self.order["piece"])

    def _read(self):
        name, path = self.chance.choice(READS)
        if name in ("case", "clue"):
            path = f"/{name}s/{self.chance.choice(self.who[name + 's'])}/"
        if name == "search":
            token = self._hidden(self._get("/")).get("csrfmiddlewaretoken", "")
            asked = {"q": self.chance.choice(WORDS), "csrfmiddlewaretoken": token}
            self._timed("read", name, lambda: self._post("/search/", asked, follow=True))
        else:
            self._timed("read", name, lambda: self._get(path))

    def _write(self):
        """Open a form, think a moment, send it; the sending is what is timed as a write."""
        today = time.strftime("%Y-%m-%d", time.gmtime())
        if self.who["working"] and self.chance.random() < 0.5:
            name, case = "finding", self.chance.choice(self.who["working"])
            path = f"/cases/{case}/record-mineral-finding/"
            typed = {"rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0, "rows-0-mineral": "煤",
                     "rows-0-tonnes": 82, "rows-0-value": 20000, "happened_on": today}  # fmt: skip
        else:
            # No name twice, nor one of the warming up: where one is known already, the form asks first.
            name, path = "clue registered", "/clues/new/"
            typed = {"party-TOTAL_FORMS": 1, "party-INITIAL_FORMS": 0, "party-0-kind": "person",
                     "party-0-name": f"某{time.time_ns() % 10**12}", "source": "patrol",
                     "received_on": today, "summary": "沟内有人采煤", "place": "东沟口"}  # fmt: skip
        page = self._timed("read", "form", lambda: self._get(path))
        if page:
            time.sleep(1)
            self._timed("write", name, lambda: self._post(path, {**self._hidden(page), **typed}))

    def _timed(self, kind: str, name: str, deed):
        begun = time.monotonic()
        try:
            answer = deed()
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.errors.append(f"{name}: {error!r}")
            self.web.close()
            return None
        self.took.append((kind, name, time.monotonic() - begun))
        return answer

    def _hidden(self, page: str) -> dict:
        """What a browser sends along of the page's form (the last of them is the act's)."""
        return dict(HIDDEN.findall(page))

    def _get(self, path: str, piece: bool = False) -> str:
        more = {"HX-Request": "true", "HX-Target": "list"} if piece else {}
        return self._ask("GET", path, None, more)[1]

    def _post(self, path: str, typed: dict, follow: bool = False) -> str:
        more = {"Content-Type": "application/x-www-form-urlencoded"}
        location, page = self._ask("POST", path, urlencode(typed), more)
        if not location:
            raise ValueError(f"refused: {self._said(page)}")
        return self._get(location) if follow else page

    @staticmethod
    def _said(page: str) -> str:
        """What a page says against a form."""
        return " ".join(re.sub("<[^>]+>", " ", " ".join(FAULTS.findall(page))).split())[:200]

    def _ask(self, method: str, path: str, body: str | None, more: dict) -> tuple[str, str]:
        if time.monotonic() - self.asked > IDLE:
            self.web.close()
        cookies = f"sessionid={self.who['cookie']}; csrftoken={self.token}"
        self.web.request(method, path, body, {"Cookie": cookies, **more})
        answer = self.web.getresponse()
        page = answer.read().decode(errors="replace")
        self.asked = time.monotonic()
        if set_cookie := re.search(r"csrftoken=(\w+)", answer.headers.get("Set-Cookie", "")):
            self.token = set_cookie[1]
        if answer.status >= 400 or (location := answer.headers.get("Location", "")).startswith("/accounts/"):
            raise ValueError(f"{answer.status} {path} {self._said(page)}")
        return location, page


def main() -> None:
    """Play an order."""
    order = json.loads(Path(sys.argv[1]).read_text())
    until = time.monotonic() + order["seconds"]
    people = [Person(order, who, until, seed) for seed, who in enumerate(order["people"])]
    for person in people:
        person.start()
    for person in people:
        person.join(order["seconds"] + 90)
    took = [each for person in people for each in person.took]
    errors = [each for person in people for each in person.errors]
    print(json.dumps({"took": took, "errors": errors, "cpu": time.process_time()}, ensure_ascii=False))


if __name__ == "__main__":
    main()
