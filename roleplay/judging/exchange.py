"""One question over HTTP. The only module that touches the network, and only once somebody asked for it.

The words go straight to the address that was shown: redirects are not followed, and proxies, netrc files and
certificates named in the environment are not used.
"""

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from roleplay.errors import UsageError
from roleplay.judging.endpoint import Endpoint

if TYPE_CHECKING:
    import httpx2

MOST_BYTES = 1_000_000
"""Of an answer; what is longer is not read on."""
NEEDS = (
    "The second opinion needs a package that is not installed. Install it with: pip install 'alliance-roleplay[llm]'"
)


class Answered(NamedTuple):
    """What a server answered."""

    status: int
    body: bytes
    retry_after: str = ""
    whole: bool = True
    """False where it was longer than is read."""


class NotAnswered(Exception):
    """No whole answer came; the text says why, in our words."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again
        """Whether asking once more might help."""


Send = Callable[[Endpoint, dict[str, Any]], Answered]
"""Something that asks an endpoint: `send`, or what a test puts in its place."""


def require() -> None:
    """Make sure that a question can be asked.

    Raises:
        UsageError: The package for it is missing; names the cure.
    """
    try:
        import httpx2  # noqa: F401
    except ImportError:
        raise UsageError(NEEDS) from None


def send(endpoint: Endpoint, asked: dict[str, Any]) -> Answered:
    """Asks once, and gives what came back.

    Raises:
        NotAnswered: Nothing came, too late, or only a part of it.
        UsageError: The package for it is missing.
    """
    require()
    import httpx2

    try:
        return asyncio.run(_within(endpoint, asked))
    except TimeoutError:
        raise NotAnswered(f"the server did not answer within {endpoint.timeout:g} seconds", again=True) from None
    except httpx2.ConnectError as error:
        raise NotAnswered(_unreached(error), again=False) from None
    except (httpx2.InvalidURL, UnicodeError):
        raise NotAnswered("the address cannot be understood, so nothing was sent: mend it", again=False) from None
    except (httpx2.HTTPError, httpx2.StreamError, OSError):
        raise NotAnswered("the connection broke before the answer was there", again=True) from None


def _unreached(error: Exception) -> str:
    if "certificate" in str(error).lower():
        return "the server's certificate could not be verified, so nothing was sent"
    return "the server cannot be reached: check that it runs, and its address"


async def _within(endpoint: Endpoint, asked: dict[str, Any]) -> Answered:
    """One deadline for all of it, so that a server which drips a byte now and then gains no time by it."""
    import httpx2

    content = json.dumps(asked, ensure_ascii=False).encode("utf-8")
    async with (
        asyncio.timeout(endpoint.timeout),
        httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=None) as client,
        client.stream("POST", endpoint.address, content=content, headers=_headers(endpoint)) as response,
    ):
        body, whole = await _body(response)
        return Answered(response.status_code, body, response.headers.get("retry-after", ""), whole)


def _headers(endpoint: Endpoint) -> dict[str, str]:
    key = endpoint.key.get_secret_value()
    asked = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    return asked | {"User-Agent": "alliance-roleplay"} | ({"Authorization": f"Bearer {key}"} if key else {})


async def _body(response: "httpx2.Response") -> tuple[bytes, bool]:
    """The bytes as they came, never unpacked, up to a bound; and whether that is all of them."""
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MOST_BYTES:
            return bytes(body[:MOST_BYTES]), False
    return bytes(body), True
