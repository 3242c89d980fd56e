"""The judge: outcomes of walks whose end is known, and the same outcome whatever other walks there are."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import parse_link
from trajectories.gradient import autograd_evaluator
from trajectories.judge import Judge
from trajectories.minima import minima_of
from trajectories.minimum_levels import RADIUS, are_global, is_global, minimum_levels
from trajectories.stepping import Walk
from trajectories.stretch import stretch_of
from trajectories.terrain import derivatives
from trajectories.verdicts import DIVERGED, GLOBAL, KINDS, LEFT, LOCAL, NOWHERE


def verdicts_of(landscape, record, noisy=False):
    judge = Judge(landscape, len(record) - 1, record.shape[1], noisy=noisy)
    judge.add_steps(0, record)
    return judge.verdicts()


def verdict_of(link):
    """Kind and step of a link's first run."""
    scenario, ignored = parse_link(link)
    assert ignored == []
    walk = Walk(scenario)
    walk.advance(scenario.steps)
    verdicts = verdicts_of(scenario.landscape, torch.from_numpy(walk.record), bool(scenario.noise))
    return KINDS[verdicts.kinds[0]], int(verdicts.steps[0])


def record_of(key, optimizer, lr, steps, count, seed=0):
    """The record of walks from random starts, a little beyond the map too, all at once: (steps + 1, count, 5)."""
    landscape = SURFACES[key].landscape
    low, high = torch.tensor(landscape.bounds, dtype=torch.float64).T[:, :, None]
    shares = torch.rand(2, count, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    positions = low + (high - low) * (1.2 * shares - 0.1)
    spec = OPTIMIZERS[optimizer]
    stepped = spec.build([positions], **{h.name: lr if h.name == "lr" else h.default for h in spec.hyperparameters})
    rows = []
    for _ in range(steps + 1):
        rows.append(autograd_evaluator(landscape)(positions).T)
        rows[-1] = torch.cat((positions.T, rows[-1]), dim=1)
        positions.grad = rows[-1][:, 3:].T.contiguous()
        stepped.step()
    return torch.stack(rows)


WALKS = [
    ("himmelblau", "sgd", 0.03, 60),
    ("himmelblau", "adam", 0.3, 101),
    ("rastrigin", "adam", 0.1, 80),
    ("plateau", "sgd", 0.5, 61),
    ("saddle", "sgd", 0.1, 40),
    ("easom", "momentum", 0.5, 150),
    ("mccormick", "sgd", 0.5, 120),
    ("hump", "momentum", 0.07, 200),
    ("rosenbrock", "sgd", 1e-3, 2),
    ("matyas", "sgd", 1.0, 1),
]
each_walk = pytest.mark.parametrize(("key", "optimizer", "lr", "steps"), WALKS)


@each_walk
def test_step_by_step_and_in_blocks_the_outcomes_are_the_same(key, optimizer, lr, steps):
    record = record_of(key, optimizer, lr, steps, 60)
    one, many = (Judge(SURFACES[key].landscape, steps, 60) for _ in range(2))
    for step, row in enumerate(record):
        one.add_steps(step, row[None])
    for first, last in zip([0, 1, 4, 5, 37, 58], [1, 4, 5, 37, 58, steps + 1], strict=True):
        if len(record[first:last]):
            many.add_steps(first, record[first:last])
    whole = verdicts_of(SURFACES[key].landscape, record)
    for other in (one.verdicts(), many.verdicts()):
        for name in ("kinds", "steps", "minima", "exits"):
            assert getattr(other, name).tolist() == getattr(whole, name).tolist(), name


@each_walk
def test_a_walk_has_the_same_outcome_alone_and_with_others(key, optimizer, lr, steps):
    record = record_of(key, optimizer, lr, steps, 30)
    together = verdicts_of(SURFACES[key].landscape, record)
    for column in range(30):
        alone = verdicts_of(SURFACES[key].landscape, record[:, column : column + 1])
        assert (alone.kinds[0], alone.steps[0], alone.minima[0]) == (
            together.kinds[column],
            together.steps[column],
            together.minima[column],
        )


def test_a_descent_on_a_bowl_arrives_at_the_step_of_the_closed_form():
    """Along its flat axis Matyas' bowl has curvature 0.04: with lr 1 each step leaves 0.96 of the distance."""
    edge = RADIUS * 20 / math.sqrt(2)  # of x and of y, at the rim; the lowest point of the rim is there
    assert verdict_of("surface=matyas&start=5,5&steps=150&run=sgd:lr=1") == (
        "global_minimum",
        math.ceil(math.log(edge / 5) / math.log(0.96)),
    )


@pytest.mark.parametrize("steps", [50, 51, 52, 53, 150, 151, 1000, 1001])
@pytest.mark.parametrize(
    "link",
    [
        "surface=matyas&start=5,-5&run=sgd:lr=2",  # the curvature across is 1: from side to side, forever
        "surface=plateau&run=sgd:lr=0.5",  # every other position is off the map
        "surface=mccormick&run=sgd:lr=0.5",
        "surface=himmelblau&run=sgd:lr=0.02",
        "surface=two_wells&run=sgd:lr=0.14",
    ],
)
def test_a_cycle_of_two_is_circling_after_even_and_odd_numbers_of_steps(link, steps):
    assert verdict_of(f"{link}&steps={steps}")[0] == "circling"


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("surface=matyas&start=5,-5&steps=150&run=sgd:lr=1.99", "still_moving"),  # the swing loses 2 % a step
        ("surface=matyas&start=5,-5&steps=1000&run=sgd:lr=1.99", "global_minimum"),
        ("surface=matyas&start=0.001,-0.001&steps=400&run=sgd:lr=2.02", "still_moving"),  # and this one gains
        ("surface=hump&steps=150&run=momentum:lr=0.07,momentum=0.98", "still_moving"),
        ("surface=hump&steps=151&run=momentum:lr=0.07,momentum=0.98", "still_moving"),
        ("surface=saddle&start=0,2.5&noise=2&steps=500&run=sgd:lr=0.1", "circling"),
        ("surface=saddle&start=0,2.5&noise=2&steps=501&run=sgd:lr=0.1", "circling"),
        ("surface=rosenbrock&start=0.8,0.64&steps=100&run=sgd:lr=1e-4", "still_moving"),
        ("surface=freudenstein_roth&start=5,3.81&steps=1&run=sgd:lr=1e-6", "still_moving"),
        ("surface=freudenstein_roth&start=5,3.81&steps=100&run=sgd:lr=1e-6", "still_moving"),
        ("surface=easom&start=-0.9,0.6&steps=50&run=sgd:lr=0.1", "flat"),
    ],
)
def test_a_settled_walk_is_told_from_a_moving_one(link, kind):
    assert verdict_of(link)[0] == kind


@pytest.mark.parametrize("key", SURFACES)
def test_nothing_above_the_level_of_a_basin_has_arrived_there(key):
    """Walks that stop within RADIUS of each minimum: only those at the level of the basin have arrived."""
    landscape, some = SURFACES[key].landscape, minimum_levels(SURFACES[key].landscape)
    generator = np.random.default_rng(3)
    turns, reach = generator.uniform(0, 2 * math.pi, 400), RADIUS * np.sqrt(generator.uniform(0, 1, 400))
    for number in range(min(4, len(minima_of(landscape)))):
        places = some.places[:, number, None] + torch.tensor(reach * np.stack((np.cos(turns), np.sin(turns))))
        positions = (places / some.factor).T
        row = torch.cat((positions, autograd_evaluator(landscape)(positions.T).T), dim=1)
        verdicts = verdicts_of(landscape, row.expand(5, -1, -1))
        arrived = (verdicts.kinds == GLOBAL) | (verdicts.kinds == LOCAL)
        down = row[:, 2] <= some.levels[number]
        assert down.any()
        # On a level curve the level that counts is that of the nearest point of the curve, which is nearly the same.
        slack = 1.05 if minima_of(landscape)[number].level else 1.0
        assert arrived[down].all()
        assert not arrived[row[:, 2] > slack * some.levels[number]].any()
        assert (verdicts.minima[arrived] == number).all()


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("column", range(5))
def test_a_number_that_is_not_finite_is_a_divergence_at_its_first_step(column, bad):
    record = record_of("himmelblau", "sgd", 1e-3, 20, 5)
    record[7, 3, column] = bad
    judge = Judge(SURFACES["himmelblau"].landscape, 20, 5)
    for step, row in enumerate(record):
        judge.add_steps(step, row[None])
    for verdicts in (judge.verdicts(), verdicts_of(SURFACES["himmelblau"].landscape, record)):
        assert (verdicts.kinds == DIVERGED).tolist() == [False, False, False, True, False]
        assert (int(verdicts.steps[3]), int(verdicts.minima[3])) == (7, NOWHERE)


def test_the_map_is_left_at_the_last_departure_and_its_border_belongs_to_it():
    landscape = SURFACES["himmelblau"].landscape
    (_, edge), _ = landscape.bounds
    path = torch.tensor([0.0, edge + 1, edge, math.nextafter(edge, 99), 9, 12, 20, 40, 80], dtype=torch.float64)
    positions = torch.stack((path, torch.zeros_like(path)), dim=1)
    record = torch.cat((positions, autograd_evaluator(landscape)(positions.T).T), dim=1)[:, None]
    verdicts = verdicts_of(landscape, record)
    assert (int(verdicts.kinds[0]), int(verdicts.steps[0])) == (LEFT, 3)


def test_memory_does_not_grow_with_the_steps():
    def size(steps):
        judge = Judge(SURFACES["hump"].landscape, steps, 3)
        for part in (judge, judge._stretch, judge._swing, judge._border):
            for value in vars(part).values():
                yield value.numel() if isinstance(value, torch.Tensor) else 0

    assert sum(size(10_000)) == sum(size(100))


@pytest.mark.parametrize("key", ["rastrigin", "ackley"])
def test_the_table_of_many_minima_finds_the_one_that_is_near(key):
    landscape, some = SURFACES[key].landscape, minimum_levels(SURFACES[key].landscape)
    assert some.table is not None
    turns = torch.linspace(0, 2 * math.pi, 50, dtype=torch.float64)
    rim = RADIUS * torch.stack((turns.cos(), turns.sin()))
    for number in range(len(landscape.known_minima)):
        assert (some.nearest(some.places[:, number, None] + rim) == number).all()


def test_one_tolerance_decides_which_minima_are_global():
    lowest = SURFACES["hump"].landscape.known_minima[0].value
    assert is_global(SURFACES["hump"].landscape, lowest + 1e-5)
    assert not is_global(SURFACES["hump"].landscape, lowest + 1e-2)
    assert are_global(SURFACES["himmelblau"].landscape, minimum_levels(SURFACES["himmelblau"].landscape).values).all()


@pytest.mark.parametrize(
    "link",
    [
        # On the floor of a long valley, where one axis is hardly curved, and still falling along it.
        "surface=beale&start=4.324,0.426&steps=100&run=sgd:lr=0.01",
        "surface=beale&start=0.15,-1.5&steps=100&run=momentum:lr=0.01",
        # Slowly past a saddle.
        "surface=goldstein_price&start=0.319,0.12&steps=100&run=adam:lr=0.01",
        "surface=himmelblau&start=2.5,-0.085&steps=100&run=sgd:lr=0.001",
        "surface=two_wells&start=0.224,-0.781&steps=100&run=momentum:lr=0.001",
    ],
)
def test_a_slow_walk_counts_as_still_moving(link):
    assert verdict_of(link)[0] == "still_moving"


@given(st.integers(1, 60), st.lists(st.integers(1, 20), min_size=1))
def test_blocks_of_any_length_give_the_same_verdicts(steps, lengths):
    record = record_of("himmelblau", "momentum", 0.01, steps, 8)
    judge = Judge(SURFACES["himmelblau"].landscape, steps, 8)
    first = 0
    while first <= steps:
        length = lengths[first % len(lengths)]
        judge.add_steps(first, record[first : first + length])
        first += length
    expected, found = verdicts_of(SURFACES["himmelblau"].landscape, record), judge.verdicts()
    assert torch.equal(found.kinds, expected.kinds)
    assert torch.equal(found.steps, expected.steps)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 20_000))
def test_the_last_stretch_is_a_twentieth_of_the_steps_but_at_least_three_and_at_most_all(steps):
    assert stretch_of(steps) == min(max(3, math.ceil(steps / 20)), steps)


def test_a_hessian_is_that_of_the_closed_form():
    losses, gradients, hessians = derivatives(
        SURFACES["matyas"].landscape, torch.tensor([[1.0, 1.0], [2.0, -1.0]]).double()
    )
    assert losses.tolist() == pytest.approx([0.04, 0.26 * 5 + 0.96])
    assert gradients[0].tolist() == pytest.approx([0.04, 0.04])
    np.testing.assert_allclose(hessians, [[[0.52, -0.48], [-0.48, 0.52]]] * 2)
