"""The evening at the demo table: what was prepared, and what was played, line by line.

The dice are real, so the story goes where they fall: only what is said around them is written here. A new subject
adds a line or two where it belongs in the scene, and a method to `Person`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from game.campaign.models import Campaign, Character
from game.demo.players import Combatant, Fight, Person, Sitting
from game.engine.models import Session
from game.macros import macros
from game.roll_tables.models import RollTable, RollTableRow

TITLE = "The Drowned Bell"
AGO = timedelta(minutes=50)  # it began; it takes some forty

# Prepared ------------------------------------------------------------------------------------

MACROS = {
    "alice": {
        "Shortbow": "/roll 2d20kh1 + 6 # Shortbow\n/roll 1d6 + 4 # Piercing",
        "Listen": "/roll 1d20 + 5 # Perception",
    },
    "bob": {
        "Lantern flame": "/roll 2d8 # Radiant",
        "Steady now": "/roll 1d20 + 2 # Constitution save",
    },
}
TIDE_TABLE = "What the tide leaves"
TIDE_ROWS = (
    (3, "A glass float with a knot of grey hair inside it."),
    (3, "[[2d6]] silver pennies, all worn smooth on the same side."),
    (2, "A lamplighter’s glove. It is dry."),
    (2, "A child’s shoe full of salt, laced to the top."),
    (1, "The clapper of a small bell, wrapped in a letter that the water did not touch."),
    (1, "A lantern, lit."),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: Maren leads, Alice plays Wren, Bob plays Tobin."""

    maren: Person
    wren: Person
    tobin: Person
    tide: RollTable


def play_evening(session: Session, users: dict[str, User], characters: dict[str, Character]) -> None:
    """Prepare and play it, in a session that nothing was said in yet; `users` and `characters` by part."""
    _lay_macros(session.campaign, users, characters)
    sitting = Sitting(session)
    cast = Cast(
        Person(sitting, users["dm"]),
        Person(sitting, users["alice"], characters["alice"]),
        Person(sitting, users["bob"], characters["bob"]),
        _tide_table(session.campaign),
    )
    crossing(cast)
    chapel(cast)
    Battle(cast).fight()


def _lay_macros(campaign: Campaign, users: dict[str, User], characters: dict[str, Character]) -> None:
    for name, lines in MACROS.items():
        character = characters[name].pk
        made = [
            macros.create_macro(users[name], campaign.pk, {"name": title, "text": text, "character_id": character})
            for title, text in lines.items()
        ]
        keys: dict[int, int | None] = {key: macro.pk for key, macro in enumerate(made, 1)}
        macros.set_slots(users[name], campaign.pk, character, keys)


def _tide_table(campaign: Campaign) -> RollTable:
    table = RollTable.objects.create(campaign=campaign, name=TIDE_TABLE, with_replacement=False, players_may_draw=True)
    RollTableRow.objects.bulk_create(
        RollTableRow(table=table, position=place, weight=weight, text=text)
        for place, (weight, text) in enumerate(TIDE_ROWS)
    )
    return table


# Played --------------------------------------------------------------------------------------


def crossing(at: Cast) -> None:
    """By boat to the chapel."""
    at.wren.asks_for_new_seeds()
    at.wren.adds_seed("seven lamps and a ferry")
    at.tobin.adds_seed("keep your feet dry")
    at.maren.narrates(
        "Low water. The salt road runs out between two rows of posts, and every lamp along it is cold. At its end the "
        "chapel of the Drowned Bell stands on its rock with the door open. There is no bell. The sea took it forty "
        "winters ago.\n\nOut under the water, something rings once."
    )
    at.wren.says("Did everybody hear that, or only the one with the good ears?")
    at.tobin.says("Everybody. My teeth heard it.")
    at.maren.says(
        "Old Bess ships her oars. “One ring for slack water. Two when it turns. Nobody who stayed for the third ever "
        "told me what it is for.”"
    )
    at.tobin.says("So we have [[1d4 + 1]] minutes of slack water, by my very reliable guess.")
    at.wren.acts("search", place="the last lamp post")
    if at.wren.rolls("2d20kh1 + 5", "Perception, Tobin holds the light") >= 15:
        at.maren.says("The wick did not burn down. It was pinched out by wet fingers, low, where a child would reach.")
    else:
        at.maren.says("Wet. Wet well above the tide line, and that is all the dark lets you see.")
    at.maren.rolls("1d20 + 6", "Stealth: what follows the boat", "dm")
    at.tobin.says("I watch Bess. Is she afraid of this?")
    at.tobin.rolls("1d20 + 3", "Insight: Old Bess", "blind")
    at.maren.says("She has not looked at the water once since you left the shore. She could be tired.")
    at.tobin.says("That was a blind roll, Maren. I hate those.", out_of_character=True)


def chapel(at: Cast) -> None:
    """Down to the well."""
    at.maren.narrates(
        "Inside, the floor is a hand deep in black water. From the empty beam where a bell should hang, a rope runs "
        "straight down into the well, new and taut and dripping.\n\nSomething is holding the other end."
    )
    at.wren.says("New rope. So somebody still rings for service. What has the tide left in the font?")
    at.wren.draws(at.tide)
    at.tobin.says("I am not touching that. I am touching the rope, which is worse.")
    held = at.tobin.rolls_each("1d20 + 2 x3", "Strength: hold the rope, three pulls")
    match sum(result >= 11 for result in held):
        case 3:
            at.maren.says("It pulls three times, and three times you keep your feet. Below, it stops to think.")
        case 1 | 2:
            at.maren.says("It takes a yard of rope and the skin of your palms. You are still here. So is the rope.")
        case _:
            at.maren.says("Wren gets you by the collar at the very edge. Your lantern goes down alone, still burning.")
    at.wren.says("Let go of it, Tobin.")
    at.tobin.says("I did. A while ago.")
    at.wren.asks_for_new_seeds()


class Battle:
    """At the well, up to Wren's second turn: each acts as it is their turn, in the order that the dice made."""

    def __init__(self, at: Cast) -> None:
        self.at = at
        at.maren.narrates(
            "The rope goes slack. Two rings, right under your feet; then the well gives back what was holding on. A "
            "sexton in a coat of mussels. A hound that is mostly salt. And after them, bowed under the weight of what "
            "it wears for a head, the ringer itself.\n\nThe tide has turned. Roll for initiative."
        )
        first = at.wren.rolls("1d20 + 3", "Initiative")
        second = at.tobin.rolls("1d20 + 1", "Initiative")
        others = at.maren.rolls_each("1d20 + 1 x4", "Initiative: ringer, sexton, hound, Bess")
        self.wren = Combatant("Wren Ashdown", first, 27, 15)
        self.tobin = Combatant("Tobin Marsh", second, 24, 14)
        self.ringer = Combatant("Bell-ringer", others[0], 52, 14)
        self.sexton = Combatant("Drowned sexton", others[1], 26, 12)
        self.hound = Combatant("Salt hound", others[2], 13, 13)
        self.bess = Combatant("Old Bess", others[3], 9, 11)
        everybody = [self.wren, self.tobin, self.ringer, self.sexton, self.hound, self.bess]
        self.order = Fight(at.maren, everybody)

    def fight(self) -> None:
        """One round, and of the second what comes before Wren."""
        first = {
            self.wren.name: self._wren_shoots,
            self.tobin.name: self._tobin_burns,
            self.ringer.name: self._ringer_tolls,
            self.sexton.name: self._sexton_swings,
            self.hound.name: self._hound_bites,
            self.bess.name: self._bess_helps,
        }
        then = {
            self.tobin.name: self._tobin_shields,
            self.ringer.name: self._ringer_listens,
            self.sexton.name: self._sexton_gropes,
            self.hound.name: self._hound_circles,
            self.bess.name: self._bess_rows,
        }
        for one in self.order.turns():
            if one.left > 0:
                self.order.begin_turn(one)
                first[one.name]()
        self.order.begin_round()
        for one in self.order.turns():
            self.order.begin_turn(one)
            if one is self.wren:
                break
            then[one.name]()
        self._leave_off()

    def _leave_off(self) -> None:
        """Here the visitor comes in."""
        self.at.maren.narrates(
            "The second ring has not died away. The water stands to your knees, and in it, one after the other, the "
            "lamps of the salt road come on: all of them, from below.\n\nWren, the rope runs past your hand, tight as "
            "a bowstring. What do you do?"
        )
        self.at.tobin.says("Whatever it is, do it before that thing rings again.")
        self.at.wren.says("One shadow in here is the wrong way round. Which?")
        self.at.wren.rolls("2d20kh1 + 5", "Perception, by all those lamps")

    # The first round -------------------------------------------------------------------------

    def _wren_shoots(self) -> None:
        self.at.wren.acts("attack", target=self.sexton.name, weapon="Shortbow")
        self.at.wren.reports("1d20 + 6", [20], 26, "Shortbow, with my lucky die")
        self.at.wren.says("Twenty! On the real one! Maren, you saw that on camera.", out_of_character=True)
        self.order.wound(self.sexton, self.at.wren.rolls("2d6 + 4", "Critical hit, piercing"))
        self.at.maren.says("The arrow goes in where the buttons are. Something in there breaks like a plate.")

    def _tobin_burns(self) -> None:
        self.at.tobin.acts("cast", spell="Lantern flame", target=self.ringer.name)
        burnt = self.at.tobin.rolls("2d8", "Radiant")
        if self.at.maren.rolls("1d20 + 1", f"{self.ringer.name}: Dexterity save") >= 13:
            self.at.maren.says("The bell swallows half of the light and hums, as if it liked the taste.")
            burnt //= 2
        else:
            self.at.maren.says("The light goes in and does not come out. What is inside the bell turns away from it.")
        self.order.wound(self.ringer, burnt)

    def _ringer_tolls(self) -> None:
        self.at.maren.says("The Bell-ringer nods, once. You do not hear it so much as lose everything else.")
        if self.at.tobin.rolls("1d20 + 2", "Constitution save") >= 13:
            self.at.tobin.says("I bite down on the lantern strap and think of dry land.")
        else:
            self.order.afflict(self.tobin, "Deafened", 3)
            self.at.tobin.says("WHAT?")

    def _sexton_swings(self) -> None:
        self._strikes(self.sexton, 4, self.wren, "1d6 + 2", "Wren", "a spade with no handle left")

    def _hound_bites(self) -> None:
        self._strikes(self.hound, 3, self.tobin, "1d4 + 1", "Tobin", "a mouth that leaves a white ring")

    def _strikes(self, foe: Combatant, bonus: int, target: Combatant, damage: str, whom: str, what: str) -> None:
        if self.at.maren.rolls(f"1d20 + {bonus}", f"{foe.name} against {whom}") >= target.armour_class:
            self.order.wound(target, self.at.maren.rolls(damage, f"{foe.name}: damage to {whom}"))
            self.at.maren.says(f"{whom} meets {what}.")
        else:
            self.at.maren.says(f"{whom} is not where it thought. It takes a splinter out of the pew instead.")

    def _bess_helps(self) -> None:
        self.at.maren.says("Old Bess comes in with the boat hook, and she is not rowing now.")
        if self.at.maren.rolls("1d20 + 2", "Old Bess: boat hook") >= self.hound.armour_class:
            self.order.wound(self.hound, self.at.maren.rolls("1d6", "Boat hook"))
        else:
            self.at.maren.says("“Stand still, you,” says Bess to the hound, and it does not.")

    # The second ------------------------------------------------------------------------------

    def _tobin_shields(self) -> None:
        self.at.tobin.acts("help", target=self.wren.name)
        self.at.tobin.says("I hold the lantern up behind you. Aim at whatever throws the wrong shadow.")

    def _ringer_listens(self) -> None:
        self.at.maren.says(
            "The Bell-ringer leans towards the rope and waits, the way you wait for a step on the stair."
        )

    def _sexton_gropes(self) -> None:
        self.at.maren.says("The sexton feels along the floor for the arrow, finds it, and pockets it. It is tidy.")

    def _hound_circles(self) -> None:
        self.at.maren.says("The hound walks round you once. Where it has been, the water is skinned with ice.")

    def _bess_rows(self) -> None:
        self.at.maren.says("“Boat is tied with one hitch,” calls Bess. “I can have it off in a breath. Say when.”")
