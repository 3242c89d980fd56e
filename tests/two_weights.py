"""The surfaces of models with two weights, x and y. ``test_network_walk.py`` tests the walks of networks."""

from surfaces import SURFACES

TWO_WEIGHTS = {key: surface for key, surface in SURFACES.items() if surface.landscape.embedding is None}
