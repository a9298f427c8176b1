// Takes pictures of the page as it is: `npm run pictures` those in the README,
// `npm run pictures -- FOLDER [STATE]...` every state, size, theme and language, to look at.

import { mkdir } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

import { startBridge } from "./harness/bridge.js";
import { scope } from "./harness/scope.js";
import { behaviours, closedPort, serve } from "./harness/servers.js";
import config from "./playwright.config.js";

const README = fileURLToPath(new URL("pictures", import.meta.url));
const SIZES = [
  { width: 1280, height: 800 },
  { width: 853, height: 480 },
  { width: 390, height: 844 },
];

/** The state after the server of this name broke off its reply. */
function unfinished(name) {
  return async (page, servers) => {
    await send(page, { to: servers[name], message: "你好" });
    await page.getByRole("status").getByText("Failed to receive data").waitFor();
  };
}

/** What to see: each opens the page's state and ends when it is there. */
const STATES = {
  idle: async () => {},
  ok: async (page) => {
    await send(page);
    await page.getByRole("log").getByText("Terminated.").waitFor();
  },
  different: async (page, servers) => {
    await send(page, { to: servers.upper });
    await page.getByRole("status").getByText("Unexpected reply").waitFor();
  },
  short: unfinished("short"),
  cut: unfinished("cut"),
  settings: async (page) => {
    await page.getByRole("button", { name: "PING" }).click();
    await page.getByRole("button", { name: "CRLF" }).click();
  },
  refused: async (page, servers) => {
    await send(page, { to: servers.nobody });
    await page.getByRole("status").getByText("Failed to connect").waitFor();
  },
  waiting: async (page, servers) => {
    await send(page, { to: servers.silent });
    await page.getByRole("status").getByText(/0 of 6|0\/6/).waitFor();
  },
  earlier: async (page, servers) => {
    await STATES.different(page, servers);
    await page.locator(".runs li").waitFor();
    await STATES.short(page, servers);
    await page.locator(".runs li").nth(1).waitFor();
    await open(page, 1);
  },
  compared: async (page, servers) => {
    await STATES.earlier(page, servers);
    await page.getByRole("button", { name: /^(Compare|比较)/ }).click();
    await open(page, 0);
  },
  bytes: async (page, servers) => {
    await STATES.different(page, servers);
    await page.getByRole("tab").nth(1).click();
    await page.locator("#bytes").waitFor();
  },
  packets: async (page) => {
    await STATES.ok(page);
    await page.getByRole("tab").nth(2).click();
    await page.locator(".packets").waitFor();
  },
  captured: async (page) => {
    await STATES.packets(page);
    await page.getByRole("checkbox", { name: /^(Capture|抓取)/ }).check();
    await send(page);
    await page.getByText(/^Captured: \d+ packets of this connection\.|^实测：这条连接有/).waitFor();
  },
  interactive: async (page, servers) => {
    await page.getByRole("radio").nth(1).check();
    await send(page, { to: servers.upper, message: "你好, hello" });
    await page.getByRole("log").getByText("你好, HELLO", { exact: true }).waitFor();
  },
  load: async (page) => {
    await page.getByRole("radio", { name: /^(Repeat|重复)/ }).check();
    await page.getByRole("button", { name: /^(Start|开始)/ }).click();
    await page.getByRole("status").getByText(/all came back|全部原样返回/).waitFor();
  },
  lab: async (page) => {
    await page.getByRole("button", { name: /misbehaving|会出错/ }).click();
    await page.locator(".card").first().waitFor();
  },
  explained: async (page) => {
    await page.getByRole("textbox", { name: /^(To|目标)/ }).fill("lab/truncate:4");
    await page.getByRole("group", { name: /^(Predict|预测)/ }).getByRole("radio").nth(0).check();
    await send(page, { message: "你好" });
    await page.getByRole("status").getByText("Failed to receive data:").waitFor();
    await page.getByRole("button", { name: /^(Why|为什么)/ }).click();
  },
  server: async (page) => {
    await page.evaluate(() => (location.hash = "role=server&listen=localhost:0&answer=rules"));
    await page.getByRole("button", { name: /^(Listen|开始侦听)$/ }).click();
    const command = page.locator("main code").filter({ hasText: /^nc localhost \d+$/ });
    const port = Number((await command.innerText()).split(" ").at(-1));
    const client = net.connect(port, "localhost");
    client.on("error", () => {}); // The page is closed while it is connected.
    client.write("Hello\n");
    await page.getByRole("log").getByText("Hello: 6 bytes").first().waitFor();
  },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((step) => [`lesson${step}`, lesson(step)])),
  lessonPackets: async (page) => {
    await STATES.lesson5(page);
    await STATES.captured(page);
  },
  menu: async (page) => {
    await page.locator("#help-button").click();
    await page.locator(".panel dl").waitFor();
  },
};

/** A step of the lesson; the Rust client's with its run. */
function lesson(step) {
  return async (page) => {
    await page.evaluate((step) => (location.hash = `lesson=${step}`), step);
    if (step !== 3) return;
    await send(page);
    await page.getByRole("log").getByText("Terminated.").waitFor();
  };
}

/** Opens the run of this place in the list, the newest being 0. */
async function open(page, place) {
  await page.locator(".runs li button").nth(place).click();
}

async function send(page, { to, message } = {}) {
  if (to) {
    await page.getByRole("textbox", { name: /^(To|目标)/ }).fill(to);
    await page.getByRole("combobox", { name: /^(Expect|期望)/ }).selectOption("same");
  }
  if (message) await page.getByRole("textbox", { name: /^(Message|消息)/ }).fill(message);
  await page.getByRole("button", { name: /^(Send|发送)/ }).click();
}

async function take(browser, url, state, servers, file, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("textbox", { name: /^(Message|消息)/ }).waitFor();
  await page.waitForLoadState("networkidle");
  await STATES[state](page, servers);
  await page.waitForTimeout(200); // The verdict has faded in.
  await page.screenshot({ path: file });
  await context.close();
}

async function takeAll(browser, url, servers, folder, states) {
  for (const state of states.length > 0 ? states : Object.keys(STATES)) {
    for (const viewport of SIZES) {
      for (const colorScheme of ["light", "dark"]) {
        for (const locale of ["en-US", "zh-CN"]) {
          const name = [state, viewport.width, colorScheme, locale.slice(0, 2)].join("-");
          const file = path.join(folder, `${name}.png`);
          await take(browser, url, state, servers, file, { viewport, colorScheme, locale });
        }
      }
    }
  }
}

async function takeForReadme(browser, url) {
  const english = { colorScheme: "light", locale: "en-US" };
  const pictures = [
    ["ok", "workbench", 1280, 660, english],
    ["server", "server", 1280, 680, english],
    ["lab", "cards", 1280, 760, english],
    ["explained", "lab", 1280, 800, english],
    ["lessonPackets", "packets", 1440, 900, english],
    ["ok", "chinese", 1280, 660, { colorScheme: "dark", locale: "zh-CN" }],
  ];
  for (const [state, name, width, height, options] of pictures) {
    const viewport = { width, height };
    await take(browser, url, state, {}, path.join(README, `${name}.png`), { viewport, ...options });
  }
}

async function main([folder, ...states], keep) {
  const servers = { nobody: `127.0.0.1:${await closedPort()}` };
  for (const name of ["upper", "short", "cut", "silent"]) {
    servers[name] = keep(await serve(behaviours[name])).target;
  }
  // As `cargo xtask run` starts it, so that the page's commands name no folder of this machine.
  process.env.BRIDGE_START_COMMAND = "cargo xtask run";
  const bridge = keep(await startBridge({ echo: "localhost:8888" }));
  const browser = await chromium.launch(config.projects[0].use.launchOptions);
  keep(browser, () => browser.close());
  await mkdir(folder ?? README, { recursive: true });
  if (folder) await takeAll(browser, bridge.url, servers, folder, states);
  else await takeForReadme(browser, bridge.url);
}

await scope((keep) => main(process.argv.slice(2), keep));
