"""The policy that every answer carries lets our pages do all that they do: no page meets a refusal."""

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("address", ["/", "/?embed=true", "/lessons?lesson=hump", "/?inside=0&surface=hump&run=adam"])
def test_no_page_meets_its_own_policy(page: Page, address: str) -> None:
    refused: list[str] = []
    page.expose_function("refused", lambda told: refused.extend([told]))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => "
        "refused(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`))"
    )
    answer = page.goto(address)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    stage = page.get_by_test_id("stage").first
    if "lesson" in address:
        page.get_by_role("button", name="Skip").click()
    expect(stage).to_have_attribute("data-state", "finished", timeout=60_000)
    expect(stage.locator(".js-plotly-plot").first).to_be_attached()
    assert refused == []
