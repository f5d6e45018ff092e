"""Where second opinions are asked for: what is taken, what is refused, and that the key stays out of sight."""

import json
import traceback

import pytest

from roleplay.errors import UsageError
from roleplay.judging.endpoint import UNENCRYPTED, endpoint_from
from roleplay.practice.judge_file import agree, agreed, endpoint, judge_file

BASE = {"ROLEPLAY_JUDGE_URL": "https://api.example.org/v1", "ROLEPLAY_JUDGE_MODEL": "m"}


def test_nothing_is_set_up_until_somebody_does():
    assert endpoint_from({}, {}) is None
    assert endpoint_from({"ROLEPLAY_JUDGE_KEY": "k"}, {}) is None


@pytest.mark.parametrize(("given", "missing"), [("URL", "MODEL"), ("MODEL", "URL")])
def test_half_of_it_is_told_with_what_is_missing(given: str, missing: str):
    with pytest.raises(UsageError, match=f"ROLEPLAY_JUDGE_{missing}"):
        endpoint_from({f"ROLEPLAY_JUDGE_{given}": "https://x.example"}, {})


def test_the_environment_goes_before_what_is_written_and_the_file_is_enough_by_itself():
    written = {"url": "https://api.example.org/v1/", "model": "kept", "timeout": 7, "price_in": 2, "price_out": 8}

    found = endpoint_from({}, written)
    told = endpoint_from({"ROLEPLAY_JUDGE_MODEL": "told"}, written)

    assert (found.model, found.timeout, found.address) == ("kept", 7, "https://api.example.org/v1/chat/completions")
    assert (told.model, told.timeout) == ("told", 7)
    # 500 tokens in at 2 a million, 250 out at 8 a million: 0.001 + 0.002
    assert found.cost(500, 250) == pytest.approx(0.003)
    assert found.cost(None, 250) is None


def test_a_key_that_is_written_never_goes_to_another_address(key):
    written = {"url": "https://api.example.org/v1", "model": "m", "key": key}

    there = endpoint_from({}, written)
    elsewhere = endpoint_from({**BASE, "ROLEPLAY_JUDGE_URL": "https://other.example/v1"}, written)

    assert there.key.get_secret_value() == key
    assert elsewhere.key.get_secret_value() == ""


def test_the_key_is_in_no_repr_and_in_no_traceback(key):
    found = endpoint_from({**BASE, "ROLEPLAY_JUDGE_KEY": key}, {})

    assert key not in f"{found!r} {found} {[found]}"
    with pytest.raises(UsageError) as raised:
        endpoint_from({**BASE, "ROLEPLAY_JUDGE_KEY": f"{key}\nX-Other: 1"}, {})
    assert key not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/v1", "http://localhost:11434/v1", "http://[::1]:1/v1"])
def test_plain_http_is_taken_on_this_machine(url: str):
    assert endpoint_from({**BASE, "ROLEPLAY_JUDGE_URL": url}, {}).url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.4:8080/v1",
        "http://api.example.org/v1",
        "http://127.0.0.1.example.org/v1",
        "http://localhost.example.org/",
        "http://2130706433/",
    ],
)
def test_plain_http_to_another_machine_takes_plain_words(url: str):
    environment = {**BASE, "ROLEPLAY_JUDGE_URL": url}

    for said in ("", "1", "yes", "true"):
        with pytest.raises(UsageError, match=UNENCRYPTED):
            endpoint_from({**environment, "ROLEPLAY_JUDGE_PLAIN_HTTP": said}, {})
    assert endpoint_from({**environment, "ROLEPLAY_JUDGE_PLAIN_HTTP": UNENCRYPTED}, {}).url == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "https://ann:hush-hush@api.example.org/v1",
        "https://api.example.org/v1?key=hush-hush",
        "https://api.example.org/v1?",
        "https://api.example.org/v1#hush-hush",
        "ftp://api.example.org/hush-hush",
        "api.example.org/hush-hush",
        "https://api.example.org:hush-hush/v1",
        "https:///hush-hush",
        "https://api.example.org/ hush-hush",
        "https://аpi.example.org/hush-hush",
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused_without_repeating_it(url: str):
    with pytest.raises(UsageError) as raised:
        endpoint_from({**BASE, "ROLEPLAY_JUDGE_URL": url}, {})

    assert "hush" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value"), [("TIMEOUT", "0"), ("TIMEOUT", "nan"), ("PRICE_IN", "-1"), ("PRICE_OUT", "x")]
)
def test_a_number_out_of_range_is_told_by_its_name(name: str, value: str):
    with pytest.raises(UsageError, match=f"ROLEPLAY_JUDGE_{name}"):
        endpoint_from({**BASE, f"ROLEPLAY_JUDGE_{name}": value}, {})


def test_the_whole_address_may_be_given_too():
    whole = {**BASE, "ROLEPLAY_JUDGE_URL": "https://api.example.org/v1/chat/completions"}

    assert endpoint_from(whole, {}).address == "https://api.example.org/v1/chat/completions"


def test_an_agreement_is_kept_for_one_address_and_model_and_leaves_the_rest_of_the_file(key):
    file = judge_file()
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"endpoint": {"url": "https://a.example", "model": "m", "key": key}, "mine": 1}))
    here, other = endpoint({}), endpoint({"ROLEPLAY_JUDGE_MODEL": "other"})

    agree(here)

    assert agreed(here)
    assert not agreed(other)
    kept = json.loads(file.read_text())
    assert (kept["endpoint"]["key"], kept["mine"]) == (key, 1)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ['{"endpoint": {"key": "hush-hush"', "[1]", '{"endpoint": ["hush-hush"]}'])
def test_a_file_that_cannot_be_read_is_told_without_what_stands_in_it(text: str):
    judge_file().parent.mkdir(parents=True)
    judge_file().write_text(text)

    with pytest.raises(UsageError) as raised:
        endpoint({})

    assert "hush" not in "".join(traceback.format_exception(raised.value))
