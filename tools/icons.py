"""Draws static/game/icons from the logo's mark: `.venv/bin/python tools/icons.py`, with Debian's chromium."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "static/game/icons"
GROUND, MARK = "#1a1613", "#7ccab5"
# The mark stands on the grid of icons.svg: 20 by 20, lines 1.25 wide.
SHAPES = (
    '<path d="M10 1.6 17.3 5.8v8.4L10 18.4 2.7 14.2V5.8z"/>'
    '<path d="M2.9 13.2c2.2-.3 3.2-3.1 5.2-3.1s2.5 1.9 4.1 1.9 2.3-1.1 4.9-.9"/>'
    '<circle cx="12.6" cy="7" r="1.4"/>'
)


def drawing(share: float, radius: float) -> str:
    """The mark on a square of 20 with rounded corners, taking this share of its side."""
    edge = 10 * (1 - share)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
        f'<rect width="20" height="20" rx="{radius:g}" fill="{GROUND}"/>'
        f'<g transform="translate({edge:g} {edge:g}) scale({share:g})" fill="none" stroke="{MARK}" stroke-width="1.25" '
        f'stroke-linecap="round" stroke-linejoin="round">{SHAPES}</g></svg>\n'
    )


def photograph(page: Page, svg: str, side: int, name: str) -> None:
    """The drawing as a PNG of that many pixels."""
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(f"<style>html,body{{margin:0;background:none}}svg{{display:block}}</style>{svg}")
    (FOLDER / name).write_bytes(page.screenshot(omit_background=True))


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    plain = drawing(0.78, 4.4)
    # Of a maskable icon only the inner circle of 80 % is sure to be seen.
    maskable = drawing(0.56, 0)
    (FOLDER / "logo.svg").write_text(plain)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        for side in (192, 512):
            photograph(page, plain, side, f"icon-{side}.png")
            photograph(page, maskable, side, f"maskable-{side}.png")
        browser.close()


if __name__ == "__main__":
    main()
