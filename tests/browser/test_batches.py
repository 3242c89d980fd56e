"""Mini-batches in a real browser: a field on surfaces with data only, epochs, and the loss of the batch."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_controls import Controls
from trajectories import simulate

BATCH_LOSS, EPOCH = 5, 6  # rows of a card
LINK = "/?surface=cars_raw&start=-10,4&steps=50&batch=16&seed=3&run=sgd:lr=0.0001&run=adam:lr=0.1"


def test_epochs_and_the_loss_of_the_batch_are_shown_with_every_step(page: Page) -> None:
    controls = Controls(page)
    controls.open(LINK).finish()
    scrubber = controls.stage.locator(".scrubber")
    expect(scrubber).to_have_attribute("data-epochs", "")
    for step, epoch, batch in ((50, 13, 3), (49, 13, 2)):  # four batches an epoch, since 16 times 3 is less than 50
        expect(controls.stage).to_have_attribute("data-step", str(step))
        expect(controls.stage.locator(".epoch")).to_have_text(re.compile(rf"\D{epoch}\D+{batch}$"))
        expect(scrubber).to_have_attribute("aria-valuetext", re.compile(rf"\D{epoch}\D+{batch}\D+4$"))
        assert controls.shown(EPOCH) == [[epoch, batch]] * 2
        walks = simulate(controls.scenario)
        assert controls.shown(BATCH_LOSS) == [
            [walk.batch_losses[step]] for walk in walks if walk.batch_losses is not None
        ]
        scrubber.press("ArrowLeft")


def test_a_surface_without_data_has_no_batches(page: Page) -> None:
    controls = Controls(page)
    controls.open(LINK)
    field = controls.typed("batch")
    expect(field).to_have_value("16")
    field.fill("501")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("8")
    field.press("Enter")
    controls.becomes(batch=8)
    controls.arrived()
    controls.picker.locator("input[value=hump]").check(force=True)
    controls.becomes(surface="hump")
    controls.arrived()
    assert controls.scenario.batch == 0
    expect(field).to_have_count(0)
    expect(controls.stage.locator(".epoch")).to_be_hidden()
    expect(controls.stage.locator(".card dl").first.locator("div")).to_have_count(EPOCH - 1)
    page.go_back()
    controls.becomes(surface="cars_raw", batch=8)
    expect(field).to_have_value("8")


def test_a_link_with_a_batch_on_a_surface_without_data_gets_one_sentence(page: Page) -> None:
    controls = Controls(page)
    controls.open(LINK.replace("cars_raw", "hump"))
    assert controls.scenario.batch == 0
    expect(page.get_by_text("batch", exact=False).filter(has_text="hump")).to_have_count(1)
