// What all peers in node say: the same frame as those in Python.

/** Who speaks, as RollScape describes them. */
export const player = (user) => ({
  user_id: user,
  username: `player${user}`,
  character_id: null,
  character_name: null,
  is_dm: false,
  role: "player",
  connected_at: new Date().toISOString(),
});

/** What everybody in the room gets. */
export const chat = (speaker, message) => ({ player: speaker, message, timestamp: new Date().toISOString() });
