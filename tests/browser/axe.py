"""What axe-core finds on a page."""

from pathlib import Path
from typing import Any

from tests.browser.seat import Seat

AXE = (Path(__file__).parent / "vendor/axe-core/axe.min.js").read_text()
# Once the colours have changed to the theme's.
RUN = """async (options) => {
  const changing = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(changing.map(({ finished }) => finished));
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
COLOURS = {"runOnly": ["color-contrast"]}


async def is_accessible(seat: Seat) -> None:
    """The whole standard and what axe-core recommends beyond it; in the other looks what they change, the colours."""
    page = seat.page
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE)
    options: dict[str, Any] = {}
    for contrast in ("no-preference", "more"):
        for theme in ("dark", "light"):
            await page.emulate_media(color_scheme=theme, contrast=contrast, reduced_motion="reduce")
            found: list[str] = await page.evaluate(RUN, options)
            assert not found, f"{page.url} in {theme}, contrast {contrast}:\n" + "\n".join(found)
            options = COLOURS
    await page.emulate_media(contrast="no-preference")
