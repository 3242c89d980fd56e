"""A class asks in the same second: one computes, the others wait, and nobody waits for something else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from trajectories.once import once

CLASS = 12


class Question:
    """An argument that knows how often it was looked up."""

    def __init__(self, times):
        self.left, self.lock, self.all_asked = times, Lock(), Event()

    def __hash__(self):
        with self.lock:
            self.left -= 1
            if self.left == 0:
                self.all_asked.set()
        return 7


def test_one_computes_for_all_who_ask_at_once():
    question, computed = Question(CLASS), []

    @once(4)
    def slow(asked):
        computed.append(asked)
        assert asked.all_asked.wait(10)
        return ["an answer"]

    with ThreadPoolExecutor(CLASS) as pool:
        answers = list(pool.map(slow, [question] * CLASS))
    assert computed == [question]
    assert all(answer is answers[0] for answer in answers)


def test_nobody_waits_for_the_answer_to_another_question():
    begun = {"one": Event(), "other": Event()}

    @once(4)
    def meets(mine, theirs):
        begun[mine].set()
        return begun[theirs].wait(10)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(meets, ("one", "other"), ("other", "one"))) == [True, True]


def test_what_fails_is_asked_again():
    asking, fails, lock = Barrier(CLASS), iter([True, True]), Lock()

    @once(4)
    def sometimes():
        with lock:
            if next(fails, False):
                raise ValueError("not now")
        return "well"

    def ask(_):
        asking.wait()
        try:
            return sometimes()
        except ValueError as error:
            return str(error)

    with ThreadPoolExecutor(CLASS) as pool:
        answers = sorted(pool.map(ask, range(CLASS)))
    assert answers == ["not now"] * 2 + ["well"] * (CLASS - 2)


@pytest.mark.parametrize("most", [1, 3])
def test_no_more_is_kept_than_was_said(most):
    computed = []
    kept = once(most)(computed.append)
    for number in (*range(most), *range(most), most, most):
        kept(number)
    assert computed == list(range(most + 1))
