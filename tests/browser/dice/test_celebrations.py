"""Critical hits and fumbles, celebrated for a moment and in nobody's way."""

from typing import Any

from playwright.async_api import expect

from tests.browser.conftest import SitDown
from tests.browser.page.test_phone import PHONE
from tests.browser.seat import Seat

# Notes each celebration as it comes, and the most at a time. `in_the_way`: a click meets it, or it moved something.
WATCH = """(() => {
  window.watched = {told: [], most: 0};
  const places = () => [...document.querySelectorAll('.bar, .scene, .side, .composer, .dock')]
    .map((one) => Object.values(one.getBoundingClientRect().toJSON())).concat(document.body.scrollWidth).join();
  const before = document.body && places();
  const known = new Set();
  const note = (one) => {
    if (known.has(one)) return;
    known.add(one);
    const {x, y, width, height} = one.getBoundingClientRect();
    const met = document.elementFromPoint(x + width / 2, y + height / 2);
    watched.told.push({
      words: one.querySelector('strong').textContent, outcome: one.dataset.outcome, secret: 'secret' in one.dataset,
      hidden: one.ariaHidden, in_the_way: one.contains(met) || places() !== before,
      card: document.querySelector('[data-celebrated]')?.textContent ?? '',
      moving: document.getAnimations().filter(({effect}) =>
        effect.target.closest('.celebration, [data-celebrated]') && effect.getTiming().duration > 1).length,
    });
  };
  new MutationObserver(() => {
    const now = document.querySelectorAll('.celebration');
    watched.most = Math.max(watched.most, now.length);
    now.forEach(note);
  }).observe(document, {childList: true, subtree: true});
})()"""


async def watched(seat: Seat, count: int) -> list[dict[str, Any]]:
    """The celebrations at this seat, once there were so many and the last is over."""
    await seat.page.wait_for_function("(count) => watched.told.length >= count", arg=count)
    await expect(seat.page.locator(".celebration")).to_have_count(0)
    told: list[dict[str, Any]] = await seat.page.evaluate("() => watched.told")
    assert len(told) == count
    return told


async def test_a_critical_is_celebrated_for_all_who_look_on_and_moves_nothing(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await dm.sees_at_the_table("dm", "alice")
    for seat in (dm, alice):
        await seat.page.evaluate(WATCH)

    await alice.says("/r 1d1cs1+30")

    for seat in (dm, alice):
        (one,) = await watched(seat, 1)
        assert (one["words"], one["outcome"], one["hidden"]) == ("Critical", "crit", "true")
        assert "1d1cs1+30" in one["card"]
        assert one["moving"] > 0
        assert not one["in_the_way"]
        card = await seat.reads("1d1cs1+30")
        await expect(card.get_by_text("Critical", exact=True)).to_be_visible()
        assert await card.get_attribute("data-celebrated") is None


async def test_it_is_told_once_in_words(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await dm.page.evaluate(
        """() => {
          const live = '[aria-live]:not([aria-live=off]), [role=status], [role=alert]';
          window.heard = [];
          new MutationObserver((changes) => {
            for (const {addedNodes} of changes)
              for (const node of addedNodes) if (node.parentElement?.closest(live)) heard.push(node.textContent);
          }).observe(document.body, {childList: true, subtree: true});
        }"""
    )
    await dm.page.evaluate(WATCH)

    await alice.says("/r 1d1cf1+31")

    (one,) = await watched(dm, 1)
    assert (one["words"], one["outcome"]) == ("Fumble", "fumble")
    heard = await dm.page.evaluate("() => heard.filter((words) => words.includes('umble'))")
    assert heard == ["Wren Ashdown rolled 1d1cf1+31: 32, fumble"]


async def test_what_is_history_is_not_celebrated_again(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await alice.says("/r 1d1cs1+32")
    await dm.reads("1d1cs1+32")

    await dm.page.add_init_script(WATCH)
    await dm.page.reload()
    await dm.reads("1d1cs1+32")
    await alice.says("/r 1d1cf1+36")
    await dm.reads("1d1cf1+36")

    (one,) = await watched(dm, 1)
    assert one["words"] == "Fumble"


async def test_a_hidden_roll_is_celebrated_by_those_who_see_it_and_by_the_others_when_it_is_shown(
    sit_down: SitDown,
) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    for seat in (dm, alice):
        await seat.page.evaluate(WATCH)

    await alice.says("/selfroll 1d1cs1+33")
    (mine,) = await watched(alice, 1)
    await alice.says("Nobody knows.")
    await dm.reads("Nobody knows.")
    await watched(dm, 0)

    await (await alice.reads("1d1cs1+33")).get_by_role("button", name="Reveal").click()
    (shown,) = await watched(dm, 1)
    await expect(alice.page.get_by_role("log").get_by_text("reveals a hidden roll")).to_be_visible()
    await watched(alice, 1)
    assert (mine["secret"], shown["secret"]) == (True, False)


async def test_thirty_at_once_are_celebrated_one_after_the_other_and_not_all(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await dm.page.evaluate(WATCH)

    for line in ("One", "Two", "Three"):
        await alice.says(f"{line}: " + "[[1d1cs1]] " * 10)

    await watched(dm, 2)
    assert await dm.page.evaluate("() => watched.most") == 1


async def test_who_wants_no_motion_has_it_standing_still(sit_down: SitDown) -> None:
    alice = await sit_down("alice", reduced_motion="reduce")
    await alice.page.evaluate(WATCH)

    await alice.says("/r 1d1cs1+34")

    (one,) = await watched(alice, 1)
    assert one["moving"] == 0


async def test_on_a_phone_it_lies_over_the_chat_and_over_the_dice(sit_down: SitDown) -> None:
    alice = await sit_down("alice", **PHONE)
    await alice.page.evaluate(WATCH)

    await alice.says("/r 1d1cs1+35")
    (one,) = await watched(alice, 1)
    assert not one["in_the_way"]
    await expect(alice.page.locator(".celebration")).to_have_count(0)

    await alice.page.get_by_label("Table", exact=True).get_by_role("button", name="Dice").tap()
    await alice.rolls("1d1cs1+36")
    await expect(alice.page.locator(".celebration")).to_be_visible()
