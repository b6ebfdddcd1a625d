"""What a browser, and who looks at every byte, finds in an answer."""

import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

CONTROLS = ("input", "select", "option", "textarea", "button")
SENT_AS_IT_STANDS = {"text", "hidden", "number", "date", "time", "email", "search", "tel", "datetime-local"}


@dataclass
class Field:
    """One named control of a form: its kind, the values it offers, what it would send untouched."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form as it stands on a page; `others` are methods and addresses to which a button sends it."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)

    def filled(self) -> dict[str, list[str]]:
        """What a browser would send if nobody touched anything."""
        return {name: each.chosen for name, each in self.fields.items() if each.chosen}


class Page(HTMLParser):
    """A page taken apart: its forms, the tags it has, and (tag, attribute, value) of every attribute.

    A control that names its form by `form=` stands in that form, wherever it is on the page; a button with
    a `formaction` makes another form of the same controls.
    """

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.forms, self.tags, self.attributes = [], set(), []
        self._form = self._open = None
        self._by_id, self._elsewhere = {}, []
        self.feed(text)
        self.close()
        self._put_together()

    def queries(self) -> dict[tuple[str, str], set[str]]:
        """What addresses on the page ask for behind their "?": values by path ("" is the page's own) and
        name; what its forms would ask for, too."""
        found = defaultdict(set)
        for _, _, address in self.attributes:
            if address[:1] in ("/", "?") and "?" in address:
                parts = urlsplit(address)
                for name, value in parse_qsl(parts.query):
                    found[parts.path, name].add(value)
        for form in self.forms:
            for each in form.fields.values() if form.method == "GET" else ():
                found[form.action.partition("?")[0], each.name].update(filter(None, each.values))
        return dict(found)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in given.items()]
        if tag == "form":
            self._form = Form(given.get("method", "get").upper(), given.get("action", ""))
            self.forms.append(self._form)
            self._by_id[given.get("id")] = self._form
        elif tag == "option":
            if self._open is not None:
                self._offer(self._open, given.get("value", ""), "selected" in given)
        elif tag in CONTROLS:
            self._control(tag, given)

    def _control(self, tag, given):
        form = self._form
        if given.get("form"):
            form = Form("", "")
            self._elsewhere.append((given["form"], form))
        if form is None:
            return
        if "formaction" in given:
            form.others.append((given.get("formmethod", "").upper(), given["formaction"]))
        if not given.get("name"):
            return
        kind = given.get("type", "text") if tag == "input" else tag
        control = form.fields.setdefault(given["name"], Field(given["name"], kind))
        if tag in ("select", "textarea"):
            self._open = control
        else:
            fallback = "on" if kind == "checkbox" else ""
            self._offer(
                control, given.get("value", fallback), kind in SENT_AS_IT_STANDS or "checked" in given
            )

    def _put_together(self):
        """Controls from elsewhere into their forms; then a form for each other address of a form."""
        for form_id, part in self._elsewhere:
            form = self._by_id[form_id]
            form.others += part.others
            for name, each in part.fields.items():
                control = form.fields.setdefault(name, Field(name, each.kind))
                control.values += each.values
                control.chosen += each.chosen
        for form in [*self.forms]:
            for method, action in dict.fromkeys(form.others):
                self.forms.append(Form(method or form.method, action, form.fields))

    @staticmethod
    def _offer(control, value, chosen):
        control.values.append(value)
        if chosen:
            control.chosen.append(value)

    def handle_data(self, data):
        if self._open is not None and self._open.kind == "textarea":
            self._open.chosen.append(data.removeprefix("\n"))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = self._open = None
        elif tag in ("select", "textarea"):
            self._open = None


def body_of(response) -> bytes:
    """Every byte of an answer; read once, kept for whoever asks again."""
    if response.streaming:
        response.kept = getattr(response, "kept", None) or b"".join(response.streaming_content)
        return response.kept
    return response.content


def laid_open(body: bytes) -> bytes:
    """The bytes, and if they are a package (xlsx, zip) those of everything in it."""
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return b"\n".join([body, *(package.read(name) for name in package.namelist())])


def page_of(response) -> Page | None:
    """An answer taken apart; None for what is no page."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return None
    return Page(body_of(response).decode("utf-8", "replace"))
