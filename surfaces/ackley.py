"""Ackley: regular ripples, each with a minimum, around one deep funnel in the middle."""

import math

import torch
from torch import Tensor

from surfaces.base import CheckValue, Preset, Surface
from surfaces.landscape import CriticalPoint, Landscape

# The minima with x >= y >= 0: x, y and the loss. The other minima are their mirror images.
DIPS = (
    (0.0, 0.0, 0.0),
    (0.95216654595, 0.0, 2.57992755703),
    (0.968477658708, 0.968477658708, 3.57445187726),
    (1.95891971812, 0.0, 4.88406525809),
    (1.96461666286, 0.982416035079, 5.38186418749),
    (1.97445198648, 1.97445198648, 6.55964537563),
    (2.96461944311, 0.0, 6.8825826468),
    (2.96725952876, 0.989154186482, 7.18095164772),
    (2.97313941992, 1.98213995038, 7.96171127469),
    (2.97922395469, 2.97922395469, 9.00109347829),
    (3.96946674335, 0.0, 8.61625004405),
    (3.97091831506, 0.99276720617, 8.81315177405),
    (3.97454017847, 1.98731061463, 9.35303923914),
    (3.97892475077, 2.98421373813, 10.1203507436),
    (3.98306769969, 3.98306769969, 10.9982621026),
    (4.973611258, 0.0, 10.1203312738),
    (4.97449772218, 0.994920373822, 10.2579743721),
    (4.97684384933, 1.99076487574, 10.6450274837),
    (4.97995793949, 2.98799505885, 11.21754948),
    (4.98319889676, 3.98656809795, 11.9012566351),
    (4.986180457, 4.986180457, 12.6322689915),
)


def loss(x: Tensor, y: Tensor) -> Tensor:
    """A funnel with ripples; its tip at (0, 0) is sharp."""
    # 1e-30 keeps the gradient of the square root finite at the tip, where it is 0; values change by at most 4e-15.
    distance = torch.sqrt((x**2 + y**2) / 2 + 1e-30)
    ripples = (torch.cos(2 * math.pi * x) + torch.cos(2 * math.pi * y)) / 2
    return 20 + math.e - 20 * torch.exp(-0.2 * distance) - torch.exp(ripples)


SURFACE = Surface(
    landscape=Landscape(
        key="ackley",
        loss=loss,
        bounds=((-5.0, 5.0), (-5.0, 5.0)),
        start=(-3.6, 2.4),
        critical_points=tuple(
            CriticalPoint(x=x, y=y, value=value, kind="minimum")
            for a, b, value in DIPS
            for x, y in sorted({(s * p, t * q) for p, q in ((a, b), (b, a)) for s in (1, -1) for t in (1, -1)})
        ),
    ),
    label="Ackley's funnel",
    family="classic",
    order=220,
    latex=r"f(x, y) = 20 + e - 20\,e^{-0.2\sqrt{(x^2 + y^2)/2}} - e^{(\cos 2\pi x + \cos 2\pi y)/2}",
    # By hand: the square root is 0.5 and both cosines are -1.
    check_values=(CheckValue(x=0.5, y=0.5, value=20 + math.e - 20 * math.exp(-0.1) - math.exp(-1)),),
    presets=(
        Preset(
            key="good",
            label="Into the funnel",
            link="steps=150&run=sgd:lr=0.02&run=momentum:lr=0.02,momentum=0.9&run=rmsprop:lr=0.1&run=adam:lr=0.5",
            look_for=(
                "SGD stops in the first ripple. Momentum crosses the funnel; RMSprop and Adam stop at its lowest point."
            ),
            expect=("local_minimum", "local_minimum", "global_minimum", "global_minimum"),
        ),
        Preset(
            key="caught",
            label="Caught by the ripples",
            link="steps=150&run=sgd:lr=0.02&run=momentum:lr=0.02,momentum=0.9&run=rmsprop:lr=0.05&run=adam:lr=0.1",
            look_for="RMSprop and Adam take shorter steps now, and all four runs stop in a ripple.",
            expect=("local_minimum", "local_minimum", "local_minimum", "local_minimum"),
        ),
        Preset(
            key="overshoot",
            label="Steps too long",
            link="steps=150&run=sgd:lr=0.3&run=momentum:lr=2,momentum=0.9",
            look_for="SGD jumps from ripple to ripple and never settles. Momentum leaves the map.",
            expect=("still_moving", "left_the_map"),
        ),
    ),
    teaches="One deep funnel among small ripples, each with a minimum of its own: which runs reach the funnel?",
    references=(
        "D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer, 1987, doi:10.1007/978-1-4613-1997-9.",
    ),
)
