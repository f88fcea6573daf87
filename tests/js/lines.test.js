import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const MOST = 120;
const PLACES = { "static/game": /\.(js|d\.ts)$/ };
const ELSEWHERE = /\/bundles\/|protocol\.d\.ts$/; // generated

const root = new URL("../../", import.meta.url);

for (const [place, kind] of Object.entries(PLACES)) {
  test(`no line of ${place} is longer than ${MOST} characters`, () => {
    const long = readdirSync(new URL(place, root), { recursive: true })
      .map((name) => `${place}/${name}`)
      .filter((name) => kind.test(name) && !ELSEWHERE.test(name))
      .flatMap((name) =>
        readFileSync(new URL(name, root), "utf8")
          .split("\n")
          .flatMap((line, index) => ([...line].length > MOST ? [`${name}:${index + 1}`] : [])),
      );

    assert.deepEqual(long, []);
  });
}
