"""Where a request may lead and what it may claim: other sites, other hosts, other folders, other headers."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from accounts.services import files
from common import addresses as client_addresses
from common import xlsx
from tests.cast import PASSWORD
from tests.papers import DRAWN

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "///evil.example", "\\\\evil.example", "/\\evil.example",
    "http:evil.example", "https:/evil.example", "javascript:alert(1)", "data:text/html,x", " //evil.example",
    "\t//evil.example", "//evil.example%2f..", "https://testserver@evil.example/",
    "https://testserver.evil.example/", "/\r\nLocation: https://evil.example/", "//\u2025evil.example",
)  # fmt: skip
NAMES = (
    "../../../../etc/passwd", "..\\..\\windows\\system32\\x", "/etc/cron.d/x", "a/../../b", "C:\\x",
    "....//x",
    "a\r\nSet-Cookie: x=1", 'a"; filename="b.html', "a\0b", "a;b=c", "\u202etxt.exe", "con", "%2e%2e%2fx",
    "a" * 300, "字" * 200, "'; rm -rf x", "<script>alert(1)</script>",
)  # fmt: skip


def leads_away(location: str) -> bool:
    """Whether a browser would leave our site by this."""
    tidied = location.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "").strip()
    return not tidied.startswith("/") or tidied.startswith("//")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_to_our_own_pages_only(cast, target):
    for at in ("form", "address"):
        data = {"username": "handler", "password": PASSWORD} | ({"next": target} if at == "form" else {})
        query = {"next": target} if at == "address" else {}
        url = f"{reverse('accounts:sign_in')}?{RequestFactory().get('/', query).META['QUERY_STRING']}"
        answer = Client().post(url, data)
        assert answer.status_code == 302 and not leads_away(answer["Location"]), answer["Location"]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_piece_of_a_page_is_sent_elsewhere(cast, client, target):
    """htmx says on which page a piece was wanted: the way to sign in leads back there and nowhere else."""
    answer = client.get("/clues/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL=target.replace("\r\n", ""))
    assert answer.status_code == 204 and not leads_away(answer["HX-Redirect"])
    assert "evil.example" not in answer["HX-Redirect"].split("next=")[0]


def test_the_check_itself_knows_what_leads_away():
    assert [each for each in ELSEWHERE if not leads_away(each)] == [ELSEWHERE[-2]]
    assert not leads_away("/clues/?page=2")


@override_settings(ALLOWED_HOSTS=["bureau.example", "localhost"])
@pytest.mark.parametrize(
    "host", ["evil.example", "bureau.example.evil.example", "bureau.example@evil.example", "a b"]
)
def test_a_host_that_is_not_ours_is_refused_and_stands_nowhere(cast, sign_in, host):
    for url in ("/", reverse("accounts:sign_in"), reverse("clues:list"), "/nowhere/"):
        answer = sign_in(cast.handler).get(url, HTTP_HOST=host)
        assert answer.status_code == 400 and b"evil.example" not in answer.content, url
    forwarded = sign_in(cast.handler).get("/", HTTP_HOST="bureau.example", HTTP_X_FORWARDED_HOST=host)
    assert forwarded.status_code == 200 and b"evil.example" not in forwarded.content


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_is_a_name_and_nothing_else(cast, sign_in, tmp_path, name):
    """Kept under its digest, handed out as an attachment: the name is a word in one header."""
    upload = SimpleUploadedFile("x.png", DRAWN)
    upload.__dict__["_name"] = f"{name}.png"  # as a client of its own would send it
    stored = files.store(by=cast.handler, upload=upload, agency=cast.county)
    place = files.path_of(stored.sha256).resolve()
    assert place.is_relative_to(settings.FILES_DIR.resolve()) and place.name == stored.sha256
    assert not set("/\\") & set(stored.name) and stored.name.isprintable() and len(stored.name) <= 200


@pytest.mark.parametrize("name", NAMES)
def test_a_downloads_name_breaks_out_of_no_header(name):
    response = xlsx.as_download(f"{name}.xlsx", lambda target: target.write(b"PK"), what="清单")
    given = response["Content-Disposition"]
    assert given.startswith("attachment") and not set("\r\n\0") & set(given)
    assert given.count('filename="') <= 1 and "Set-Cookie" not in response.headers
    assert set(response.headers) == {"Content-Type", "Content-Disposition", "Content-Length", "Cache-Control"}


@pytest.mark.parametrize(
    "path",
    [
        "../settings/base.py",
        "..%2f..%2fmanage.py",
        "%2e%2e/manage.py",
        "css/../../manage.py",
        "//etc/passwd",
        "css/",
        "",
        "js/app.js%00.css",
        ".git/config",
    ],
)
def test_no_folder_is_reached_through_the_static_files(client, path):
    answer = client.get(f"/static/{path}")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 404 and b"DJANGO_SETTINGS" not in body and b"root:" not in body


def test_who_sprays_cannot_choose_the_address_one_is_counted_under(settings):
    """What a request says of where it came from counts only as far as proxies of ours said it."""
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="1.2.3.4, 5.6.7.8", REMOTE_ADDR="10.9.9.9")
    settings.PROXY_COUNT = 0
    assert client_addresses.client_address(request) == "10.9.9.9"
    settings.PROXY_COUNT = 1
    assert client_addresses.client_address(request) == "5.6.7.8"


@pytest.mark.parametrize("passwords", [("one-password",), tuple(f"try-{n}-x" for n in range(8))])
def test_spraying_from_one_address_is_stopped_after_the_limit_whatever_it_claims(cast, settings, passwords):
    """1 password for 100 names, 8 for some: forged headers, fresh sessions, no session."""
    answers = []
    for n in range(100):
        client = Client(REMOTE_ADDR="10.9.9.9", HTTP_X_FORWARDED_FOR=f"7.7.7.{n}", HTTP_USER_AGENT=f"x{n}")
        data = {"username": f"name-{n}", "password": passwords[n % len(passwords)]}
        answers.append(client.post(reverse("accounts:sign_in"), data).status_code)
    asked = answers.count(200)
    print(f"{asked} of 100 sprayed passwords were looked at, then 429")
    assert asked <= settings.SIGN_IN_ADDRESS_LIMIT and set(answers[asked:]) == {429}
    known = Client(REMOTE_ADDR="10.9.9.9").post(
        reverse("accounts:sign_in"), {"username": "handler", "password": PASSWORD}
    )
    elsewhere = Client(REMOTE_ADDR="10.1.1.1").post(
        reverse("accounts:sign_in"), {"username": "handler", "password": PASSWORD}
    )
    assert (known.status_code, elsewhere.status_code) == (429, 302)
