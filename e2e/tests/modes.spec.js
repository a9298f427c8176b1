// Once, Stay connected, Repeat: how one talks to a server.

import { closedPort } from "../harness/servers.js";
import { expect, test } from "../harness/test.js";

async function repeat(workbench, { amount, unit, connections } = {}) {
  const { page } = workbench;
  await workbench.choose("Repeat");
  if (unit) await page.getByRole("combobox", { name: "Unit" }).selectOption(unit);
  if (amount) await page.getByRole("spinbutton", { name: "Repeat" }).fill(String(amount));
  if (connections) await page.getByRole("spinbutton", { name: "Connections" }).fill(String(connections));
  await workbench.press("Start");
}

test("a thousand exchanges come back unchanged, and their times are told apart", { tag: "@main" }, async ({ workbench, page }) => {
  await repeat(workbench, { amount: 1000 });
  await expect(workbench.verdict).toContainText("1,000 exchanges: all came back unchanged");
  await expect(workbench.verdict).toContainText(/TCP p50\d+ µs|TCP p50[\d.]+ ms/);
  const times = page.getByRole("table");
  await expect(times.getByRole("row", { name: /^TCP/ })).toContainText(/µs|ms/);
  await expect(times.getByRole("row", { name: /^Through the browser/ })).toContainText("ms");
  await expect(page.getByRole("img", { name: /^TCP: half took at most .* Through the browser: half/ })).toBeVisible();
});

test("it keeps as many connections open as were asked for", async ({ workbench, server }) => {
  const upper = await server("upper");
  await workbench.to.fill(upper.target);
  await repeat(workbench, { amount: 200, connections: 3 });
  await expect(workbench.verdict).toContainText("200 exchanges: none came back unchanged");
  await expect(workbench.verdict).toContainText("200 × Unexpected reply: HELLO!");
  expect(upper.connections()).toBe(3);
});

/**
 * Makes the page believe that nobody sees it, gives it a timer once a second at most, as browsers
 * do then, and counts how often it draws.
 */
const hide = (page) =>
  page.evaluate(() => {
    window.kept = window.setTimeout;
    window.setTimeout = (act, ms = 0) => window.kept(act, Math.max(ms, 1_000));
    Object.defineProperty(document, "visibilityState", { configurable: true, value: "hidden" });
    window.drawn = 0;
    window.observer = new MutationObserver(() => (window.drawn += 1));
    window.observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });

/** Lets it be seen again; how often it drew meanwhile. */
const show = (page) =>
  page.evaluate(() => {
    window.observer.disconnect();
    window.setTimeout = window.kept;
    delete document.visibilityState;
    document.dispatchEvent(new Event("visibilitychange"));
    return window.drawn;
  });

test("a tab in the background goes on, and has the result when it is seen again", async ({ workbench, page, server }) => {
  const upper = await server("upper");
  await workbench.to.fill(upper.target);
  const all = 2000 * "Hello!".length;
  await repeat(workbench, { amount: 2000 });
  await hide(page);
  expect(upper.bytes()).toBeLessThan(all);
  await expect.poll(() => upper.bytes()).toBe(all);
  // A drawing that was due may come late.
  expect(await show(page)).toBeLessThanOrEqual(1);
  await expect(workbench.verdict).toContainText("2,000 exchanges: none came back unchanged");
});

test("a repetition for a time ends by the clock", async ({ workbench }) => {
  // Long enough for a first reply on a machine that is busy with something else.
  await repeat(workbench, { amount: 5, unit: "s" });
  await expect(workbench.verdict).toContainText("all came back unchanged");
  await expect(workbench.verdict).toContainText("5.0 s,");
});

test("stop ends it at once", async ({ workbench, page }) => {
  await repeat(workbench, { amount: 100000 });
  await expect(workbench.verdict).toContainText(/[1-9][\d,]* of 100,000 exchanges/);
  await workbench.press("Stop");
  await expect(workbench.verdict).toContainText("You stopped it.");
  await expect(page.getByRole("button", { name: "Start" })).toBeVisible();
});

test("a server that is not there is told once, with what may help", async ({ workbench }) => {
  const port = await closedPort();
  await workbench.to.fill(`127.0.0.1:${port}`);
  await repeat(workbench);
  await expect(workbench.verdict).toContainText("4 × Failed to connect: Connection refused");
  await expect(workbench.verdict).toContainText(`ncat -v -l ${port}`);
});

test("connections that are reset are opened anew, and each reset is counted", async ({ workbench, server }) => {
  const reset = await server("reset");
  await workbench.to.fill(reset.target);
  await repeat(workbench, { amount: 20 });
  await expect(workbench.verdict).toContainText("20 × Failed to receive data: Connection reset by peer");
  await workbench.verdict.getByRole("button", { name: "Choose Once" }).click();
  await expect(workbench.page.getByRole("radio", { name: "Once" })).toBeChecked();
});

test("more than is allowed is told where it was typed", async ({ workbench, page }) => {
  await repeat(workbench, { connections: 17 });
  await expect(page.getByRole("spinbutton", { name: "Connections" })).toHaveAccessibleDescription("A number from 1 to 16.");
  await expect(workbench.verdict).not.toContainText("exchanges:");
});

test("many messages go over one connection", { tag: "@main" }, async ({ workbench, server }) => {
  const upper = await server("upper");
  await workbench.choose("Stay connected");
  await workbench.run({ target: upper.target, message: "one" });
  await expect(workbench.log).toContainText("ONE");
  await workbench.run({ message: "two" });
  await workbench.expectLines(["one", "ONE", "two", "TWO"]);
  await expect(workbench.verdict).toContainText(`Connected to ${upper.target}`);
  expect(upper.connections()).toBe(1);
});

test("a server that speaks first is heard before anything is said", async ({ workbench, server }) => {
  const greeter = await server("greeter");
  await workbench.choose("Stay connected");
  await workbench.to.fill(greeter.target);
  await workbench.press("Connect");
  await expect(workbench.log).toContainText("220 hello");
});

test("an echo server waits for one to speak, and the page says so", async ({ workbench }) => {
  await workbench.choose("Stay connected");
  await workbench.press("Connect");
  await expect(workbench.verdict).toContainText("Nothing said yet; an echo server waits for you to speak.");
});

test("after Finish the server may still answer, and then both are finished", async ({ workbench, server }) => {
  const late = await server("late");
  await workbench.choose("Stay connected");
  await workbench.run({ target: late.target, message: "count me" });
  await workbench.press("Finish (FIN)");
  await expect(workbench.log).toContainText("8 bytes");
  await expect(workbench.verdict).toContainText("Both sides finished");
});

test("a server that finishes first can still be told something", async ({ workbench, server }) => {
  const short = await server("short");
  await workbench.choose("Stay connected");
  await workbench.run({ target: short.target });
  await expect(workbench.verdict).toContainText("The server is finished (FIN): you may still speak.");
  await workbench.run({ message: "still here" });
  await expect(workbench.log).toContainText("still here");
});

test("reset breaks the connection off, for the server too", async ({ workbench, server }) => {
  const silent = await server("silent");
  await workbench.choose("Stay connected");
  await workbench.run({ target: silent.target });
  await expect(workbench.verdict).toContainText("Connected to");
  await workbench.press("Reset (RST)");
  await expect(workbench.verdict).toContainText("You broke the connection off");
  await expect.poll(() => silent.errors()).toEqual(["ECONNRESET"]);
});

test("a connection that breaks is said, and made again only when asked", async ({ workbench, server }) => {
  const reset = await server("reset");
  await workbench.choose("Stay connected");
  await workbench.run({ target: reset.target });
  await expect(workbench.verdict).toContainText("Connection lost: Connection reset by peer");
  expect(reset.connections()).toBe(1);
  await workbench.press("Connect again");
  await expect(workbench.verdict).toContainText("Connected to");
  expect(reset.connections()).toBe(2);
});

test("the switch waits while a connection stands, and message and target survive it", async ({ workbench, page }) => {
  await workbench.message.fill("keep me");
  await workbench.choose("Stay connected");
  await workbench.press("Connect");
  await expect(workbench.verdict).toContainText("Connected to");
  await expect(page.getByRole("radio", { name: "Once" })).toBeDisabled();
  await workbench.press("Disconnect");
  await expect(workbench.verdict).toContainText("You disconnected");
  await workbench.choose("Once");
  await expect(workbench.message).toHaveValue("keep me");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
});

for (const [colorScheme, language] of [["light", "EN"], ["dark", "中文"]]) {
  test(`axe finds nothing, ${colorScheme}, ${language}`, async ({ workbench, page }) => {
    await page.emulateMedia({ colorScheme });
    await page.getByRole("button", { name: language, exact: true }).click();
    await page.getByRole("radio", { name: /^(Repeat|重复)/ }).check();
    await workbench.expectAccessible();
    await page.getByRole("button", { name: /^(Start|开始)/ }).click();
    await expect(workbench.verdict).toContainText(/all came back|全部原样返回/);
    await expect(page.getByRole("table")).toBeVisible();
    await workbench.expectAccessible();
    await page.getByRole("radio", { name: /^(Stay connected|保持连接)/ }).check();
    await workbench.expectAccessible();
    await page.getByRole("button", { name: /^(Send|发送)/ }).click();
    await expect(workbench.verdict).toContainText(/Connected to|已连接/);
    await workbench.expectAccessible();
    await page.getByRole("button", { name: /^(Disconnect|断开)/ }).click();
    await workbench.expectAccessible();
  });
}

for (const width of [853, 320]) {
  test(`nothing is cut off at ${width} pixels, in either way`, async ({ workbench, page }) => {
    await page.setViewportSize({ width, height: 480 });
    await repeat(workbench, { amount: 100 });
    await expect(workbench.verdict).toContainText("all came back unchanged");
    await expect(page.getByRole("table")).toBeVisible();
    await workbench.expectNothingCutOff();
    if (width > 800) await expect(page.getByRole("button", { name: "Start" })).toBeInViewport({ ratio: 1 });
    await workbench.choose("Stay connected");
    await workbench.send.click();
    await expect(workbench.log).toContainText("Hello!");
    await workbench.expectNothingCutOff();
  });
}
