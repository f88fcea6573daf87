import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ended,
  fightOf,
  hitPointsTyped,
  isSmallEnough,
  started,
  stepped,
  withCombatant,
  withHitPoints,
  withoutCombatant,
} from "../../../static/game/combat/combat.js";

const fight = {
  active: true,
  round: 2,
  weather: "fog",
  combatants: [
    { name: "Goblin", initiative: 15, hp: 6, max_hp: 15, shield: true },
    { name: "Aria", initiative: 18, conditions: ["Prone", { name: "Blessed", rounds: 2 }] },
    { name: "Hag" },
  ],
};
const of = (name, more = {}) => ({ current_character_name: name, ...more });
const names = ({ combatants }) => combatants.map(({ name }) => name);

test("the order is by initiative, those without it last", () => {
  const { combatants, round } = fightOf(fight, of("Aria"));

  assert.deepEqual(names({ combatants }), ["Aria", "Goblin", "Hag"]);
  assert.equal(round, 2);
  assert.deepEqual(combatants[0].conditions, [
    { name: "Prone", rounds: null },
    { name: "Blessed", rounds: 2 },
  ]);
  assert.deepEqual([combatants[0].acting, combatants[1].next, combatants[2].next], [true, true, false]);
});

test("a fight that is over, or never was, has nobody in it", () => {
  for (const combat of [null, { active: false, combatants: fight.combatants }, { active: "yes" }])
    assert.deepEqual(fightOf(combat, of("Aria")), { active: false, round: null, combatants: [] });
});

for (const combatants of [
  "all",
  17,
  null,
  { 0: "x" },
  [null, 3, "Goblin", [], {}, { name: 5 }, { name: " " }],
  [{ name: "Goblin", initiative: "high", hp: {}, max_hp: [], conditions: "many" }],
  [
    {
      name: "Goblin",
      hp: Number.NaN,
      conditions: [null, 3, {}, { name: {} }, "", { name: "Prone", rounds: "x" }],
    },
  ],
]) {
  test(`a hostile shape breaks nothing: ${JSON.stringify(combatants)}`, () => {
    const read = fightOf({ active: true, round: "three", combatants }, { current_character_name: {} });

    assert.equal(read.round, null);
    for (const { name, initiative, hp, conditions } of read.combatants) {
      assert.equal(typeof name, "string");
      assert.ok(initiative === null && hp === null);
      assert.ok(conditions.every((condition) => typeof condition.name === "string"));
    }
  });
}

test("thousands of combatants are not all drawn", () => {
  const crowd = Array.from({ length: 5_000 }, () => ({ name: "Rat" }));

  assert.ok(fightOf({ active: true, combatants: crowd }, null).combatants.length <= 100);
});

test("the turn goes down the order, and from the last to the first of the next round", () => {
  assert.equal(stepped(fight, null, 1).turn.current_character_name, "Aria");
  assert.deepEqual(stepped(fight, of("Aria"), 1), {
    turn: { current_character_name: "Goblin", combatant: 0 },
    combat: null,
  });
  const wrapped = stepped(fight, of("Hag", { note: "hurry" }), 1);
  assert.deepEqual(wrapped.turn, { current_character_name: "Aria", combatant: 1, note: "hurry" });
  assert.deepEqual(wrapped.combat, { ...fight, round: 3 });
});

test("the turn goes back up, never before the first round", () => {
  assert.equal(stepped(fight, of("Goblin"), -1).turn.current_character_name, "Aria");
  assert.equal(stepped(fight, of("Aria"), -1).combat.round, 1);
  assert.equal(stepped({ ...fight, round: 1 }, of("Aria"), -1).combat, null);
  assert.equal(stepped(fight, null, -1).turn.current_character_name, "Hag");
});

test("two of one name take their turns one after the other", () => {
  const twins = { active: true, round: 1, combatants: [{ name: "Rat" }, { name: "Rat" }, { name: "Cat" }] };

  const first = stepped(twins, null, 1);
  const second = stepped(twins, first.turn, 1);
  const third = stepped(twins, second.turn, 1);

  assert.deepEqual([first.turn.combatant, second.turn.combatant], [0, 1]);
  assert.equal(third.turn.current_character_name, "Cat");
});

test("without anybody there is no turn to give", () => {
  assert.equal(stepped({ active: true }, of("Aria"), 1), null);
  assert.equal(stepped(null, null, 1), null);
});

test("what others put into the fight stays there", () => {
  const bigger = withCombatant(fight, { name: "Goblin", initiative: 3, hp: 7 });

  assert.equal(bigger.weather, "fog");
  assert.equal(bigger.combatants[0].shield, true);
  assert.deepEqual(bigger.combatants[3], { name: "Goblin 2", initiative: 3, hp: 7, max_hp: 7 });
  assert.deepEqual(withHitPoints(fight, 0, 2).combatants[0], { ...fight.combatants[0], hp: 2 });
  assert.deepEqual(names(withoutCombatant(fight, 1)), ["Goblin", "Hag"]);
  assert.deepEqual(started({ active: false, weather: "fog" }), { active: true, round: 1, weather: "fog" });
  assert.deepEqual(ended(fight), { ...fight, active: false });
});

test("hit points are typed as a count, a wound or a healing", () => {
  const now = { hp: 7, maxHp: 10 };

  for (const [text, hp] of [
    ["4", 4],
    ["-5", 2],
    ["−5", 2],
    ["-20", 0],
    ["+2", 9],
    ["+20", 10],
    ["12", 12],
    ["a", null],
    ["", null],
  ])
    assert.equal(hitPointsTyped(text, now), hp, text);
  assert.equal(hitPointsTyped("+3", { hp: 12, maxHp: 10 }), 12);
  assert.equal(hitPointsTyped("-1", { hp: -3, maxHp: null }), -3);
  assert.equal(hitPointsTyped("+4", { hp: -3, maxHp: 10 }), 4);
});

test("a fight that the server would not take is known before", () => {
  const crowd = Array.from({ length: 300 }, (_, index) => ({ name: `Rat ${index}` }));

  assert.ok(isSmallEnough(fight));
  assert.ok(!isSmallEnough({ active: true, combatants: crowd }));
});
