"""The question before the walk, as a Streamlit component: it shows the question and sends the answer to Python."""

from typing import Any

from components.lesson.attempt import Attempt
from components.lesson.truth import Answer, judge
from components.loader import assets, component, event_value

_PREDICT = component("predict", "lesson/predict.js", "lesson/predict.css")


def predict(now: Attempt, stage: str, key: str) -> None:
    """Show the lesson's question before the walk; after the answer, show which answer is correct, and a comment.

    Parameters
    ----------
    now : Attempt
        The lesson with the learner's progress; its ``answer`` is set before the page runs again.
    stage : str
        The key of the stage, whose walk is hidden until the answer.
    key : str
        The question's own key for Streamlit.
    """

    def note_answer() -> None:
        given = event_value(key, "answer")
        if isinstance(given, dict) and given.get("again") is True:
            now.ask_again()
        elif given is not None:
            now.answer = read_answer(now, given)

    _PREDICT(key=key, data=predict_data(now, stage), on_answer_change=note_answer)


def predict_data(now: Attempt, stage: str) -> dict[str, Any]:
    """Build the component's data, plain JSON: the question, and after the answer also the correct answer."""
    question = now.lesson.predict
    data: dict[str, Any] = {
        "stage": stage,
        "assets": assets(),
        "question": question.question,
        "options": [option.label for option in question.options],
        "answer": None,
        "truth": None,
    }
    if question.flag is not None:
        # Until the learner places the flag, it is at the corner of the map: anywhere else it would look like an answer.
        data["waits"] = [low for low, _ in now.own.landscape.bounds]
    if now.answer is None:
        return data
    # Sent only after the learner's answer, so that it cannot be found in the page before.
    verdict = judge(now.lesson, now.answer)
    flag = now.answer.flag
    data["answer"] = {"option": now.answer.option, "flag": None if flag is None else list(flag)}
    data["truth"] = {
        "right": verdict.right,
        "option": verdict.option,
        "point": None if verdict.end is None else list(verdict.end),
        "away": None if verdict.away is None else f"{100 * verdict.away:.{0 if verdict.away >= 0.01 else 1}f} %",
        "measure": verdict.measure,
        "says": verdict.says,
        "teaches": question.teaches,
    }
    return data


def read_answer(now: Attempt, given: Any) -> Answer:
    """Read the answer that the browser sent; anything that is no answer to the question counts as skipped."""
    question = now.lesson.predict
    option, flag = (given.get(name) for name in ("option", "flag")) if isinstance(given, dict) else (None, None)
    if question.flag is None and type(option) is int and 0 <= option < len(question.options):
        return Answer(option=option)
    if question.flag is not None and isinstance(flag, list) and len(flag) == 2:
        x, y = flag
        if isinstance(x, int | float) and isinstance(y, int | float):
            return Answer(flag=(float(x), float(y)))
    return Answer()
