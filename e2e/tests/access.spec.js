// Who comes in: the token in the URL, the cookie that it is exchanged for, and the others.

import http from "node:http";

import AxeBuilder from "@axe-core/playwright";

import { startBridge } from "../harness/bridge.js";
import { listen } from "../harness/servers.js";
import { Workbench, expect, test as base } from "../harness/test.js";

const WRONG = "0000-0000-0000-0000";

const test = base.extend({
  /** A bridge that asks for a token; `url` has it, `bare` has not. */
  locked: async ({}, use) => {
    const bridge = await startLocked();
    await use(bridge);
    await bridge.stop();
  },

  /** `await serve(html)` has a server of another port show this page; `cookies` are what it got. */
  serve: async ({}, use) => {
    const started = [];
    await use(async (html) => {
      const cookies = [];
      const server = await listen(
        http.createServer((request, response) => {
          cookies.push(request.headers.cookie ?? "");
          response.setHeader("content-type", "text/html").end(html);
        }),
      );
      started.push(server);
      return { ...server, cookies };
    });
    started.forEach((server) => server.stop());
  },
});

async function startLocked(options = {}) {
  const bridge = await startBridge({ args: ["--auth", "token"], ...options });
  const url = new URL(bridge.url);
  return { ...bridge, bare: `${url.origin}/`, token: url.searchParams.get("token") };
}

/** Forgets that the browser says in its console that a page or a request was refused. */
function forgetRefusals(consoleErrors) {
  const others = consoleErrors.filter((text) => !/ 401 | 403 |WebSocket connection/.test(text));
  consoleErrors.splice(0, consoleErrors.length, ...others);
}

const send = async (page) => {
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Reply is ok!");
};

test("the URL with the token opens the page, loses the token, and what a link says stays", async ({ page, locked }) => {
  await page.goto(`${locked.url}#msg=from%20a%20link`);
  await expect(page).toHaveURL(`${locked.bare}#msg=from%20a%20link`);
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("from a link");
  await send(page);
  const [cookie, ...others] = await page.context().cookies(locked.bare);
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/", expires: -1 });
  expect(cookie.name).toBe(`tcp-bridge-${new URL(locked.bare).port}`);
  expect(cookie.value).not.toContain(locked.token);
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("who has come in by it reloads the page, and opens it without the token", async ({ page, locked }) => {
  const workbench = new Workbench(page);
  await workbench.open(locked.url);
  await page.reload();
  await send(page);
  await page.goto("about:blank");
  await workbench.open(locked.bare);
  await send(page);
});

test("without the token there is a page that says what to do, and takes the token", async ({ page, locked, consoleErrors }) => {
  await page.goto(locked.bare);
  await expect(page.getByRole("heading").first()).toHaveText("This bridge asks for its token");
  await expect(page.getByRole("heading").last()).toHaveText("这个桥接程序需要令牌");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole("textbox", { name: "Token" }).fill(WRONG);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading").first()).toHaveText("This is not the token of this bridge");
  await page.getByRole("textbox", { name: "Token" }).fill(locked.token);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page).toHaveURL(locked.bare);
  await send(page);
  forgetRefusals(consoleErrors);
});

test("a link on another site leads into the page for who has come in before", async ({ page, locked, serve, consoleErrors }) => {
  await new Workbench(page).open(locked.url);
  const other = await serve(`<a href="${locked.bare}#msg=hello">a link</a>`);
  await page.goto(other.url.replace("127.0.0.1", "localhost"));
  await page.getByRole("link").click();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("hello");
  await send(page);
  forgetRefusals(consoleErrors);
});

test("a foreign page opens no WebSocket, although the browser sends the cookie", async ({ page, locked, serve, consoleErrors }) => {
  await new Workbench(page).open(locked.url);
  const foreign = await serve("<title>foreign</title>");
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  const sent = [];
  devtools.on("Network.webSocketWillSendHandshakeRequest", ({ request }) => sent.push(request.headers));
  const statuses = [];
  devtools.on("Network.webSocketHandshakeResponseReceived", ({ response }) => statuses.push(response.status));
  // Another port is another origin, but the same site: SameSite does not keep the cookie back.
  await page.goto(foreign.url);
  expect(foreign.cookies[0]).toContain("tcp-bridge-");
  const code = await page.evaluate(
    (url) => new Promise((resolve) => (new WebSocket(url).onclose = ({ code }) => resolve(code))),
    `${locked.bare.replace("http", "ws")}ws?target=echo`,
  );
  expect(code).toBe(1006);
  expect(consoleErrors.join()).toContain("Unexpected response code: 403");
  // Nor does it read what the bridge says of itself, or the token.
  const read = await page.evaluate(
    (url) => fetch(url, { credentials: "include" }).then(() => "read", () => "not read"),
    `${locked.bare}api/invitation`,
  );
  expect(read).toBe("not read");
  consoleErrors.splice(0);
});

test("two bridges of one machine do not sign each other out", async ({ page, locked }) => {
  const second = await startLocked();
  try {
    const workbench = new Workbench(page);
    await workbench.open(locked.url);
    await workbench.open(second.url);
    await send(page);
    await workbench.open(locked.bare);
    await send(page);
  } finally {
    await second.stop();
  }
});

test("a bridge that was started again asks for its new token", async ({ page, consoleErrors }) => {
  const first = await startLocked();
  await new Workbench(page).open(first.url);
  await first.stop();
  const again = await startLocked({ at: new URL(first.bare).host });
  try {
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByRole("status")).toContainText("Was it restarted?");
    await page.reload();
    await page.getByRole("textbox", { name: "Token" }).fill(again.token);
    await page.keyboard.press("Enter");
    await send(page);
    consoleErrors.splice(0);
  } finally {
    await again.stop();
  }
});

test("the class is shown the URL with the token", async ({ page, consoleErrors }) => {
  const bridge = await startLocked({ at: "0.0.0.0:0", args: [] });
  try {
    await page.goto(bridge.url);
    await page.locator("#help-button").click();
    const section = page.locator(".panel section").last();
    await expect(section).toContainText("Whoever has the address with its token");
    await expect(section).toContainText(`?token=${bridge.token}`);
    expect(await page.evaluate(() => fetch("/api/info").then((it) => it.text()))).not.toContain(bridge.token);
    expect(consoleErrors).toEqual([]);
  } finally {
    await bridge.stop();
  }
});
