"""The token bucket."""

from hypothesis import given
from hypothesis import strategies as st

from game.engine.sockets.throttle import Bucket, Throttle

pauses = st.lists(st.floats(0, 5), min_size=1, max_size=200)


@given(pauses, st.floats(0.1, 50), st.integers(1, 30))
def test_never_more_than_the_burst_and_what_the_rate_gives_since(gaps: list[float], rate: float, burst: int) -> None:
    bucket, now, taken = Bucket.full(rate, burst, 0.0), 0.0, 0

    for gap in gaps:
        now += gap
        taken += bucket.take(now) == 0
        assert taken <= burst + rate * now + 1e-6


@given(pauses, st.floats(0.1, 50), st.integers(1, 30))
def test_whoever_waits_as_long_as_told_is_let_in(gaps: list[float], rate: float, burst: int) -> None:
    bucket, now = Bucket.full(rate, burst, 0.0), 0.0

    for gap in gaps:
        now += gap
        wait = bucket.take(now)
        assert wait >= 0
        if wait:
            assert wait <= 1 / rate + 1e-6
            now += wait + 1e-6
            assert bucket.take(now) == 0


def test_a_whole_burst_is_let_in_at_once_and_no_more() -> None:
    bucket = Bucket.full(10, 30, 100.0)

    assert [bucket.take(100.0) for _ in range(30)] == [0.0] * 30
    assert bucket.take(100.0) > 0


def test_a_rate_of_0_means_no_limit() -> None:
    bucket = Bucket.full(0, 1, 0.0)

    assert not any(bucket.take(0.0) for _ in range(1000))


def test_a_user_has_one_bucket_in_a_session() -> None:
    throttle = Throttle(10, 30)

    assert throttle.bucket((1, 2), 0.0) is throttle.bucket((1, 2), 5.0)
    assert throttle.bucket((1, 2), 0.0) is not throttle.bucket((1, 3), 0.0)


def test_buckets_that_are_full_again_are_forgotten() -> None:
    throttle = Throttle(10, 1)
    throttle.SWEEP = 10
    for user in range(10):
        throttle.bucket((user, 1), 0.0).take(0.0)
    busy = throttle.bucket((3, 1), 0.0)
    busy.take(99.9), busy.take(99.9)

    throttle.bucket((99, 1), 99.95)

    assert set(throttle._buckets) == {(3, 1), (99, 1)}
    assert throttle.bucket((3, 1), 99.95) is busy
