"""Asking a service, over real sockets: what is followed, what is refused, and what a person is told."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime

import pytest

from newsroom import __version__
from newsroom.comments import fetch as module
from newsroom.comments.fetch import Fetch, Missing
from newsroom.errors import Location, NewsroomError

TOKEN = "s3cret-of-ours"


@pytest.fixture
def fetch() -> Fetch:
    """Impatient: a failing server is asked again at once."""
    return Fetch({}, Location("site.toml", 7), pause=0.0)


def told(excinfo) -> str:
    """The one problem of a NewsroomError, with its hint."""
    (problem,) = excinfo.value.problems
    assert problem.location.path == "site.toml" and problem.severity == "error" and problem.hint
    return f"{problem.message} | {problem.hint}"


def test_json_is_asked_for_by_name_and_given_as_a_value(service, fetch):
    """The service sees which program asks."""
    service.answers["/a"] = {"é": [1, None]}

    assert {"é": [1, None]} == fetch.get(service.address + "/a?x=1")
    (asked,) = service.asked
    assert ("GET", "/a", {"x": "1"}) == asked[:3]
    assert f"newsroom/{__version__}" == asked.headers["user-agent"]
    assert "application/json" == asked.headers["accept"]


def test_json_is_posted(service, fetch):
    """As JSON, and said to be."""
    service.answers["/a"] = lambda asked: {"got": asked.body}

    assert {"got": ["é"]} == fetch.post(service.address + "/a", ["é"])
    assert ("POST", "application/json") == (service.asked[0].method, service.asked[0].headers["content-type"])


@pytest.mark.parametrize(
    "address",
    [
        "http://comments.example.com/a",
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "data:,1",
        "https://ada:word@comments.example.com/",
        "http://127.0.0.1.example.com/",
        "http://[::1",
        "//127.0.0.1/",
        "https:///a",
    ],
)
def test_only_https_is_asked_and_http_on_this_machine(fetch, address):
    """Nothing is opened otherwise."""
    with pytest.raises(NewsroomError, match="cannot be asked"):
        fetch.get(address)


def test_a_redirect_on_the_same_host_is_followed(service, raw, fetch):
    """With what was sent along."""
    service.answers |= {
        "/a": raw(302, headers=(("Location", "/b"),)),
        "/b": 7,
    }

    assert 7 == fetch.get(service.address + "/a", {"Authorization": f"Bearer {TOKEN}"})
    assert f"Bearer {TOKEN}" == service.asked[1].headers["authorization"]


def test_a_redirect_to_another_host_is_not_followed(service, raw, fetch):
    """The message says where it leads. `localhost` is another host than 127.0.0.1."""
    other = service.address.replace("127.0.0.1", "localhost")
    service.answers |= {"/a": raw(302, headers=(("Location", f"{other}/b"),)), "/b": 1}

    with pytest.raises(NewsroomError) as caught:
        fetch.get(service.address + "/a", {"Authorization": f"Bearer {TOKEN}"})

    assert f"answered 302, which leads to {other}/b" in told(caught)
    assert ["/a"] == [asked.path for asked in service.asked]


@pytest.mark.parametrize("to", ["https://127.0.0.1:{port}/b", "file:///etc/passwd", "//127.0.0.1:1/b"])
def test_a_redirect_to_another_scheme_or_port_is_not_followed(service, raw, fetch, to):
    """Neither up nor down."""
    service.answers["/a"] = raw(301, headers=(("Location", to.format(port=service.server.server_port)),))

    with pytest.raises(NewsroomError, match="answered 301"):
        fetch.get(service.address + "/a")
    assert 1 == len(service.asked)


def test_a_circle_of_redirects_ends(service, raw, fetch):
    """After a few."""
    service.answers["/a"] = raw(302, headers=(("Location", "/a"),))

    with pytest.raises(NewsroomError, match="answered 302"):
        fetch.get(service.address + "/a")
    assert len(service.asked) < 10


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_what_is_posted_is_not_posted_elsewhere(service, raw, fetch, status):
    """A redirect of a POST is told, not followed: it would lose what was posted."""
    service.answers |= {"/a": raw(status, headers=(("Location", "/b"),)), "/b": 1}

    with pytest.raises(NewsroomError, match=f"answered {status}"):
        fetch.post(service.address + "/a", [])
    assert 1 == len(service.asked)


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_what_is_missing_concerns_one_address(service, raw, fetch, status):
    """It can be caught, and says what the service said."""
    service.answers["/a"] = raw(status, '{"message": "no such\\n thread"}')

    with pytest.raises(Missing) as caught:
        fetch.get(service.address + "/a")
    assert f'{service.address}/a answered {status} ("no such thread")' == caught.value.says


def test_who_asks_can_say_what_concerns_one_address(service, raw, fetch):
    """A forum answers 403 for one topic."""
    service.answers["/a"] = raw(403)

    with pytest.raises(Missing):
        fetch.get(service.address + "/a", alone=(403,))


@pytest.mark.parametrize("status", [401, 403])
def test_a_closed_door_stops_everything(service, raw, fetch, status):
    """The next step is a token."""
    service.answers["/a"] = raw(status, "<h1>No</h1>")

    with pytest.raises(NewsroomError) as caught:
        fetch.get(service.address + "/a")
    assert f"answered {status}" in told(caught) and "token" in told(caught)


def test_a_token_that_comes_back_is_not_told(service, raw, fetch):
    """A service may repeat what it was sent."""
    service.answers["/a"] = lambda asked: raw(401, f'{{"message": "bad {asked.headers["authorization"]}"}}')

    with pytest.raises(NewsroomError) as caught:
        fetch.get(service.address + "/a", {"Authorization": f"Bearer {TOKEN}"})
    assert 'answered 401 ("bad Bearer …")' in told(caught)
    assert TOKEN not in told(caught) + repr(caught.value) + repr(fetch)


def _everywhere(token):
    """Forms in which a service may repeat it."""
    return [token, token.replace("+", "%2B").replace("/", "%2f"), "".join(f"%{ord(c):02X}" for c in token),
            "".join(f"%25{ord(c):02x}" for c in token)]  # fmt: skip


@pytest.mark.parametrize("repeated", _everywhere("TOKEN+ab/cdef123456"))
@pytest.mark.parametrize("before", ["", "x" * 20, "x" * 135, "x" * 150])
@pytest.mark.parametrize("kind", ["refusal", "missing", "reason", "redirect", "address"])
def test_a_token_is_not_told_in_part(service, raw, kind, before, repeated):
    """A text that is cut would end in the first half of it; an address may have it percent-encoded."""
    token = "TOKEN+ab/cdef123456"
    fetch = Fetch({"T": token}, Location("site.toml", 7), pause=0.0)
    headers = {"Authorization": f"Bearer {fetch.token('T')}"}
    said = f"{before}Bearer {repeated}"
    path = f"/a?{before}{repeated}" if kind == "address" else "/a"
    service.answers["/a"] = {
        "refusal": raw(401, f'{{"message": "{said}"}}'),
        "missing": raw(422, f'{{"message": "{said}"}}'),
        "reason": raw(418),
        "redirect": raw(302, headers=(("Location", f"https://x.example/{before}?{repeated}"),)),
        "address": raw(404),
    }[kind]
    if kind == "reason":
        with socket.create_server(("127.0.0.1", 0)) as server:
            speaking = threading.Thread(target=_speak, args=(server, f"HTTP/1.1 418 {said}\r\n\r\n".encode()))
            speaking.start()
            with pytest.raises(NewsroomError) as caught:
                fetch.get(f"http://127.0.0.1:{server.getsockname()[1]}/a", headers)
            speaking.join()
    else:
        with pytest.raises((NewsroomError, Missing)) as caught:
            fetch.get(service.address + path, headers)
    message = getattr(caught.value, "says", "") or told(caught)

    assert "TOK" not in message and repeated[:6] not in message, message


def _speak(server, answer):
    with server.accept()[0] as line:
        line.recv(4096)
        line.sendall(answer)


def test_an_answer_does_not_bring_a_token_back(service, raw):
    """Nor where JSON spells it: from there it could come into a message, or into the archive."""
    fetch = Fetch({"T": TOKEN})
    headers = {"Authorization": f"Bearer {fetch.token('T')}"}
    service.answers |= {"/a": raw(200, f'["a {TOKEN}", {{"\\u0073{TOKEN[1:]}": 1}}]'), "/b": raw(200, f"<p>{TOKEN}")}

    assert ["a …", {"…": 1}] == fetch.get(service.address + "/a", headers)
    assert "<p>…" == fetch.text(service.address + "/b", headers)


@pytest.mark.parametrize("token", ["12345678", "nine-of-ten"])
def test_a_token_that_looks_like_json_spoils_no_answer(service, raw, token):
    """A number is none, and the end of a line does not begin one."""
    fetch = Fetch({"T": token})
    fetch.token("T")
    service.answers["/a"] = {"id": 123456789, "text": f"\\n {token}\nine-of-ten"}

    assert {"id": 123456789, "text": "\\n …\nine-of-ten"} == fetch.get(service.address + "/a")


def test_a_warning_does_not_tell_a_token(fetch):
    """Whatever it was made of."""
    fetch.secrets.add(TOKEN)
    fetch.warn("x", f"one {TOKEN}", "a.md", f"two {TOKEN}")

    assert TOKEN not in repr(fetch.problems) + told_of(fetch.failed(f"one {TOKEN}", f"two {TOKEN}"))


def told_of(error):
    """Everything in it."""
    return repr(error) + repr(error.problems)


def test_a_server_that_fails_is_asked_once_more(service, raw, fetch):
    """The second answer counts."""
    service.answers["/a"] = lambda asked: raw(502) if len(service.asked) == 1 else 7

    assert 7 == fetch.get(service.address + "/a")


def test_a_server_that_fails_twice_stops_everything(service, raw, fetch):
    """And is not asked a third time."""
    service.answers["/a"] = raw(503, '{"error": "database is locked"}')

    with pytest.raises(NewsroomError) as caught:
        fetch.get(service.address + "/a")
    assert 'answered 503 ("database is locked") | pull again later' in told(caught)
    assert 2 == len(service.asked)


@pytest.mark.parametrize(
    ("status", "headers", "when"),
    [
        (429, (("X-RateLimit-Reset", "1795316400"),), "2026-11-22 03:00 UTC"),
        (403, (("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1795316400")), "2026-11-22 03:00 UTC"),
        (429, (("ratelimit-reset", "1795316400"),), "2026-11-22 03:00 UTC"),
        (429, (("X-RateLimit-Reset", "2026-11-22T03:00:00.123456Z"),), "2026-11-22 03:00 UTC"),
        (429, (("Retry-After", "Sun, 22 Nov 2026 03:00:00 GMT"),), "2026-11-22 03:00 UTC"),
        (429, (("Retry-After", "Tue, 24 Nov 2026 03:00:00 GMT"),), "2026-11-24 03:00 UTC"),
        (429, (("Retry-After", "99999999999999999999"),), "in an hour"),
        (429, (("Retry-After", "soon"),), "in an hour"),
        (429, (), "in an hour"),
    ],
)
def test_a_service_that_is_asked_too_often_says_when_to_come_back(service, raw, fetch, status, headers, when):
    """However it says so: embeds.md A.13, A.14; GitHub's x-ratelimit headers."""
    service.answers["/a"] = raw(status, "", headers)

    with pytest.raises(NewsroomError) as caught:
        fetch.get(service.address + "/a")
    assert "asked too often" in told(caught) and when in told(caught)


def test_seconds_to_wait_become_a_moment(service, raw, fetch):
    """Retry-After: 120 is two minutes from now."""
    service.answers["/a"] = raw(429, "", (("Retry-After", "120"),))

    with pytest.raises(NewsroomError) as caught:
        fetch.get(service.address + "/a")
    words = told(caught).partition("pull again after ")[2][:16]
    then = datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    assert 30 < (then - datetime.now(UTC)).total_seconds() < 150


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<!DOCTYPE html><title>Log in</title>", "a web page"),
        ("  \n<html>", "a web page"),
        ("", "nothing instead of JSON"),
        ('{"cut', "something that is not JSON"),
        (b"\xff\xfe\xfd", "something that is not JSON"),
        ("[" * 200_000, "nests too deep"),
    ],
)
def test_what_is_not_json_is_said_to_be_what_it_is(service, raw, fetch, body, what):
    """A login page is the usual case."""
    service.answers["/a"] = raw(200, body)

    with pytest.raises(NewsroomError, match=what):
        fetch.get(service.address + "/a")


def test_an_answer_that_is_too_large_is_not_read_to_its_end(service, raw, fetch):
    """One byte more than is allowed."""
    service.answers["/a"] = raw(200, b" " * module.BYTES + b"1")

    with pytest.raises(NewsroomError, match="more than 20 MB"):
        fetch.get(service.address + "/a")


def test_an_answer_that_breaks_off_is_not_taken_for_whole(service, raw, fetch):
    """`[]` could be all that arrived."""
    service.answers["/a"] = raw(200, "[]", (("Content-Length", "100"), ("Connection", "close")))

    with pytest.raises(NewsroomError, match="broke off"):
        fetch.get(service.address + "/a")


def test_nobody_there_is_told_with_the_address(fetch):
    """The port was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(NewsroomError) as caught:
        fetch.get(f"http://127.0.0.1:{port}/a")
    assert f"http://127.0.0.1:{port}/a gave no answer: nothing listens there | check the address" in told(caught)


def test_a_name_that_does_not_exist_is_told(fetch):
    """`.invalid` never resolves: RFC 6761."""
    with pytest.raises(NewsroomError) as caught:
        fetch.get("https://comments.invalid/a")
    assert "https://comments.invalid/a gave no answer: " in told(caught)


def test_a_service_that_is_silent_is_not_waited_for_for_ever(fetch, monkeypatch):
    """It accepts, and says nothing."""
    monkeypatch.setattr(module, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(NewsroomError) as caught:
        fetch.get(f"http://127.0.0.1:{server.getsockname()[1]}/a")

    assert "gave no answer: it was silent" in told(caught)


def test_a_byte_now_and_then_does_not_hold_us(fetch, monkeypatch):
    """An answer has a time in all."""
    monkeypatch.setattr(module, "IN_ALL", 0.3)
    done = threading.Event()

    def drip(server):
        with server.accept()[0] as line:
            line.recv(4096)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while not done.wait(0.05):
                try:
                    line.sendall(b" ")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,))
        thread.start()
        with pytest.raises(NewsroomError, match="seconds to answer"):
            fetch.get(f"http://127.0.0.1:{server.getsockname()[1]}/a")
        done.set()
        thread.join()


@pytest.mark.parametrize(("chunks", "whole"), [(b"2\r\n[1\r\n1\r\n]\r\n0\r\n\r\n", True), (b"2\r\n[]\r\n", False)])
def test_an_answer_in_chunks_is_read_to_its_last(fetch, chunks, whole):
    """Without the last it is not whole."""

    def speak(server):
        with server.accept()[0] as line:
            line.recv(4096)
            line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=speak, args=(server,))
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        if whole:
            assert [1] == fetch.get(address)
        else:
            with pytest.raises(NewsroomError, match="gave no answer"):
                fetch.get(address)
        thread.join()


def test_a_token_is_taken_from_the_first_variable_that_is_set():
    """Blank ones are not set."""
    fetch = Fetch({"ONE": " ", "TWO": f" {TOKEN}\n", "THREE": "x"})

    assert TOKEN == fetch.token("ONE", "TWO", "THREE")
    assert "" == fetch.token("FOUR")


def test_a_token_that_could_end_its_header_is_refused_without_being_told():
    """A line break would begin another header."""
    with pytest.raises(NewsroomError) as caught:
        Fetch({"ONE": f"{TOKEN}\r\nX: y"}).token("ONE")

    assert "ONE holds what no token can hold" in told(caught)
    assert TOKEN not in told(caught)


def test_a_proxy_is_not_asked_for_what_runs_on_this_machine(service, fetch, monkeypatch):
    """Whatever the environment says."""
    module.opener.cache_clear()
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    service.answers["/a"] = 1

    assert 1 == fetch.get(service.address + "/a")


def test_text_is_given_where_a_service_has_no_json(service, raw, fetch):
    """Whatever its bytes."""
    service.answers["/a"] = raw(200, "<p>é".encode() + b"\xff")

    assert "<p>é\ufffd" == fetch.text(service.address + "/a")
