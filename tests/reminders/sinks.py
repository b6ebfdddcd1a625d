"""A real mail server and a real HTTP gateway in a thread each, that do as a test tells them."""

import json
import socketserver
import threading
from contextlib import suppress
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class MailSink:
    """Keeps mails as text; `answers` are given to the next RCPTs instead of 250.

    With `hang_up_after_data` the mail is kept and the line cut before the answer. At the word `mute_at`
    ("" for the greeting) it says nothing any more; a word in `instead` has that answer.
    """

    def __init__(self):
        self.mails, self.answers, self.hang_up_after_data = [], [], False
        self.connections, self.mute_at, self.instead = 0, None, {}
        self.gone = threading.Event()
        sink = self

        class Handler(socketserver.StreamRequestHandler):
            def say(self, line):
                self.wfile.write(f"{line}\r\n".encode())

            def handle(self):
                sink.connections += 1
                if sink.mute_at == "":
                    return sink.gone.wait(30)
                self.say("220 sink")
                for raw in self.rfile:
                    line = raw.decode().strip()
                    word = line.split(" ")[0].split(":")[0].upper()
                    if word == sink.mute_at:
                        return sink.gone.wait(30)
                    if word in sink.instead:
                        self.say(sink.instead[word])
                    elif word == "QUIT":
                        return self.say("221 bye")
                    elif word == "DATA":
                        if not self.data():
                            return None
                    elif word == "RCPT" and sink.answers:
                        self.say(sink.answers.pop(0))
                    else:
                        self.say("250 ok")
                return None

            def data(self):
                self.say("354 go on")
                lines = []
                for raw in self.rfile:
                    if raw == b".\r\n":
                        break
                    lines.append(raw.decode())
                sink.mails.append("".join(lines))
                if sink.hang_up_after_data:
                    return False
                self.say("250 kept")
                return True

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads, request_queue_size = True, True, 64

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    @property
    def address(self):
        return f"smtp://127.0.0.1:{self.port}"

    def parsed(self):
        """Each mail as a message, in order."""
        return [message_from_bytes(mail.encode()) for mail in self.mails]

    def texts(self):
        """What each mail says, in order."""
        return [mail.get_payload(decode=True).decode() for mail in self.parsed()]

    def ids(self):
        """The Message-ID of each mail, in order."""
        return [
            line.split(":", 1)[1].strip()
            for mail in self.mails
            for line in mail.splitlines()
            if line.lower().startswith("message-id:")
        ]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.gone.set()
        self.server.shutdown()
        self.server.server_close()


class HttpSink:
    """Keeps requests as (path, headers, body); `answers` (status, body, headers) come first.

    A body of bytes goes out as it is; while `mute` is set nothing does, and while `dripping` is a header
    each tenth of a second, for ever.
    """

    def __init__(self):
        self.requests, self.answers = [], []
        self.mute = self.dripping = False
        self.gone = threading.Event()
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                sink.requests.append((self.path, dict(self.headers), body))
                if sink.mute:
                    return sink.gone.wait(30)
                if sink.dripping:
                    return self.drip()
                status, answer, headers = 200, {"errcode": 0, "code": 0}, {}
                if sink.answers:
                    status, answer, headers = sink.answers.pop(0)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())
                return None

            def drip(self):
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                with suppress(OSError):
                    while not sink.gone.wait(0.1):
                        self.wfile.write(b"X-Y: z\r\n")

            do_GET = do_POST

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads, request_queue_size = True, 64

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/send"

    def keys(self):
        return [headers["Idempotency-Key"] for _, headers, _ in self.requests]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.gone.set()
        self.server.shutdown()
        self.server.server_close()
