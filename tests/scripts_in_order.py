"""Run scripts in one clean interpreter, each in a namespace of its own, and print what they leave as JSON.

``python -I scripts_in_order.py FILE...``: it knows nothing of the project. A file whose name ends with ``.plot.py`` is
asked for its picture too.
"""

import json
import runpy
import sys
from pathlib import Path

import torch

left = {}
for name in sys.argv[1:]:
    sys.argv[1:] = ["--plot"] if name.endswith(".plot.py") else []
    print(f"--- {name}", file=sys.stderr)
    space = runpy.run_path(name, run_name="__main__")
    left[Path(name).name.partition(".")[0]] = {key: space[key] for key in ("names", "positions", "losses")}
    torch.set_num_threads(torch.get_num_threads())
print("\n" + json.dumps(left))
