"""A real server on this machine that speaks the chat-completions protocol, and fails in every way it is told to."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from roleplay.cli import cli
from roleplay.judging.endpoint import Endpoint

KEY = "sk-test-9f3b7c21d8e64a05"
REPLY = "I set that sheet again without asking you. What was that like?"
GOOD: dict[str, Any] = {
    "codes": [
        {"code": "own_contribution", "quote": "I set that sheet again without asking you", "shared": False},
        {"code": "invite_feelings_about_therapy", "quote": "What was that like?", "shared": False},
    ],
    "recognition": 4,
    "recognition_kind": "explicit",
    "contact": 3,
    "quality": 3,
    "empathy": 2,
    "ownership": 4,
    "stance": 3,
    "economy": 4,
    "described": False,
    "abstained": False,
    "because": "Owns the act.",
}
EMPTY = {**GOOD, "codes": [], "quality": None, "recognition": 0, "recognition_kind": "none", "contact": 1}
"""An answer that fits every reply."""

Act = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Notes what was asked, and answers with the next act."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(Asked(self.path, dict(self.headers), raw))
        act = self.server.acts.popleft() if self.server.acts else self.server.otherwise
        with suppress(OSError):
            act(self)

    def log_message(self, *words: object) -> None:
        """Says nothing."""

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Asked:
    """One request."""

    def __init__(self, path: str, headers: dict[str, str], raw: bytes) -> None:
        self.path, self.headers, self.raw = path, headers, raw
        self.body: dict[str, Any] = json.loads(raw)

    @property
    def data(self) -> dict[str, Any]:
        """What stands in the fence: the JSON object at the beginning of the user's message."""
        found: dict[str, Any] = json.JSONDecoder().raw_decode(self.body["messages"][1]["content"])[0]
        return found


class Server(ThreadingHTTPServer):
    """Acts in turn; when there are none left, one that is good."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.acts: deque[Act] = deque()
        self.otherwise: Act = says(EMPTY)
        self.released = Event()

    def handle_error(self, *about: object) -> None:
        """A client that hangs up is part of the tests."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def then(self, *acts: Act) -> "Server":
        self.acts.extend(acts)
        return self

    def endpoint(self, **more: Any) -> Endpoint:
        return Endpoint(**{"url": self.url, "model": "small-model", "key": SecretStr(KEY), "timeout": 5.0} | more)


def says(answer: object, **choice: object) -> Act:
    """A good answer of the protocol, in which the model wrote this."""
    content = answer if isinstance(answer, str) else json.dumps(answer)
    value = {
        "choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop", **choice}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 50},
    }
    return lambda handler: handler.answer(json.dumps(value).encode())


def body(raw: bytes, status: int = 200, **headers: str) -> Act:
    """These bytes, with this status."""
    return lambda handler: handler.answer(raw, status, **headers)


def refuses(status: int, message: str = "", **headers: str) -> Act:
    """An error in the form that servers use."""
    return body(json.dumps({"error": {"message": message}}).encode(), status, **headers)


def hangs(handler: Handler) -> None:
    """Nothing, until the test is over."""
    handler.server.released.wait(20)


def drips(handler: Handler) -> None:
    """The beginning of an answer, and then a byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.released.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def hangs_up(handler: Handler) -> None:
    """Half an answer, and the connection is closed."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


@pytest.fixture(autouse=True)
def _nothing_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "MODEL", "KEY", "TIMEOUT", "PRICE_IN", "PRICE_OUT", "PLAIN_HTTP"):
        monkeypatch.delenv(f"ROLEPLAY_JUDGE_{name}", raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield made
        made.released.set()
        made.shutdown()
        thread.join()


@pytest.fixture
def acts() -> dict[str, Any]:
    """What a server can be told to do, by name."""
    return {
        "says": says, "body": body, "refuses": refuses, "hangs": hangs, "drips": drips, "hangs_up": hangs_up,
    }  # fmt: skip


@pytest.fixture
def good() -> dict[str, Any]:
    """An answer about `reply` in the right form."""
    return json.loads(json.dumps(GOOD))


@pytest.fixture
def reply() -> str:
    return REPLY


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def set_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, as the environment names it."""
    monkeypatch.setenv("ROLEPLAY_JUDGE_URL", server.url)
    monkeypatch.setenv("ROLEPLAY_JUDGE_MODEL", "small-model")
    monkeypatch.setenv("ROLEPLAY_JUDGE_KEY", KEY)
    monkeypatch.setenv("ROLEPLAY_JUDGE_TIMEOUT", "5")
    return server


@pytest.fixture
def run() -> Callable[..., Result]:
    """One command in this process; whatever it prints, the key is not in it."""

    def invoked(*words: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(word) for word in words], input=stdin, prog_name="roleplay")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert KEY not in result.output
        assert KEY[-8:] not in result.output
        return result

    return invoked
