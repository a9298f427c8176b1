// Commands for a terminal, run exactly as they are copied from the page, where it shows them.
// `bridge/tests/suite/terminal_commands.rs` runs them all; here are those that take a page.

import os from "node:os";

import { startBridge } from "../harness/bridge.js";
import { closedPort } from "../harness/servers.js";
import { Workbench, expect, pasted, test } from "../harness/test.js";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** This machine's address in its network, if it is in one. */
const lan = () =>
  Object.values(os.networkInterfaces())
    .flat()
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

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
    await opened(second, 540_000);
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Unexpected reply: HELLO!");

    // The bridge goes away: the page says how to start it as it is now, and notices when it is up.
    await second.close();
    await workbench.send.click();
    const start = await copied(page, row);
    expect(start).toBe(restart);
    await opened(terminal(start), 540_000);
    await expect(workbench.verdict).toContainText("The bridge is up again", { timeout: 20_000 });
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Unexpected reply: HELLO!");
    consoleErrors.length = 0;
  });
}

test("a page that another server served is let in as copied", async ({ page, terminal, consoleErrors }) => {
  test.setTimeout(600_000);
  const port = await closedPort();
  const env = { BRIDGE_LISTEN: `127.0.0.1:${port}`, BRIDGE_ECHO: "localhost:0" };
  const first = terminal("tcp-bridge", { env });
  const url = await opened(first);
  const foreign = "http://127.0.0.1:9";
  // The bridge refuses the page's requests, as it would those of another origin.
  await page.route("**/api/info", async (route) => {
    const headers = { ...route.request().headers(), origin: foreign };
    await route.fulfill({ response: await route.fetch({ headers }) });
  });
  await page.goto(url);
  const command = page.getByRole("status").locator(".command code");
  await expect(command).toHaveText(`cargo xtask run --origin ${new URL(url).origin}`);
  await first.close();
  await opened(terminal((await command.innerText()).replace(new URL(url).origin, foreign), { env }), 540_000);
  const info = await fetch(`${url}api/info`, { headers: { origin: foreign } });
  expect(info.status).toBe(200);
  consoleErrors.length = 0;
});

test("where nothing listens, the server that is copied listens there, and answers", async ({ page, workbench, terminal }) => {
  const port = await closedPort();
  await workbench.run({ target: `127.0.0.1:${port}` });
  const ncat = terminal(await copied(page, workbench.verdict.locator(".command")));
  await expect.poll(() => ncat.output).toContain("Listening on 0.0.0.0");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  // The same in a terminal.
  const again = terminal(await copied(page, workbench.verdict.locator(".command")));
  await expect.poll(() => again.output, { timeout: 20_000 }).toBe("Hello!");
});

test("a server of the lab finds a port beside the bridge", async ({ page, workbench, terminal }) => {
  await workbench.run({ target: "lab/upper" });
  const row = page.getByRole("status").locator(".command").filter({ hasText: "--fault upper" });
  const upper = terminal(await copied(page, row));
  await expect.poll(() => upper.output).toMatch(/^Listening on localhost:\d+ with upper$/m);
  const [, port] = upper.output.match(/localhost:(\d+)/);
  await workbench.run({ target: `127.0.0.1:${port}` });
  await expect(workbench.verdict).toContainText("Unexpected reply: HELLO!");
});

test("on another machine than the bridge's, commands name what can be reached from there", async ({ page, terminal, consoleErrors }) => {
  const address = lan();
  test.skip(!address, "this machine is in no network");
  const bridge = await startBridge({ at: "0.0.0.0:0", args: ["--allow", "localhost:1-65535"] });
  const port = await closedPort();
  const ncat = terminal(`ncat -v -l ${port} --keep-open --exec /bin/cat`);
  await expect.poll(() => ncat.output).toContain("Listening on 0.0.0.0");
  try {
    const workbench = new Workbench(page);
    await workbench.open(`http://${address}:${new URL(bridge.url).port}/`);
    const command = workbench.verdict.locator(".command");
    // Nobody there reaches the bridge's own echo server.
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    await expect(command).toHaveCount(0);
    await workbench.run({ target: `localhost:${port}` });
    await expect(command.locator("code")).toHaveText(`(printf 'Hello!'; sleep 1) | ncat ${address} ${port}`);
    const same = terminal(await command.locator("code").innerText());
    await expect.poll(() => same.output, { timeout: 20_000 }).toBe("Hello!");
    // Only who started the bridge can restart it.
    await workbench.run({ target: "192.0.2.1:7" });
    await expect(command.locator("code")).toHaveText("--allow 192.0.2.1:7");
    await expect(workbench.verdict).toContainText("Whoever started it");
    await page.goto("about:blank");
    await page.goto(`http://${address}:${new URL(bridge.url).port}/#lesson=2`);
    await expect(page.locator(".lesson-note")).toContainText("Only programs on the bridge's own machine");
    // Over plain http a browser says that it passes over some of the headers.
    const others = consoleErrors.filter((text) => !text.includes("untrustworthy"));
    consoleErrors.splice(0, consoleErrors.length, ...others);
  } finally {
    await bridge.stop();
  }
});
