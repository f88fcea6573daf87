// Socket.IO on node, over its WebSocket transport.
import { Server } from "socket.io";
import { chat, player } from "./common.mjs";

const server = new Server(Number(process.argv[2]), { transports: ["websocket"] });

server.on("connection", (socket) => {
  const { room, user } = socket.handshake.query;
  const speaker = player(Number(user));
  socket.join(room);
  socket.on("chat_message", (data) => server.to(room).emit("chat_message", chat(speaker, data.message)));
});
