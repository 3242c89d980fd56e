"""A network on the stage: what the plane leaves out, the boundary that the weights make, the step of two weights."""

import json
import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Page, expect

from components.dataset_note import PALE
from surfaces import SURFACES
from tests.browser.stage_page import StagePage
from trajectories import Scenario, simulate
from trajectories.network_walk import NetworkWalk

KEY = "network_moons"
LINK = f"/?surface={KEY}&start=1,-0.5&steps=40&batch=16&run=sgd:lr=0.1&run=adam:lr=0.02"


@pytest.fixture
def sent(page: Page) -> list[dict[str, object]]:
    """The messages that the page sends through its sockets."""
    messages: list[dict[str, object]] = []

    def keep(text: object) -> None:
        if isinstance(text, str) and text.startswith("{"):
            messages.append(json.loads(text))

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    return messages


@pytest.fixture
def stage(page: Page, sent: list[dict[str, object]]) -> StagePage:
    page.emulate_media(reduced_motion="reduce")
    return StagePage(page).open(LINK)


def numbers_of(stage: StagePage, row: str) -> list[list[float]]:
    """The exact numbers of a row of every card."""
    texts = [cell.get_attribute("title") or "" for cell in stage.stage.locator(f".card .{row} dd").all()]
    return [[float(number.replace("−", "-")) for number in text.split(", ")] for text in texts]


def held(scenario: Scenario, step: int) -> list[list[float]]:
    """The share of each path that the plane holds, from torch's own numbers."""
    squares = [
        [(walk.measures[name][1 : step + 1] ** 2).sum() for name in ("distance", "moved")]
        for walk in simulate(scenario)
    ]
    return [[1 - away / moved] for away, moved in squares]


def hits(scenario: Scenario, step: int) -> list[int]:
    """For how many examples each run's weights at a step predict the class."""
    embedding = SURFACES[KEY].landscape.embedding
    assert embedding is not None
    walk = NetworkWalk(scenario)
    walk.advance(scenario.steps)
    inputs, targets = embedding.network.examples
    outputs = embedding.network.outputs(torch.from_numpy(walk.weights[step]).double(), inputs)
    return ((outputs > 0) == (targets > 0.5)).sum(1).tolist()


def described(stage: StagePage) -> list[int]:
    text = stage.stage.locator(".model canvas").get_attribute("aria-description") or ""
    return [int(number) for number in re.findall(r"class of (\d+) of 120", text)]


def weights_requested(sent: list[dict[str, object]]) -> list[object]:
    """Whether each request for the walk on the screen requests weights."""
    return [message["weights"] for message in sent if (message["kind"], message["slot"]) == ("walk", "walk")]


def test_the_cards_show_what_the_plane_leaves_out(stage: StagePage) -> None:
    stage.finish()
    walks = simulate(stage.scenario)
    for name, row in (("distance", "offPlane"), ("moved", "moved"), ("validation_loss", "validationLoss")):
        assert numbers_of(stage, row) == [[pytest.approx(walk.measures[name][-1])] for walk in walks]
    np.testing.assert_allclose(numbers_of(stage, "held"), held(stage.scenario, 40), rtol=1e-9)
    scrubber = stage.stage.locator(".scrubber")
    scrubber.press("Home")
    scrubber.press("ArrowRight")
    expect(stage.stage).to_have_attribute("data-step", "1")
    np.testing.assert_allclose(numbers_of(stage, "held"), held(stage.scenario, 1), rtol=1e-9)
    expect(stage.stage.locator(".advice").first).to_be_empty()
    expect(stage.page.get_by_text(PALE)).to_be_visible()
    expect(stage.stage.locator("[data-data=add]")).to_be_hidden()  # a network's examples cannot be edited
    expect(stage.switch("batch")).to_be_hidden()  # its gradients have more than two numbers


def test_the_boundary_is_that_of_the_weights_and_they_are_sent_only_for_it(
    stage: StagePage, sent: list[dict[str, object]]
) -> None:
    stage.finish()
    assert described(stage) == hits(stage.scenario, 40)
    stage.stage.locator(".scrubber").press("Home")
    expect(stage.stage).to_have_attribute("data-step", "0")
    assert described(stage) == hits(stage.scenario, 0)
    assert weights_requested(sent) == [True]
    stage.switch("model").click()
    stage.arrived()
    assert weights_requested(sent) == [True, False]


def test_the_inside_of_a_step_shows_two_of_all_weights(stage: StagePage) -> None:
    stage.finish()
    stage.stage.locator(".card .look").nth(1).click()
    panel = stage.stage.locator(".step-panel")
    expect(panel).to_have_attribute("data-step", "40")
    after = [row.get_attribute("data-exact") or "" for row in panel.locator(".positions output").all()]
    (_, adam) = simulate(stage.scenario)
    expected = [adam.measures[f"weight_{number}"][-1] for number in (1, 2)]
    assert [float(text.replace("−", "-")) for text in after] == pytest.approx(expected, rel=1e-12)
    embedding = SURFACES[KEY].landscape.embedding
    assert embedding is not None
    for weight in embedding.plane.watched:
        expect(panel).to_contain_text(embedding.network.name(weight))
    expect(panel.locator(".mark").first).to_be_hidden()
