"""The panel as Streamlit sees it: the records go in; what the visitor edits, the stage tells."""

from collections.abc import Mapping
from typing import Any

from charts.palette import Trail
from charts.theme import THEMES
from components.loader import assets, component
from optimizers import OPTIMIZERS, Hyperparameter, OptimizerSpec
from trajectories import MAX_NOISE, MAX_RUNS, MAX_SEED, MAX_STEPS

FAMILY_LABELS: Mapping[str, str] = {"gradient": "Gradient descent", "adaptive": "Adaptive"}

# A start may lie anywhere finite: any float64.
_ANYWHERE = {"low": -1.7976931348623157e308, "high": 1.7976931348623157e308}

_PANEL = component("panel", "panel/panel.js", "panel/panel.css")


def panel(stage: str, key: str) -> None:
    """Show the controls of a stage's scenario.

    Parameters
    ----------
    stage : str
        The key of the stage whose scenario they edit. It is the stage that tells Python of the edits.
    key : str
        The panel's own key for Streamlit.
    """
    _PANEL(key=key, data=panel_data(stage))


def panel_data(stage: str) -> dict[str, Any]:
    """All that the browser needs of the records: plain JSON."""
    return {
        "stage": stage,
        "assets": assets(),
        "optimizers": {key: _optimizer(spec) for key, spec in OPTIMIZERS.items()},
        "looks": {name: [_look(trail) for trail in theme.trails] for name, theme in THEMES.items()},
        "limits": {
            "runs": MAX_RUNS,
            "x": {"name": "x", "help": "Where all runs start. Click the map to start there.", **_ANYWHERE},
            "y": {"name": "y", "help": "Where all runs start. Click the map to start there.", **_ANYWHERE},
            "steps": {
                "name": "steps",
                "help": "How many steps each run takes.",
                "low": 1,
                "high": MAX_STEPS,
                "whole": True,
            },
            "noise": {
                "name": "noise",
                "help": "Stands for the randomness of mini-batches: the sigma of a normal draw that is added to each "
                "gradient, the same draw for all runs.",
                "low": 0,
                "high": MAX_NOISE,
            },
            "seed": {
                "name": "seed",
                "help": "Which draws the noise consists of: the same seed, the same draws.",
                "low": 0,
                "high": MAX_SEED,
                "whole": True,
            },
        },
    }


def _optimizer(spec: OptimizerSpec) -> dict[str, Any]:
    return {
        "label": spec.label,
        "family": FAMILY_LABELS.get(spec.family, spec.family.capitalize()),
        "idea": spec.idea,
        "hyperparameters": [_hyperparameter(record) for record in spec.hyperparameters],
    }


def _hyperparameter(record: Hyperparameter) -> dict[str, Any]:
    return {
        "name": record.name,
        "symbol": record.symbol,
        "default": float(record.default),
        "low": float(record.low),
        "high": float(record.high),
        "scale": record.scale,
        "help": record.help,
    }


def _look(trail: Trail) -> dict[str, Any]:
    return {"color": trail.color, "dash": list(trail.dash)}
