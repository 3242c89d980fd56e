"""Many requests at once: one computes, equal ones wait for it, and no request waits for another result."""

from threading import Barrier, Event, Lock

import pytest

from tests.together import PATIENCE, Crowd, Question
from trajectories.once import once

CLASS = 12


def test_requests_at_the_same_time_share_one_computation():
    crowd, computed = Crowd(CLASS), []

    @once(4)
    def slow(question):
        computed.append(question)
        crowd.wait()
        return ["an answer"]

    question = Question(crowd)
    answers = crowd.call(slow, [question] * CLASS)
    assert computed == [question]
    assert all(answer is answers[0] for answer in answers)


def test_no_request_waits_for_another_computation():
    begun = {"one": Event(), "other": Event()}

    @once(4)
    def meets(mine, theirs):
        begun[mine].set()
        return begun[theirs].wait(PATIENCE)

    assert Crowd(2).call(meets, ("one", "other"), ("other", "one")) == [True, True]


def test_a_failed_computation_is_repeated():
    asking, fails, lock = Barrier(CLASS, timeout=PATIENCE), iter([True, True]), Lock()

    @once(4)
    def sometimes():
        with lock:
            if next(fails, False):
                raise ValueError("not now")
        return "well"

    def request(_):
        asking.wait()
        try:
            return sometimes()
        except ValueError as error:
            return str(error)

    assert sorted(Crowd(CLASS).call(request, range(CLASS))) == ["not now"] * 2 + ["well"] * (CLASS - 2)


@pytest.mark.parametrize("most", [1, 3])
def test_the_cache_keeps_at_most_the_limit(most):
    computed = []
    kept = once(most)(computed.append)
    for number in (*range(most), *range(most), most, most):
        kept(number)
    assert computed == list(range(most + 1))
