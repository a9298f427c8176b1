// Commands for a terminal, run exactly as they are copied from the page, where it shows them.
// `bridge/tests/suite/terminal_commands.rs` runs them all; here are those that take a page.

import http from "node:http";
import net from "node:net";

import { closedPort, lan, listen } from "../harness/servers.js";
import { Workbench, expect, pasted, test } from "../harness/test.js";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** Waits until a bridge that a terminal started can be opened, and returns where. */
async function opened(terminal, timeout = 30_000) {
  const url = () => terminal.output.match(/^Open (\S+)/m)?.[1];
  await expect.poll(url, { timeout, message: "what the terminal shows" }).toBeTruthy();
  return url();
}

/** Copies the command beside which the button is, and returns what is pasted. */
async function copied(page, row) {
  await row.getByRole("button", { name: "Copy" }).click();
  const text = await row.locator("code").innerText();
  await expect.poll(() => pasted(page)).toBe(text);
  return pasted(page);
}

for (const [what, command] of [
  ["an installed bridge", "tcp-bridge"],
  ["a bridge of the project", "cargo xtask run"],
]) {
  test(`${what} is restarted as copied, with the flag that it lacked`, async ({ page, terminal, server, consoleErrors }) => {
    // cargo may have to build what has changed since the last build.
    test.setTimeout(600_000);
    const { target } = await server("upper");
    const first = terminal(`${command} --listen 127.0.0.1:0 --echo localhost:0 --max-sessions 77`);
    const workbench = new Workbench(page);
    await workbench.open(await opened(first, 540_000));
    const echo = await workbench.to.inputValue();
    await workbench.run({ target });
    const row = workbench.verdict.locator(".command");
    const restart = await copied(page, row);
    expect(restart).toMatch(new RegExp(`^${command} --listen 127.0.0.1:\\d+ --echo ${echo} --max-sessions 77 --allow ${target}$`));
    await first.close();
    const second = terminal(restart);
    await workbench.open(await opened(second, 540_000));
    await workbench.run({ target });
    await expect(workbench.verdict).toContainText("Unexpected reply: HELLO!");

    // The bridge goes away: the page says how to start it as it is now, and notices when it is up.
    await second.close();
    await workbench.send.click();
    const start = await copied(page, row);
    expect(start.split(" ").sort()).toEqual(restart.split(" ").sort());
    await opened(terminal(start), 540_000);
    await expect(workbench.verdict).toContainText("The bridge is up again");
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Unexpected reply: HELLO!");
    consoleErrors.length = 0;
  });
}

test("a page that another server passes on is let in as copied", async ({ page, terminal, consoleErrors }) => {
  const first = terminal("tcp-bridge --listen 127.0.0.1:0 --echo localhost:0");
  const bridge = new URL(await opened(first));
  const proxy = await startProxy(bridge);
  const workbench = new Workbench(page);
  await workbench.open(proxy.url);
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("the bridge refused this page");
  const restart = await copied(page, workbench.verdict.locator(".command"));
  expect(restart).toContain(` --origin ${new URL(proxy.url).origin}`);
  await first.close();
  await opened(terminal(restart));
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  proxy.stop();
  consoleErrors.length = 0;
});

/** Starts a server that has a bridge's files and descriptions as its own, and passes WebSockets on. */
async function startProxy({ hostname, port, host }) {
  const server = http.createServer((request, response) => {
    const passed = http.request({ hostname, port, path: request.url, headers: { host } });
    passed.on("response", (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers)));
    passed.on("error", () => response.destroy());
    passed.end();
  });
  server.on("upgrade", ({ url, headers }, socket) => {
    const lines = Object.entries({ ...headers, host }).map(([name, value]) => `${name}: ${value}\r\n`);
    const passed = net.connect(port, hostname);
    passed.write(`GET ${url} HTTP/1.1\r\n${lines.join("")}\r\n`);
    passed.pipe(socket).pipe(passed);
    for (const end of [socket, passed]) end.on("error", () => end.destroy());
  });
  return listen(server);
}

test("where nothing listens, the server that is copied listens there, and answers", async ({ page, workbench, terminal }) => {
  const port = await closedPort();
  await workbench.run({ target: `127.0.0.1:${port}` });
  const ncat = terminal(await copied(page, workbench.verdict.locator(".command")));
  await expect.poll(() => ncat.output).toContain("Listening on 0.0.0.0");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  // The same in a terminal.
  await workbench.openWhy();
  const again = terminal(await copied(page, workbench.verdict.locator(".command")));
  await expect.poll(() => again.output).toBe("Hello!");
});

test("a server of the lab finds a port beside the bridge", async ({ page, workbench, terminal }) => {
  await workbench.run({ target: "lab/upper" });
  await workbench.openWhy();
  const row = page.getByRole("status").locator(".command").filter({ hasText: "--fault upper" });
  const upper = terminal(await copied(page, row));
  await expect.poll(() => upper.output).toMatch(/^Listening on localhost:\d+ with upper$/m);
  const [, port] = upper.output.match(/localhost:(\d+)/);
  await workbench.run({ target: `127.0.0.1:${port}` });
  await expect(workbench.verdict).toContainText("Unexpected reply: HELLO!");
});

test("on another machine than the bridge's, commands name what can be reached from there", async ({ page, terminal, ncat, ownBridge, consoleErrors }) => {
  const address = lan();
  test.skip(!address, "this machine is in no network");
  const bridge = await ownBridge({ at: "0.0.0.0:0", args: ["--allow", "localhost:1-65535"] });
  const { port } = await ncat();
  const workbench = new Workbench(page);
  const { port: at, search } = new URL(bridge.url);
  await workbench.open(`http://${address}:${at}/${search}`);
  const command = workbench.verdict.locator(".command");
  // Nobody there reaches the bridge's own echo server.
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await workbench.openWhy();
  await expect(command).toHaveCount(0);
  await workbench.run({ target: `localhost:${port}` });
  await expect(command.locator("code")).toHaveText(`(printf 'Hello!'; sleep 1) | ncat ${address} ${port}`);
  const same = terminal(await command.locator("code").innerText());
  await expect.poll(() => same.output).toBe("Hello!");
  // Only who started the bridge can restart it.
  await workbench.run({ target: "192.0.2.1:7" });
  await expect(command.locator("code")).toHaveText("--allow 192.0.2.1:7");
  await expect(workbench.verdict).toContainText("Whoever started it");
  await page.goto("about:blank");
  await page.goto(`http://${address}:${at}/#lesson=2`);
  await expect(page.locator(".lesson-note")).toContainText("Only programs on the bridge's own machine");
  // Over plain http a browser says that it passes over some of the headers.
  const others = consoleErrors.filter((text) => !text.includes("untrustworthy"));
  consoleErrors.splice(0, consoleErrors.length, ...others);
});
