"""The surfaces whose x and y are all weights. Walks of networks have tests of their own: ``test_network_walk.py``."""

from surfaces import SURFACES

TWO_WEIGHTS = {key: surface for key, surface in SURFACES.items() if surface.landscape.embedding is None}
