"""The question before the walk, as Streamlit sees it: the lesson goes in, the answer comes out."""

from typing import Any

from components.lesson.attempt import Attempt
from components.lesson.truth import Answer, judge
from components.loader import assets, component, told

_PREDICT = component("predict", "lesson/predict.js", "lesson/predict.css")


def predict(now: Attempt, stage: str, key: str) -> None:
    """Ask what a lesson asks before anything moves; afterwards, show answer and truth together.

    Parameters
    ----------
    now : Attempt
        Who is asked; the answer is noted before the page runs again.
    stage : str
        The key of the stage that waits for it.
    key : str
        The question's own key for Streamlit.
    """

    def heard() -> None:
        given = told(key, "answer")
        if given is not None:
            now.answer = read_answer(now, given)

    _PREDICT(key=key, data=predict_data(now, stage), on_answer_change=heard)


def predict_data(now: Attempt, stage: str) -> dict[str, Any]:
    """All that the browser needs to ask, and once it has asked, to tell: plain JSON."""
    asks = now.lesson.predict
    data: dict[str, Any] = {
        "stage": stage,
        "assets": assets(),
        "question": asks.question,
        "options": [option.label for option in asks.options],
        "answer": None,
        "truth": None,
    }
    if asks.flag is not None:
        # There it waits to be placed: not in the middle, where minima like to be.
        data["waits"] = [low + 0.7 * (high - low) for low, high in now.own.landscape.bounds]
    if now.answer is None:
        return data
    # Only now: what has not been asked for cannot be looked up in the page.
    verdict = judge(now.lesson, now.answer)
    flag = now.answer.flag
    data["answer"] = {"option": now.answer.option, "flag": None if flag is None else list(flag)}
    data["truth"] = {
        "right": verdict.right,
        "option": verdict.option,
        "point": None if verdict.end is None else list(verdict.end),
        "away": None
        if verdict.away is None
        else f"{100 * verdict.away:.{0 if verdict.away >= 0.01 else 1}f} % of the map",
        "says": verdict.says,
        "teaches": asks.teaches,
    }
    return data


def read_answer(now: Attempt, given: Any) -> Answer:
    """What the browser sent, if it answers the question; else it counts as skipped."""
    asks = now.lesson.predict
    option, flag = (given.get(name) for name in ("option", "flag")) if isinstance(given, dict) else (None, None)
    if asks.flag is None and type(option) is int and 0 <= option < len(asks.options):
        return Answer(option=option)
    if asks.flag is not None and isinstance(flag, list) and len(flag) == 2:
        x, y = flag
        if isinstance(x, int | float) and isinstance(y, int | float):
            return Answer(flag=(float(x), float(y)))
    return Answer()
