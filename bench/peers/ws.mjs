// `ws`, the usual WebSocket library of node: rooms in memory, encoded once, one send per recipient.
import { WebSocketServer } from "ws";
import { chat, player } from "./common.mjs";

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]) });
const rooms = new Map();

server.on("connection", (socket, request) => {
  const url = new URL(request.url, "http://localhost");
  const speaker = player(Number(url.searchParams.get("token")));
  if (!rooms.has(url.pathname)) rooms.set(url.pathname, new Set());
  const room = rooms.get(url.pathname);
  room.add(socket);
  socket.on("close", () => room.delete(socket));
  socket.on("message", (text) => {
    const data = chat(speaker, JSON.parse(text).data.message);
    const frame = JSON.stringify({ event: "chat_message", data });
    for (const member of room) member.send(frame);
  });
});
