"""Files with a fault, each with the sentence about it, or with a part of it."""

import re

from mine.files import LARGEST
from tests.own_files import DATASET, LESSON, OPTIMIZER, SURFACE

BAD = SURFACE.replace("soup_bowl", "bad")
BAD_OPTIMIZER = OPTIMIZER.replace("rprop", "bad")
NO_GOALS = re.sub(r"\[\[goals\]\].*?(?=\[\[controls)", "", LESSON, flags=re.DOTALL)
TAKEN = "must have another name: {!r} is the key of one of the app's own {}."

# By what is wrong: the file, its text, and the sentence of the server.
FAULTY = {
    "a name of ours, surface": (
        "surfaces/hump.py",
        SURFACE.replace('"soup_bowl"', '"hump"'),
        TAKEN.format("hump", "surfaces"),
    ),
    "a name of ours, lesson": ("lessons/hump.md", LESSON, TAKEN.format("hump", "lessons")),
    "a name of ours, optimizer": (
        "optimizers/adam.py",
        OPTIMIZER.replace('"rprop"', '"adam"'),
        TAKEN.format("adam", "optimizers"),
    ),
    "a name of ours, dataset": ("datasets/cars.csv", DATASET, TAKEN.format("cars", "datasets")),
    "the key is not the name": (
        "surfaces/other.py",
        SURFACE,
        "must have the file's name as its key, 'other': got 'soup_bowl'.",
    ),
    "a syntax error": ("surfaces/bad.py", "def loss(x, y)\n    return x\n", "line 1 is not valid Python, expected ':'"),
    "it raises": ("surfaces/bad.py", "\n\n1 / 0\n", "line 3: ZeroDivisionError: division by zero."),
    "it ends Python": ("surfaces/bad.py", "import sys\nsys.exit('bye')\n", "line 2: SystemExit: bye."),
    "it imports what is not there": (
        "optimizers/bad.py",
        "import no_such_package",
        "line 1: ModuleNotFoundError: No mod",
    ),
    "no record": ("surfaces/bad.py", "x = 1\n", "must define SURFACE, a Surface: got None."),
    "another record": ("optimizers/bad.py", "OPTIMIZER = 5\n", "must define OPTIMIZER, a OptimizerSpec: got 5."),
    "a field is missing": (
        "surfaces/bad.py",
        BAD.replace('    label="Soup bowl",\n', ""),
        "TypeError: Surface.__init__() missing 1 required keyword-only argument: 'label'.",
    ),
    "a field is wrong": (
        "surfaces/bad.py",
        BAD.replace("start=(-2.0, 1.0)", "start=(9.0, 1.0)"),
        "landscape 'bad': start must lie on the map",
    ),
    "the loss raises": (
        "surfaces/bad.py",
        BAD.replace("return x**2", "return y.nothing + x**2"),
        "AttributeError: 'Tensor' object has no attribute 'nothing'.",
    ),
    "the loss is a sum": (
        "surfaces/bad.py",
        BAD.replace("return x**2", "return x * x.sum()"),
        "loss must work element by element",
    ),
    "the loss is one number": (
        "surfaces/bad.py",
        BAD.replace("return x**2 + 4 * y**2", "return x.sum()"),
        "loss must return float64 numbers of the shape of x and y, (1,)",
    ),
    "the loss is no tensor": (
        "surfaces/bad.py",
        BAD.replace("return x**2 + 4 * y**2", "return 5"),
        "loss must return a tensor: got int.",
    ),
    "the loss is not finite": (
        "surfaces/bad.py",
        BAD.replace("return x**2", "return x.log()"),
        "the loss must be finite on the whole map: got nan at (-3, -2).",
    ),
    "the start is level": (
        "surfaces/bad.py",
        BAD.replace("start=(-2.0, 1.0)", "start=(0.0, 0.0)"),
        "start must have a slope, or no walk leaves it",
    ),
    "a preset names no optimizer": (
        "surfaces/bad.py",
        BAD.replace("run=sgd:", "run=adamm:"),
        "preset 'good': the link",
    ),
    "no UTF-8, Python": ("surfaces/bad.py", SURFACE.encode() + b"\xff", "must be a text in UTF-8: byte"),
    "no UTF-8, lesson": ("lessons/bad.md", b"+++\n\xff", "must be a text in UTF-8: byte 4 is not."),
    "null bytes": ("surfaces/bad.py", b"x = 1\0", "null bytes"),
    "huge": ("surfaces/bad.py", "#" * (LARGEST + 1), f"must have at most {LARGEST} bytes: got {LARGEST + 1}."),
    "a head that is nested too deep": ("datasets/bad.csv", "+++\na = " + "[" * 5000 + "\n+++\n", "is not valid TOML"),
    "a record that cannot be shown": (
        "surfaces/bad.py",
        "class Bad:\n    def __repr__(self):\n        raise AttributeError('nothing')\n\nSURFACE = Bad()\n",
        "AttributeError: nothing.",
    ),
    "the name of typed formulas": ("surfaces/own.py", SURFACE.replace('"soup_bowl"', '"own"'), ""),
    "deep": ("surfaces/bad.py", "(" * 5000, "too many nested parentheses"),
    "empty, Python": ("surfaces/bad.py", "", "must define SURFACE"),
    "empty, lesson": ("lessons/bad.md", "", "must begin with a head between two lines +++: got ''."),
    "a lesson without goals": ("lessons/bad.md", NO_GOALS, "the head must give goals: got nothing."),
    "a lesson without TOML": ("lessons/bad.md", LESSON.replace("order = 1", "order ="), "the head must be valid TOML"),
    "a lesson without sections": ("lessons/bad.md", LESSON.split("## ")[0], "the body must have 1 to 6 sections"),
    "a lesson on no surface": (
        "lessons/bad.md",
        LESSON.replace("soup_bowl", "nowhere_at_all", 1),
        'No surface "nowhere_at_all" on this server',
    ),
    "a lesson with no such run": (
        "lessons/bad.md",
        LESSON.replace("flag = 0", "flag = 3"),
        "predict.flag: no run 3; runs are counted from 0, and the scenario has 1.",
    ),
    "a lesson with no such hyperparameter": (
        "lessons/bad.md",
        LESSON.replace('name = "lr"', 'name = "momentun"'),
        'controls: run 0 has no "momentun". Use one of: lr.',
    ),
    "a lesson with no such figure": (
        "lessons/bad.md",
        LESSON.replace("[[expect]]", '[[figures]]\nkind = "wieghts"\ncaption = "C."\n\n[[expect]]'),
        'figures: no kind "wieghts". Did you mean "weights"?',
    ),
    "a lesson with no such outcome": (
        "lessons/bad.md",
        LESSON.replace('outcome = "left_the_map"', 'outcome = "lost"'),
        'no outcome "lost".',
    ),
    "a lesson with an open formula": (
        "lessons/bad.md",
        LESSON + "\n$x\n",
        "must have an even number of dollar signs",
    ),
    "a missing value": ("datasets/bad.csv", DATASET.replace("2,3.5", "2,"), "Row 2 of dataset 'bad': height must be a"),
    "no license": ("datasets/bad.csv", DATASET.replace('license = "Our own numbers."\n', ""), "must give license"),
    "one value only": (
        "datasets/bad.csv",
        DATASET.replace("1,2\n2,3.5\n3,6", "1,2\n1,3\n1,4"),
        "the column 'Day' must have at least two different values: got 1 in each row.",
    ),
    "needs a closure": (
        "optimizers/bad.py",
        BAD_OPTIMIZER.replace("optim.Rprop", "optim.LBFGS").replace("idea=", "needs_closure=True,\n    idea="),
        "cannot be used: Rprop evaluates the loss within its step",
    ),
    "mixes columns": (
        "optimizers/bad.py",
        BAD_OPTIMIZER.replace("optim.Rprop", "optim.Adafactor"),
        "mixes the numbers of a tensor: the record must say elementwise=False.",
    ),
    "no such argument": (
        "optimizers/bad.py",
        BAD_OPTIMIZER.replace('{"lr": "lr"}', '{"speed": "lr"}'),
        "optimizer 'bad': Rprop has no argument 'speed': it has params, lr",
    ),
    "a rule by halves": (
        "optimizers/bad.py",
        BAD_OPTIMIZER.replace("references=", 'rate_latex="1",\n    references='),
        "update_latex must hold the lines g and update",
    ),
    "a name with a dash": ("lessons/my-lesson.md", LESSON, "must have a name of lower-case letters, digits and _"),
    "a folder that nothing reads": (
        "lesson/bowl.md",
        LESSON,
        "is not read: put files into one of the folders datasets",
    ),
    "a file at the top": ("bowl.md", LESSON, "is not read: put files into one of the folders datasets, surfaces"),
    "a wrong ending": ("lessons/bowl.txt", LESSON, "is not read: a file in lessons must end in .md."),
    "a schedule": ("schedules/warm.py", "x = 1", "is not read: this version has no schedules."),
}

# A good file, a change of it, and the sentence of the check; the server does not look at these.
WRONG = {
    "a claim": ("lessons/down_the_bowl.md", 'outcome = "global_minimum"', 'outcome = "saddle"', "expect, scene 0"),
    "a goal that is reached": (
        "lessons/down_the_bowl.md",
        'outcome = "left_the_map" }',
        'outcome = "global_minimum" }',
        "goals.0: scene 0 must not reach it",
    ),
    "a solution": ("lessons/down_the_bowl.md", "lr=0.27", "lr=0.11", "goals.0: its solution does not reach it"),
    "a preset": ("surfaces/soup_bowl.py", 'expect=("global_minimum",)', 'expect=("saddle",)', "preset 'good': the run"),
    "a check value": ("surfaces/soup_bowl.py", "value=5.0", "value=5.1", "the loss at (1, 1) must be 5.1: got 5.0"),
    "a minimum": (
        "surfaces/soup_bowl.py",
        "CriticalPoint(x=0.0",
        "CriticalPoint(x=0.001",
        "must be exact to 1e-09",
    ),
    "a kind": ("surfaces/soup_bowl.py", "return x**2 + 4 * y**2", "return x**2 - 4 * y**2", "must be listed as saddle"),
    "a range": (
        "optimizers/rprop.py",
        "learning_rate(0.01)",
        '__import__("optimizers").Hyperparameter(name="lr", symbol="a", default=0.1, low=-1.0, high=1.0, help="H.")',
        "the range of lr must hold values that the class accepts: -1 raises",
    ),
}
