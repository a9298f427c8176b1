// Clients of the bridge that are not ours, each as its users run it.

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { createInterface } from "node:readline";

import WebSocket from "ws";

import { startPostgresql, USER } from "../harness/postgresql.js";
import { PYTHON, run, WEBSOCAT } from "../harness/programs.js";
import { startSshd } from "../harness/sshd.js";
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
  expect(String(reason)).toContain("tcp-bridge --allow 192.0.2.1:80");
});

test("websocat gets back what it sends", async ({ bridge }) => {
  const websocat = spawn(WEBSOCAT, ["--binary", `ws://${bridge.address}/ws`]);
  websocat.stdin.write("Hello!");
  let received = "";
  for await (const bytes of websocat.stdout) {
    received += bytes;
    if (received.length >= 6) break;
  }
  expect(received).toBe("Hello!");
  websocat.kill();
});

/** The Python programs in docs/protocol.md, for this bridge. */
async function documentedPrograms(bridge) {
  const document = await readFile(new URL("../../docs/protocol.md", import.meta.url), "utf8");
  const programs = [...document.matchAll(/```python\n(.*?)```/gs)].map(([, program]) => program);
  for (const program of programs) expect(program).toContain("127.0.0.1:8080");
  return programs.map((program) => program.replace("127.0.0.1:8080", bridge.address));
}

test("the Python client in docs/protocol.md runs as written", async ({ bridge }) => {
  const [client] = await documentedPrograms(bridge);
  const { output, code } = await run(PYTHON, ["-c", client]);
  expect(code).toBe(0);
  expect(String(output)).toMatch(/"connected".*^b'Hello!'$.*"closed"/ms);
});

test("the Python server in docs/protocol.md echoes to netcats", async ({ bridge }) => {
  const [, program] = await documentedPrograms(bridge);
  expect(program).toContain("listen=localhost:9000");
  const server = spawn(PYTHON, ["-c", program.replace("localhost:9000", "localhost:0")]);
  const [first] = await once(createInterface(server.stdout), "line");
  const port = JSON.parse(first).address.split(":").at(-1);
  // More than a window: the server acknowledges what it reads.
  const much = randomBytes(3 * 1024 * 1024);
  for (const said of [Buffer.from("Hello!"), much]) {
    const { output } = await run("nc", ["-N", "localhost", port], said);
    expect(output.equals(said)).toBe(true);
  }
  server.kill();
});

test("ssh works through it, which no wrong byte would survive", async ({ bridge }) => {
  const sshd = await startSshd();
  const url = `ws://${bridge.address}/ws?target=127.0.0.1:${sshd.port}`;
  const options = [
    `ProxyCommand=${WEBSOCAT} --binary - '${url}'`,
    `IdentityFile=${sshd.key}`,
    "IdentitiesOnly=yes",
    "StrictHostKeyChecking=no",
    "UserKnownHostsFile=/dev/null",
    "LogLevel=ERROR",
  ].flatMap((option) => ["-o", option]);
  const sent = randomBytes(8 * 1024 * 1024);
  const { output, code } = await run("ssh", ["-F", "none", ...options, `${userInfo().username}@bridge`, "cat"], sent);
  sshd.stop();
  expect(code).toBe(0);
  expect(output.equals(sent)).toBe(true);
});

test("psql copies a table into PostgreSQL and out again, which no wrong byte would survive", async ({ ownBridge, server }) => {
  test.skip(process.platform !== "linux", "the packages are Debian's");
  const postgresql = await startPostgresql();
  try {
    const bridge = await ownBridge({ args: ["--target", `pg=unix:${postgresql.socket}`] });
    const { port } = await server((socket) => {
      const websocat = spawn(WEBSOCAT, ["--binary", "-", `ws://${bridge.address}/ws?target=pg`]);
      socket.pipe(websocat.stdin).on("error", () => {}); // The bridge's Close ends it.
      websocat.stdout.pipe(socket);
    });
    const settings = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"];
    const psql = (statements, input) => {
      const commands = statements.flatMap((statement) => ["-c", statement]);
      const url = `postgresql://${USER}@127.0.0.1:${port}/postgres`;
      return run("psql", [...settings, ...commands, url], input);
    };
    const rows = Array.from({ length: 32 * 1024 }, (_, index) => `${index}\t${randomBytes(64).toString("hex")}\n`);
    const filled = await psql(["CREATE TABLE rows (id int, text text)", "COPY rows FROM STDIN"], rows.join(""));
    expect(filled.code).toBe(0);
    const { output, code } = await psql(["COPY (SELECT * FROM rows ORDER BY id) TO STDOUT"]);
    expect(code).toBe(0);
    expect(String(output) === rows.join("")).toBe(true);
  } finally {
    await postgresql.stop();
  }
});

test("a browser gets 256 MiB back, offered as fast as it can", async ({ page, bridge }) => {
  await page.goto(bridge.url);
  const result = await page.evaluate(async (address) => {
    const [total, piece, window] = [256 * 2 ** 20, 2 ** 16, 2 ** 20];
    const socket = new WebSocket(`ws://${address}/ws`, "tcp-bridge.v1");
    socket.binaryType = "arraybuffer";
    let [sent, acked, received, wrong] = [0, 0, 0, 0];
    // Pieces of a length that is prime to the pattern's, so that every shift shows.
    const pattern = Uint8Array.from({ length: piece + 251 }, (_, index) => index % 251);
    const offer = () => {
      for (; sent < total && sent + piece <= acked + window; sent += piece) {
        socket.send(pattern.subarray(sent % 251, (sent % 251) + piece));
      }
    };
    socket.onopen = offer;
    return new Promise((resolve) => {
      socket.onclose = ({ code }) => resolve({ received, wrong, code });
      socket.onmessage = ({ data }) => {
        if (typeof data === "string") {
          const message = JSON.parse(data);
          if (message.type === "ack") acked = message.bytes;
          return offer();
        }
        const bytes = new Uint8Array(data);
        const middle = bytes.length >> 1;
        for (const at of [0, middle, bytes.length - 1]) wrong += bytes[at] !== (received + at) % 251;
        received += bytes.length;
        socket.send(JSON.stringify({ type: "ack", bytes: received }));
        if (received === total) socket.close(1000);
      };
    });
  }, bridge.address);
  expect(result).toEqual({ received: 256 * 2 ** 20, wrong: 0, code: 1000 });
});
