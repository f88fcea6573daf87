import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchPreview, previewOf } from "../../../static/game/dice/preview.js";

const UNKNOWN = { low: null, high: null, mean: null, bars: null, message: null, reason: null };
const KNOWN = { ...UNKNOWN, low: 1, high: 2, mean: 1.5, bars: [{ probability: 0.5 }, { probability: 0.5 }] };

/** What the page makes of this answer of the server's. */
async function asked(answer) {
  const before = globalThis.fetch;
  globalThis.fetch = answer;
  try {
    return await fetchPreview(
      { origin: "http://here", token: "token" },
      "{1d2}kh1",
      new AbortController().signal,
    );
  } finally {
    globalThis.fetch = before;
  }
}

test("a formula's odds are a range, a mean and a shape", () => {
  assert.deepEqual(previewOf(KNOWN), { min: 1, max: 2, mean: 1.5, shape: [0.5, 0.5] });
});

test("what cannot be rolled is told from what cannot be worked out", () => {
  assert.deepEqual(previewOf({ ...UNKNOWN, message: "No.", reason: "syntax" }), {
    words: "No.",
    refused: true,
  });
  assert.deepEqual(previewOf({ ...UNKNOWN, message: "Too much." }), { words: "Too much.", refused: false });
});

test("a formula is asked about as it is written, by whom the token names", async () => {
  const requests = [];
  await asked(async (url, { headers }) => {
    requests.push([url, headers]);
    return { ok: true, json: async () => KNOWN };
  });

  const address = "http://here/api/dice/preview/?formula=%7B1d2%7Dkh1";
  assert.deepEqual(requests, [[address, { Authorization: "Bearer token" }]]);
});

test("a server that is away, or refuses, or answers strangely, says nothing", async () => {
  assert.equal(
    await asked(async () => {
      throw new TypeError("away");
    }),
    null,
  );
  assert.equal(await asked(async () => ({ ok: false, status: 429 })), null);
  assert.equal(
    await asked(async () => ({
      ok: true,
      json: async () => {
        throw new SyntaxError("no JSON");
      },
    })),
    null,
  );
});
