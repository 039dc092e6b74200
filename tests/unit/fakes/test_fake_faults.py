"""Faults come on the call that was chosen, as often as was said, and the fake knows what it took."""

import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import pytest
import requests
from tests.fakes.strict import Fault, Request, Response, StrictFake


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("x") as fake:
        yield fake


def post(fake: StrictFake, text: str = "Hello") -> requests.Response:
    headers = {"Authorization": f"Bearer {fake.give_token('x').access}"}
    url = f"{fake.x.url}/2/tweets"
    return requests.post(url, json={"text": text}, headers=headers, timeout=5, allow_redirects=False)


@pytest.mark.parametrize(("fault", "posts"), [(Fault.CUT_BEFORE, 0), (Fault.CUT_AFTER, 1)])
def test_a_cut_line_before_and_after_the_write(fake: StrictFake, fault: Fault, posts: int) -> None:
    fake.fail_next("x", "POST /2/tweets", fault)

    with pytest.raises(requests.ConnectionError):
        post(fake)

    assert len(fake.posts("x")) == posts
    assert [request.is_taken for request in fake.x.requests] == [bool(posts)]


@pytest.mark.parametrize(
    ("fault", "status", "posts"),
    [
        (Fault.UNAUTHORIZED, 401, 0),
        (Fault.TOO_FAST, 429, 0),
        (Fault.TOO_FAST_SECONDS, 429, 0),
        (Fault.TOO_FAST_DATE, 429, 0),
        (Fault.SERVER_ERROR, 503, 0),
        (Fault.SERVER_ERROR_TAKEN, 503, 1),
        (Fault.PAGE, 200, 0),
        (Fault.PAGE_TAKEN, 200, 1),
        (Fault.BAD_GATEWAY, 502, 0),
        (Fault.EMPTY, 201, 1),
        (Fault.TRUNCATED, 201, 1),
        (Fault.ERRORS_IN_200, 200, 0),
        (Fault.REDIRECT, 302, 0),
        (Fault.REDIRECT_ELSEWHERE, 302, 0),
    ],
)
def test_each_fault_once(fake: StrictFake, fault: Fault, status: int, posts: int) -> None:
    fake.fail_next("x", "POST /2/*", fault)

    assert post(fake).status_code == status
    assert len(fake.posts("x")) == posts
    assert post(fake, "Again").status_code == 201


def test_twice_and_later(fake: StrictFake) -> None:
    fake.fail_next("x", "* *", Fault.SERVER_ERROR, times=2, skip=1)

    assert [post(fake, str(number)).status_code for number in range(4)] == [201, 503, 503, 201]


def test_a_slow_answer_is_late_and_others_are_not(fake: StrictFake) -> None:
    fake.fail_next("x", "POST /2/tweets", Fault.SLOW, seconds=0.3)
    began = time.monotonic()

    assert post(fake).status_code == 201
    assert time.monotonic() - began >= 0.3


def test_an_answer_of_the_tests_own(fake: StrictFake) -> None:
    def teapot(request: Request) -> Response:
        return Response(418, {"path": request.path})

    fake.fail_next("x", "POST /2/tweets", teapot)

    assert post(fake).json() == {"path": "/2/tweets"}


def test_half_of_a_body_is_no_json(fake: StrictFake) -> None:
    fake.fail_next("x", "POST /2/tweets", Fault.TRUNCATED)

    with pytest.raises(ValueError, match="char"):
        post(fake).json()


def test_what_was_asked_is_kept(fake: StrictFake) -> None:
    post(fake)

    asked = fake.x.requests[0]
    assert (asked.method, asked.path, asked.data(), asked.status) == ("POST", "/2/tweets", {"text": "Hello"}, 201)
    assert asked.headers["authorization"].startswith("Bearer x-access-")
    assert fake.x.count("POST /2/tweets") == 1


def test_all_networks_run_side_by_side_by_one_clock() -> None:
    with StrictFake() as fake:
        fake.advance(86_400)
        answers = [requests.get(f"{network.url}/nothing", timeout=5) for network in fake.networks.values()]

    assert len({network.url for network in fake.networks.values()}) == 5
    assert all(answer.status_code in (400, 404) for answer in answers)
    dates = [parsedate_to_datetime(answer.headers["Date"]).timestamp() for answer in answers]
    assert all(date > time.time() + 86_000 for date in dates)
