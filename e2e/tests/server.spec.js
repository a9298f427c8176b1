// The page as a TCP server: programs connect to it, and it answers.

import { once } from "node:events";
import net from "node:net";

import { run } from "../harness/programs.js";
import { closedPort, isFree } from "../harness/servers.js";
import { expect, runsMenu, saved, test, Workbench } from "../harness/test.js";

/** The page as a server, by the names that people know its parts by. */
class Server {
  constructor(page) {
    this.page = page;
    this.workbench = new Workbench(page);
    this.region = page.getByRole("region", { name: "Server" });
    this.address = page.getByRole("textbox", { name: "Listen on" });
    this.connections = this.region.getByRole("list", { name: "Connections" }).getByRole("button");
    this.log = page.getByRole("log");
  }

  /** Chooses the role, and an address. */
  async setUp({ port, answer } = {}) {
    await this.workbench.choose("Server");
    if (port) await this.address.fill(`localhost:${port}`);
    if (answer) await this.workbench.choose(answer);
  }

  /** Listens on a free port, and returns it. */
  async listen(options = {}) {
    await this.setUp({ port: 0, ...options, ...(options.port ? {} : { port: "0" }) });
    await this.workbench.press("Listen");
    const sentence = this.region.getByRole("heading", { name: /^Listening on/ });
    await expect(sentence).toBeVisible();
    return Number((await sentence.innerText()).match(/:(\d+)/)[1]);
  }

  /** How many connections of the list are in this state. */
  inState(state) {
    return this.connections.filter({ hasText: state });
  }
}

/** A TCP client that keeps what comes. */
async function connect(port) {
  const socket = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  // An error comes before the close, and is no failure of the wait.
  const event = (name) => new Promise((resolve) => socket.once(name, resolve));
  const client = { socket, text: "", ended: event("end"), closed: event("close") };
  socket.on("data", (bytes) => (client.text += bytes));
  socket.on("error", (error) => (client.error = error.code));
  await once(socket, "connect");
  return client;
}

test.beforeEach(async ({ page }) => {
  page.server = new Server(page);
});

test("nc connects to the page, and gets back what it sent", { tag: "@main" }, async ({ workbench, page, terminal }) => {
  const server = page.server;
  await server.setUp();
  await expect(server.region).toContainText("This page becomes a TCP server: programs on this machine can connect to it.");
  const port = await server.listen();
  await expect(server.region).toContainText("Nobody has connected yet.");
  const command = await server.region.getByRole("code").first().innerText();
  expect(command.trim()).toBe(`nc localhost ${port}`);
  const nc = terminal(`(printf 'Hello!'; sleep 5) | ${command}`);
  await expect.poll(() => nc.output).toBe("Hello!");
  await expect(server.connections).toHaveCount(1);
  await expect(server.connections).toContainText(/127\.0\.0\.1:\d+|::1/);
  await expect(server.connections).toContainText("← 6 B");
  await expect(server.connections).toContainText("→ 6 B");
  await expect(server.connections).toHaveAttribute("aria-pressed", "true");
  await workbench.expectAccessible();
});

test("what arrives runs from the client to the page, and the answer back", async ({ workbench, page }) => {
  const server = page.server;
  const client = await connect(await server.listen());
  client.socket.write("Hello!");
  await expect.poll(() => client.text).toBe("Hello!");
  client.socket.end();
  await client.ended;
  await expect(server.inState("closed")).toHaveCount(1);
  const view = page.locator(".view");
  await expect(view.locator(".party")).toHaveText(["client", "bridge", "page"]);
  const rows = server.log.locator(".row");
  await expect(rows.filter({ hasText: "has connected" })).toContainText("accepted");
  await expect(rows.filter({ hasText: "has connected" })).toContainText("SYN · inferred");
  const bytes = rows.filter({ hasText: "6 bytes" });
  await expect(bytes).toHaveCount(2);
  // The client's lifeline stands left, the page's right.
  const box = async (name) => bytes.first().locator(name).boundingBox();
  expect((await box(".tcp")).x).toBeLessThan((await box(".page")).x);
  await expect(bytes.nth(0).locator(".tcp")).toHaveClass(/received/);
  await expect(bytes.nth(1).locator(".tcp")).toHaveClass(/sent/);
  await expect(server.log).toContainText("The client finished (FIN)");
  await page.getByRole("tab", { name: "Bytes" }).click();
  await expect(page.getByRole("row", { name: /48 65 6c 6c 6f 21/ })).toHaveCount(2);
  await workbench.expectAccessible();
});

test("by hand the message goes to the selected connection, with FIN and RST", async ({ workbench, page }) => {
  const server = page.server;
  const port = await server.listen({ answer: "By hand" });
  const [first, second] = [await connect(port), await connect(port)];
  await expect(server.connections).toHaveCount(2);
  first.socket.write("How much?\n");
  await expect(server.log).toContainText("How much?");
  await workbench.message.fill("你好");
  await workbench.message.press("Enter");
  await expect.poll(() => first.text).toBe("你好");
  // The newest stands first.
  await server.connections.first().click();
  await workbench.message.fill("Bye");
  await workbench.send.click();
  await expect.poll(() => second.text).toBe("Bye");
  await server.region.getByRole("button", { name: "Finish (FIN)" }).click();
  await second.ended;
  await expect(server.inState("you sent FIN")).toHaveCount(1);
  await server.connections.last().click();
  await server.region.getByRole("button", { name: "Reset (RST)" }).click();
  await first.closed;
  expect(first.error).toBe("ECONNRESET");
  await expect(server.inState("you sent RST")).toHaveCount(1);
  second.socket.destroy();
});

test("the list is walked with the arrow keys", async ({ workbench, page }) => {
  const server = page.server;
  const port = await server.listen();
  const clients = [await connect(port), await connect(port), await connect(port)];
  await expect(server.connections).toHaveCount(3);
  await server.connections.last().focus();
  await page.keyboard.press("ArrowUp");
  await expect(server.connections.nth(1)).toBeFocused();
  await expect(server.connections.nth(1)).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("ArrowDown");
  await expect(server.connections.nth(2)).toBeFocused();
  clients.forEach(({ socket }) => socket.destroy());
  await workbench.expectAccessible();
});

test("Enter in the field listens, and a port that is taken is told in a sentence", async ({ workbench, page, context, bridge }) => {
  const server = page.server;
  const port = await closedPort();
  await server.setUp({ port });
  await server.address.press("Enter");
  await expect(server.region.getByRole("heading", { name: `Listening on localhost:${port}` })).toBeVisible();
  const other = new Server(await context.newPage());
  await other.workbench.open(bridge.url);
  await other.setUp({ port });
  await other.workbench.press("Listen");
  await expect(other.region).toContainText(`Another program, or another tab, listens on localhost:${port}`);
  await workbench.press("Stop listening");
  await expect(server.region).toContainText(`No longer listening on localhost:${port}`);
  // The bridge listens until the WebSocket's Close has reached it.
  await expect.poll(() => isFree(port)).toBe(true);
  await other.workbench.press("Listen again");
  await expect(other.region.getByRole("heading", { name: `Listening on localhost:${port}` })).toBeVisible();
  const client = await connect(port);
  client.socket.end("Hello!");
  await client.ended;
  expect(client.text).toBe("Hello!");
});

test("a reload ends the listener, says so, and never listens by itself", async ({ workbench, page }) => {
  const server = page.server;
  const port = await closedPort();
  await server.listen({ port });
  await page.reload();
  await expect(server.region).toContainText(`The page was reloaded, so nothing listens on localhost:${port} any more.`);
  await expect(connect(port)).rejects.toThrow(/ECONNREFUSED/);
  await workbench.press("Listen again");
  await expect(server.region.getByRole("heading", { name: /^Listening on/ })).toBeVisible();
  await page.goto("about:blank");
});

test("a link sets the server up and does not listen", async ({ page, bridge }) => {
  const port = await closedPort();
  await page.goto(`${bridge.url}#role=server&listen=localhost:${port}&answer=hand`);
  const server = page.server;
  await expect(server.address).toHaveValue(`localhost:${port}`);
  await expect(page.getByRole("radio", { name: "By hand" })).toBeChecked();
  await expect(server.region).toContainText("This page becomes a TCP server");
  await expect(connect(port)).rejects.toThrow(/ECONNREFUSED/);
});

test("a hundred clients at once are echoed", async ({ workbench, page }) => {
  const server = page.server;
  const port = await server.listen();
  const clients = await Promise.all(Array.from({ length: 100 }, () => connect(port)));
  clients.forEach(({ socket }, index) => socket.end(`client ${index}`));
  await Promise.all(clients.map(({ ended }) => ended));
  expect(clients.map(({ text }) => text)).toEqual(clients.map((_, index) => `client ${index}`));
  await expect(server.inState("closed")).toHaveCount(100);
  await workbench.expectAccessible();
});

test("a client that floods is held back, and gets back all that it sent", async ({ workbench, page }) => {
  const server = page.server;
  const client = net.connect({ port: await server.listen(), host: "127.0.0.1" });
  await once(client, "connect");
  const total = 24 * 1024 * 1024;
  let received = 0;
  client.pause();
  const done = new Promise((resolve) => {
    client.on("data", (bytes) => {
      received += bytes.length;
      if (received === total) resolve();
    });
  });
  // Nothing is read, so the client's own writes come to a standstill.
  const chunk = Buffer.alloc(1024 * 1024, "x");
  for (let sent = 0; sent < total; sent += chunk.length) client.write(chunk);
  await expect.poll(() => server.connections.innerText()).toMatch(/← [\d.]+ MB/);
  const stalled = client.writableLength;
  expect(stalled).toBeGreaterThan(8 * 1024 * 1024);
  client.resume();
  await done;
  await expect(server.connections).toContainText(/← 25\.\d MB/);
  client.destroy();
  await workbench.expectAccessible();
});

test("a connection that is over is among the runs, and can be exported", async ({ workbench, page }) => {
  const server = page.server;
  const client = await connect(await server.listen());
  client.socket.end("Hello!");
  await client.ended;
  const runs = page.getByRole("region", { name: "Runs" });
  await expect(runs.getByRole("listitem")).toHaveCount(1);
  await runs.getByRole("listitem").getByRole("button").click();
  await expect(page.locator(".view .party")).toHaveText(["client", "bridge", "page"]);
  await expect(page.getByRole("button", { name: "Run again" })).toHaveCount(0);
  await workbench.expectAccessible();
  const file = JSON.parse(await saved(page, () => runsMenu(page, "Export")));
  expect(file.runs[0]).toMatchObject({ how: "interactive", role: "server" });
});

test("the bridge's own echo server makes room, and comes back", async ({ page, ownBridge }) => {
  const echo = await closedPort();
  const bridge = await ownBridge({ echo: `127.0.0.1:${echo}` });
  const server = page.server;
  await server.workbench.open(bridge.url);
  await server.setUp({ port: echo });
  await expect(page.getByText("The echo server there makes room, and comes back afterwards.")).toBeVisible();
  await server.workbench.press("Listen");
  await expect(server.region.getByRole("heading", { name: `Listening on localhost:${echo}` })).toBeVisible();
  const client = await connect(echo);
  await expect(server.connections).toHaveCount(1);
  client.socket.destroy();
  // The bridge looks twice a second who listens there.
  const whose = async () => (await (await fetch(`${bridge.url}api/info`)).json()).echo;
  await expect.poll(whose).toBe("external");
  await server.workbench.press("Stop listening");
  await expect(async () => {
    const { output } = await run("ncat", ["127.0.0.1", String(echo)], "back");
    expect(String(output)).toBe("back");
  }).toPass();
});

test("where listening is forbidden, the flag that allows it can be copied", async ({ page, ownBridge }) => {
  const bridge = await ownBridge({ args: ["--allow-listen", "off"] });
  const server = page.server;
  await server.workbench.open(bridge.url);
  await server.setUp();
  await server.workbench.press("Listen");
  await expect(server.region).toContainText("The bridge may not listen on localhost:9000");
  await expect(server.region.getByRole("code").first()).toContainText("--allow-listen localhost:9000");
});

test("a bridge that goes away takes the listener along", async ({ page, ownBridge }) => {
  const bridge = await ownBridge();
  const server = page.server;
  await server.workbench.open(bridge.url);
  await server.listen();
  await bridge.stop();
  await expect(server.region).toContainText(/The bridge went away, so nothing listens on/);
  await expect(server.region.getByRole("button", { name: "Listen again" })).toBeVisible();
});
