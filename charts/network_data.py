"""A network as data for the browser, which draws its predictions from the weights that the stream sends."""

from typing import Any

from surfaces.network import Embedding


def network_facts(embedding: Embedding) -> dict[str, Any]:
    """The data of a network for the browser: see ``components.browser_data.ModelFacts``.

    The examples are in the network's order: those that train it come first.
    """
    network = embedding.network
    dataset, (shift, unit) = network.dataset, network.scaling
    facts = {name: getattr(dataset, name) for name in ("name", "row", "source", "license")}
    return facts | {
        "rows": [dataset.rows[at] for at in network.order],
        "axes": [axis.model_dump(mode="json") for axis in dataset.axes],
        "shift": shift.tolist(),
        "unit": unit.tolist(),
        "weights": embedding.directions,
        "input_scale": "standardized",
        "target_scale": "raw" if network.classes else "standardized",
        "boundary": 0.0 if network.classes else None,
        "program": None,
        "network": {"layers": network.layers, "training": network.training},
    }


def plane_facts(embedding: Embedding) -> dict[str, Any]:
    """The plane of a network for the browser: see ``components.browser_data.PlaneFacts``."""
    return {
        "size": embedding.network.size,
        "says": embedding.says,
        "watched": [embedding.network.name(weight) for weight in embedding.plane.watched],
    }
