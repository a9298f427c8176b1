// The raw dialect, spoken by a client that is not ours.

import { once } from "node:events";

import WebSocket from "ws";

import { expect, test } from "../harness/test.js";

test("Node's ws gets back what it sends, as text and as binary", async ({ bridge }) => {
  const socket = new WebSocket(`ws://${bridge.address}/ws`);
  await once(socket, "open");
  let received = "";
  const all = new Promise((resolve) => {
    socket.on("message", (bytes) => {
      received += bytes;
      if (received.length >= 12) resolve();
    });
  });
  socket.send("Hello!");
  socket.send(Buffer.from("Hello!"));
  await all;
  expect(received).toBe("Hello!Hello!");
  socket.close(1000);
  const [code] = await once(socket, "close");
  expect(code).toBe(1000);
});

test("a refusal reaches it as close code and reason", async ({ bridge }) => {
  const socket = new WebSocket(`ws://${bridge.address}/ws?target=192.0.2.1:80`);
  const [code, reason] = await once(socket, "close");
  expect(code).toBe(1008);
  expect(String(reason)).toContain("bridge --allow 192.0.2.1:80");
});
