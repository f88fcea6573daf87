"""Somebody at the table's page, who finds things by what they are called."""

from __future__ import annotations

from typing import Any, Self

from playwright.async_api import Browser, ConsoleMessage, Dialog, Locator, Page, expect

SLOW = 40_000  # milliseconds; the longest wait before a next try to connect included
# What the browser would do, told to the console; scripts added so are not the page's, and its policy is no obstacle.
WATCH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`Against the policy: ${event.violatedDirective} ${event.blockedURI}`))"""


class Seat:
    """One person's page. `complaints` are errors of its scripts, dialogs, and violations of its security policy."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(SLOW)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        page.on("dialog", self._refuse)

    @classmethod
    async def open(cls, browser: Browser, address: str, **context: Any) -> Self:
        """A separate browser profile, at that address."""
        page = await (await browser.new_context(**context)).new_page()
        await page.add_init_script(WATCH)
        seat = cls(page)
        await page.goto(address)
        return seat

    @classmethod
    async def take(cls, browser: Browser, origin: str, name: str, **context: Any) -> Self:
        """From the landing page to the table by one click."""
        seat = await cls.open(browser, origin, **context)
        await seat.sit_down_as(name)
        return seat

    async def sit_down_as(self, name: str) -> None:
        """On the landing page, as the demo's dm, alice, bob or carol."""
        await self.page.locator(f"button[name=username][value={name}]").click()
        await self.is_seated()

    async def is_seated(self) -> None:
        """The table is there, and connected."""
        await self.page.wait_for_url("**/play/*/")
        await expect(self.page.locator('.link-state[data-state="connected"]')).to_have_text("Connected", timeout=SLOW)

    async def says(self, text: str) -> None:
        """Write a line and press Enter."""
        await self.page.get_by_label("Message").fill(text)
        await self.page.get_by_label("Message").press("Enter")

    async def rolls(self, formula: str) -> None:
        """Type a formula and roll it."""
        await self.page.get_by_label("Formula").fill(formula)
        await self.page.get_by_role("button", name="Roll", exact=True).click()

    async def narrates(self, text: str) -> None:
        """As the DM."""
        await self.page.get_by_label("Narration").fill(text)
        await self.page.get_by_role("button", name="Narrate").click()

    async def reads(self, text: str) -> Locator:
        """The one entry of the log with this text, once it is there."""
        line = self.page.get_by_role("log").get_by_role("listitem")
        line = line.filter(has=self.page.get_by_text(text, exact=True))
        await expect(line).to_have_count(1, timeout=SLOW)
        return line

    async def sees_at_the_table(self, *names: str) -> None:
        """Exactly so many people, with these names."""
        people = self.page.get_by_role("list", name="At the table").get_by_role("listitem")
        await expect(people).to_have_count(len(names), timeout=SLOW)
        for name in names:
            await expect(people.filter(has_text=name)).to_have_count(1)

    async def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(f"a dialog: {dialog.message}")
        await dialog.dismiss()

    def _listen(self, message: ConsoleMessage) -> None:
        # A lost connection is an error to the console, and the very thing that some tests are about.
        if message.type == "error" and "ERR_CONNECTION" not in message.text and "WebSocket" not in message.text:
            self.complaints.append(message.text)
