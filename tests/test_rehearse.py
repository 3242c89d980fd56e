"""The search of the image's build for failures finds each line that the app logs when one occurs."""

import importlib.util
import logging
import re
from collections.abc import Callable
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
import torch

from backend import ready
from backend.log import _Format
from surfaces import SURFACES
from trajectories import by_rule, gradient

FILE = Path(__file__).parents[1] / "deploy" / "image" / "rehearse.py"


@pytest.fixture(scope="module")
def failure() -> re.Pattern[str]:
    spec = importlib.util.spec_from_file_location("rehearse", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pattern: re.Pattern[str] = module.FAILURE
    return pattern


def fail(*_args: object, **_named: object) -> None:
    raise RuntimeError("broken by the test")


def untraceable_landscape(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(gradient, "trace", fail)
    assert gradient.trace_exactly(SURFACES["hump"].landscape) is None


def inexact_trace(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(gradient, "agrees_with_autograd", lambda *_: False)
    assert gradient.trace_exactly(SURFACES["hump"].landscape) is None


def untraceable_rule(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(torch.jit, "trace", fail)
    by_rule.rule_step.__wrapped__("sgd")  # type: ignore[attr-defined]  # without the cache, which other tests use


def failed_preparation(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ready, "warm_assets", fail)
    patch.setattr(ready, "gc", SimpleNamespace(collect=lambda: 0, freeze=lambda: None))
    ready.make_ready(Event())


@pytest.mark.parametrize("break_it", [untraceable_landscape, inexact_trace, untraceable_rule, failed_preparation])
def test_each_failure_is_found_in_the_log(
    break_it: Callable[[pytest.MonkeyPatch], None],
    failure: re.Pattern[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    break_it(monkeypatch)
    (record,) = caplog.records
    record.exc_info = record.exc_text = None  # the message must be found without its traceback
    assert failure.search(_Format().format(record))


def test_a_traceback_is_found_and_an_ordinary_line_is_not(failure: re.Pattern[str]) -> None:
    try:
        fail()
    except RuntimeError as error:
        raised = (type(error), error, error.__traceback__)
    record = logging.LogRecord("backend", logging.ERROR, "", 0, "event=stopped", None, raised)
    assert failure.search(_Format().format(record))
    record.exc_info = record.exc_text = None
    assert not failure.search(_Format().format(record))
