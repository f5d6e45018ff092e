"""Where a second opinion is asked for. Off until somebody names an address and a model; the key is never shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from math import isfinite
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from roleplay.errors import UsageError

NAMES = ("url", "model", "key", "timeout", "price_in", "price_out", "plain_http")
"""Keys of the settings; in the environment ROLEPLAY_JUDGE_ and the name in capitals."""
PREFIX = "ROLEPLAY_JUDGE_"
PATH = "/chat/completions"
TIMEOUT = 60.0
LONGEST_TIMEOUT = 600.0
UNENCRYPTED = "send unencrypted"
"""What has to be said, in these words, before anything goes to another machine without encryption."""
LONGEST_MODEL = 100
LONGEST_URL = 500


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks the chat-completions protocol, and the model to ask for."""

    url: str
    """The base address, without a slash at its end."""
    model: str
    key: SecretStr = field(default_factory=lambda: SecretStr(""))
    """Empty where the server asks for none, as local ones do."""
    timeout: float = TIMEOUT
    """Seconds for one try, from connecting to the last byte."""
    price_in: float | None = None
    """For a million tokens sent; in whatever currency, and None where no price was set."""
    price_out: float | None = None

    @property
    def address(self) -> str:
        """What is asked, as it may be shown."""
        return f"{self.url}{PATH}"

    @property
    def host(self) -> str:
        """Name and port, as they may be shown."""
        return urlsplit(self.url).netloc

    def cost(self, tokens_in: int | None, tokens_out: int | None) -> float | None:
        """What so many tokens cost; None where a price or a count is missing."""
        if self.price_in is None or self.price_out is None or tokens_in is None or tokens_out is None:
            return None
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


def endpoint_from(environment: Mapping[str, str], written: Mapping[str, object]) -> Endpoint | None:
    """The endpoint that was set up; what the environment says goes before what is written. None where none was.

    A key that is written goes only to the address it was written with, never to another of the environment.

    Raises:
        UsageError: Something of it cannot be used. The key is not in the text.
    """
    told = {name: value for name in NAMES if (value := environment.get(PREFIX + name.upper(), "").strip())}
    kept = {name: str(value).strip() for name, value in written.items() if name in NAMES and _plain(value)}
    if "url" in told and told["url"].rstrip("/") != kept.get("url", "").rstrip("/"):
        kept = {}
    said = {name: value for name, value in (kept | told).items() if value}
    if "url" not in said and "model" not in said:
        return None
    for name in ("url", "model"):
        if name not in said:
            raise UsageError(f"No {name} is set for the second opinion. Set {PREFIX}{name.upper()}, as for the other.")
    return Endpoint(
        url=_url(said["url"], plain_http=said.get("plain_http", "")),
        model=_model(said["model"]),
        key=_key(said.get("key", "")),
        timeout=_number("timeout", said.get("timeout"), least=1, most=LONGEST_TIMEOUT) or TIMEOUT,
        price_in=_number("price_in", said.get("price_in")),
        price_out=_number("price_out", said.get("price_out")),
    )


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _url(text: str, *, plain_http: str) -> str:
    parts = _parts(text)
    if parts.username is not None or parts.password is not None or set("?#") & set(text):
        raise UsageError(
            f"The address of the second opinion holds more than an address. Leave out everything from `?` on and "
            f"before `@`; a key belongs in {PREFIX}KEY."
        )
    if parts.scheme == "http" and not _loopback(parts.hostname or "") and plain_http != UNENCRYPTED:
        raise UsageError(
            f"The address http://{parts.netloc} is another machine's, and http sends the words so that others on the "
            f"way can read them. Use https; or, if you know that way to be safe, set {PREFIX}PLAIN_HTTP to the words "
            f"`{UNENCRYPTED}`."
        )
    return text.rstrip("/").removesuffix(PATH).rstrip("/")


def _parts(text: str) -> SplitResult:
    wrong = UsageError(
        "The address of the second opinion cannot be understood. Write it as https://... or, for a server on this "
        "machine, as http://127.0.0.1:PORT/v1."
    )
    if len(text) > LONGEST_URL or not text.isascii() or not text.isprintable() or " " in text:
        raise wrong
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise wrong
    return parts


def _loopback(host: str) -> bool:
    """Whether the name stands for this machine by itself, without asking anybody."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _model(text: str) -> str:
    if len(text) > LONGEST_MODEL or not text.isprintable():
        raise UsageError(f"The model of the second opinion is a name of at most {LONGEST_MODEL} printable characters.")
    return text


def _key(text: str) -> SecretStr:
    if not text.isascii() or not text.isprintable():
        raise UsageError(f"The key of the second opinion holds characters that no key has. Set {PREFIX}KEY anew.")
    return SecretStr(text)


def _number(name: str, text: str | None, *, least: float = 0, most: float = 1e6) -> float | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not isfinite(number) or not least <= number <= most:
        raise UsageError(f"`{PREFIX}{name.upper()}` is a number from {least:g} to {most:g}.")
    return number
