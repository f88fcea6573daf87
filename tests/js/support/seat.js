import { GameSocket } from "../../../static/game/client/socket.js";
import { FakeClock, fakeNetwork } from "./fakes.js";

/** One GameSocket on a fake network, with everything it told. `random` is 0.5 unless told. */
export function sitDown(options = {}) {
  const clock = new FakeClock();
  const network = fakeNetwork();
  const game = new GameSocket({
    url: "ws://table.test/ws/game/5",
    clock,
    random: () => 0.5,
    WebSocketClass: network.WebSocketClass,
    ...options,
  });
  const told = { frames: [], statuses: [], refused: [] };
  game.on("frame", (frame) => told.frames.push(frame));
  game.on("status", (status) => told.statuses.push(status));
  game.on("refused", (refused) => told.refused.push(refused));
  game.connect();
  return { clock, network, game, told };
}

/** The same, already in the room at `seq`. */
export function joined(options = {}, room = {}) {
  const table = sitDown(options);
  table.network.last.lets(room);
  return table;
}

export const messages = (frames) =>
  frames.filter(({ event }) => event === "chat_message").map(({ data }) => data.message);
