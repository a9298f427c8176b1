// A page in a tab in the background, which nobody sees, and whose timers the browser slows.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import { startBridge } from "../harness/bridge.js";
import { startBrowser } from "../harness/browser.js";
import { expect, saved, test as base } from "../harness/test.js";

const MIB = 1024 * 1024;
/** How much the bridge sends, of which the page has acknowledged nothing. */
const WINDOW = MIB;
/** How many bytes go to the server and come back. */
const SIZE = 4 * MIB;

const test = base.extend({
  /** A bridge that tells its operator, on the socket `admin`, what it counts. */
  bridge: [
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), "echo-playground-admin-"));
      const admin = path.join(folder, "admin.sock");
      const bridge = await startBridge({ args: ["--allow", "127.0.0.1:1-65535", "--admin", `unix:${admin}`] });
      await use({ ...bridge, admin });
      await bridge.stop();
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],

  tabs: [
    async ({ launchOptions }, use) => {
      const browser = await startBrowser(launchOptions);
      await use(browser.context);
      await browser.stop();
    },
    { scope: "worker" },
  ],

  page: async ({ tabs }, use) => {
    const page = await tabs.newPage();
    await use(page);
    await page.close();
  },

  /** `await hide()` brings another tab to the front, and `await show()` the page's. */
  tab: async ({ tabs, page }, use) => {
    const other = await tabs.newPage();
    const state = () => page.evaluate(() => document.visibilityState);
    const hide = async () => {
      await other.bringToFront();
      await expect.poll(state).toBe("hidden");
    };
    const show = async () => {
      await page.bringToFront();
      await expect.poll(state).toBe("visible");
    };
    await page.bringToFront();
    await use({ hide, show });
    await other.close();
  },

  /** The page has sent a file to a server, which has all of it and nothing answered yet: its
   *  `socket`, and what it has `taken`. */
  held: async ({ workbench, page, server }, use) => {
    const sent = randomBytes(SIZE);
    let connected;
    const connection = new Promise((resolve) => (connected = resolve));
    const { target } = await server((socket) => {
      const parts = [];
      socket.on("data", (bytes) => {
        parts.push(bytes);
        const taken = Buffer.concat(parts);
        if (taken.length === SIZE) connected({ socket, taken });
      });
    });
    await page.getByRole("button", { name: /^Text · / }).click();
    const file = { name: "random", mimeType: "application/octet-stream", buffer: sent };
    await page.getByLabel("Attach a file…").setInputFiles(file);
    await workbench.run({ target });
    const { socket, taken } = await connection;
    expect(taken.equals(sent)).toBe(true);
    await use({ socket, taken });
  },
});

/** Answers, and waits until the page has ended the connection, as it does once all has come. */
async function answer(socket, bytes) {
  const closed = once(socket, "close");
  socket.write(bytes);
  await closed;
}

/** How often the bridge stopped reading from targets, and how many bytes it has passed on to clients. */
async function counted({ admin }) {
  const [response] = await once(http.get({ socketPath: admin, path: "/metrics" }), "response");
  const lines = (await text(response)).split("\n");
  const value = (name) => Number(lines.find((line) => line.startsWith(`${name} `)).split(" ")[1]);
  return [
    value('tcp_bridge_paused_total{side="target"}'),
    value('tcp_bridge_bytes_total{direction="to_client"}'),
  ];
}

test("a reply that comes in the background is taken whole, and compared", async ({ held, tab, workbench }) => {
  await tab.hide();
  await answer(held.socket, held.taken);
  await tab.show();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.verdict).toContainText("All 4,194,304 bytes came back unchanged.");
});

test("a last byte that is wrong in the background is told", async ({ held, tab, workbench }) => {
  await tab.hide();
  held.taken[SIZE - 1] ^= 1;
  await answer(held.socket, held.taken);
  await tab.show();
  await expect(workbench.verdict).toContainText("Unexpected reply");
  await expect(workbench.verdict).toContainText("First difference: byte 4,194,304 of 4,194,304");
});

test("all that an open connection brings in the background is there afterwards", async ({ tab, workbench, page, server }) => {
  let connected;
  const connection = new Promise((resolve) => (connected = resolve));
  const { target } = await server(connected);
  await workbench.choose("Stay connected");
  await workbench.to.fill(target);
  await workbench.press("Connect");
  await expect(workbench.verdict).toContainText("Connected to");
  const socket = await connection;
  await tab.hide();
  const said = Array.from({ length: 2 * MIB / 16 }, (_, line) => `line ${String(line).padStart(10)}\n`).join("");
  socket.end(said);
  await tab.show();
  await expect(workbench.verdict).toContainText("The server is finished (FIN)");
  await page.getByRole("tab", { name: "Bytes" }).click();
  await workbench.press("Text");
  const save = page.locator("#text .turn.received").getByRole("button", { name: "Save" });
  expect((await saved(page, () => save.click())) === said).toBe(true);
});

test("a page in the background that stands still stops the target, and loses nothing", async ({ held, tab, tabs, page, bridge, workbench }) => {
  await tab.hide();
  const [paused, passed] = await counted(bridge);
  const debug = await tabs.newCDPSession(page);
  await debug.send("Debugger.enable");
  const still = once(debug, "Debugger.paused");
  await debug.send("Debugger.pause");
  const answered = answer(held.socket, held.taken);
  await still;
  await expect.poll(async () => (await counted(bridge))[0]).toBeGreaterThan(paused);
  expect((await counted(bridge))[1]).toBe(passed + WINDOW);
  await debug.send("Debugger.disable");
  await answered;
  await tab.show();
  await expect(workbench.verdict).toContainText("All 4,194,304 bytes came back unchanged.");
});
