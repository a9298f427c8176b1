// The sequence diagram: what passed between page, bridge and server, as it was seen.

import { readFile } from "node:fs/promises";

import { closedPort } from "../harness/servers.js";
import { Workbench, expect, test } from "../harness/test.js";

const row = (workbench, text) => workbench.log.locator(".row").filter({ hasText: text });
const arrows = (within, side) => within.locator(`.arrow.${side}`);
const times = (workbench) => workbench.log.locator("[data-row] .time");

async function ended(workbench) {
  await expect(workbench.log).toContainText("The server finished (FIN)");
}

test("a hello has its arrows, and its rows the bridge's times in one unit", async ({ workbench }) => {
  await workbench.send.click();
  await ended(workbench);
  await expect(arrows(workbench.log, "page")).toHaveText(["WebSocket", "“Hello!”", "“Hello!”", "finish", "finished"]);
  // News of a write may come after the reply that answers it: the order of these two is not promised.
  const tcp = (way, label) => arrows(workbench.log, `tcp.${way}`).filter({ hasText: label });
  await expect(tcp("sent", /^SYN$/)).toHaveCount(1);
  await expect(tcp("sent", /^6 bytes$/)).toHaveCount(1);
  await expect(tcp("received", /^6 bytes$/)).toHaveCount(1);
  await expect(tcp("sent", "FIN · inferred")).toHaveCount(1);
  await expect(tcp("received", /^FIN$/)).toHaveCount(1);
  await expect(arrows(workbench.log, "tcp")).toHaveCount(5);
  await expect(workbench.log.locator(".inferred")).toHaveCount(1);
  // Nobody told when the page's request brought FIN about; a slow machine makes all of it milliseconds.
  const [first, sent, received, request, finished] = await times(workbench).allTextContents();
  expect([first, request]).toEqual([expect.stringMatching(/^0 µs$|^0\.000 ms$/), ""]);
  for (const time of [sent, received, finished]) expect(time).toMatch(/^\+[\d,]+ µs$|^\+[\d,]+\.\d{3} ms$/);
  await expect(times(workbench).first()).toHaveAttribute("title", /^[\d.]+ m?s after Send, by this page's clock$/);
});

test("the bridge's times never run backwards", async ({ workbench, server }) => {
  const crumbs = await server("crumbs");
  await workbench.run({ target: crumbs.target, message: "0123456789" });
  await ended(workbench);
  const told = (await times(workbench).allTextContents()).filter(Boolean);
  expect(told.length).toBeGreaterThan(3);
  expect(told.filter((time) => !/^[\d+]/.test(time))).toEqual([]);
});

test("a dial that is refused by the server is an arrow that led to nothing", async ({ workbench, page }) => {
  await workbench.run({ target: `127.0.0.1:${await closedPort()}` });
  await expect(workbench.verdict).toContainText("Failed to connect");
  const failed = row(workbench, "Failed to connect");
  await expect(failed).toContainText("Terminated.");
  await expect(arrows(failed, "page")).toHaveClass(/measured/);
  await expect(arrows(failed, "tcp")).toHaveText("SYN · refused");
  await expect(arrows(failed, "tcp")).toHaveClass(/inferred stops/);
  await expect(page.locator(".route .failed")).toHaveText("✕ server");
});

test("a dial that the bridge may not make ends at the bridge, with the reason", async ({ workbench, page }) => {
  await workbench.run({ target: "192.0.2.1:9" });
  await expect(workbench.verdict).toContainText("Failed to connect");
  const failed = row(workbench, "Failed to connect");
  await expect(arrows(failed, "page")).toHaveText("WebSocket");
  await expect(arrows(failed, "tcp")).toHaveCount(0);
  await expect(failed.locator(".end.tcp")).toHaveText("not allowed");
  await expect(page.locator(".route .failed")).toHaveText("✕ bridge");
});

test("a page that gives up says so, and does not end the program", async ({ workbench, server }) => {
  const silent = await server("silent");
  await workbench.run({ target: silent.target });
  const stopped = row(workbench, "The tutorial's client would still be waiting; this page stopped after 5 s.");
  await expect(stopped).toBeVisible();
  await expect(workbench.log).not.toContainText("Terminated.");
  await expect(arrows(stopped, "page")).toHaveText("close");
  await expect(arrows(stopped, "tcp")).toHaveText("FIN · inferred");
});

test("a reset is an arrow back", async ({ workbench, server }) => {
  await workbench.run({ target: (await server("reset")).target });
  await expect(workbench.verdict).toContainText("Connection reset");
  const reset = row(workbench, "Failed to receive data");
  await expect(arrows(reset, "tcp")).toHaveText("RST");
  await expect(arrows(reset, "tcp")).toHaveClass(/received/);
});

test("what is stepped to says its arrows in words, and what the page's clock knows", async ({ workbench, page }) => {
  await workbench.send.click();
  await ended(workbench);
  await workbench.press("Step →");
  await expect(page.getByText(/^page → bridge: WebSocket\s+bridge → server: SYN · [\d,]+ µs$/)).toBeVisible();
  await expect(page.getByText(/^[\d.]+ m?s after Send, by this page's clock$/)).toBeVisible();
});

for (const width of [1280, 853, 390, 320]) {
  test(`at ${width} pixels the lifelines have the width there is, and labels of 13 px or more`, async ({ workbench, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await workbench.send.click();
    await ended(workbench);
    const lanes = workbench.log.locator(".lanes").first();
    const room = await workbench.log.evaluate((log) => log.clientWidth);
    const drawn = await lanes.evaluate((lanes) => lanes.clientWidth);
    expect(drawn).toBeGreaterThanOrEqual(Math.min(320, room));
    const sizes = await workbench.log
      .locator(".arrow")
      .evaluateAll((all) => all.map((arrow) => parseFloat(getComputedStyle(arrow).fontSize)));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(13);
    const cut = await workbench.log.locator(".arrow").evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth).length);
    expect(cut).toBe(0);
    const line = row(workbench, "Reply is ok!").locator(".line");
    const [below, beside] = [await line.boundingBox(), await row(workbench, "Reply is ok!").locator(".lanes").boundingBox()];
    if (room >= 700) expect(below.x).toBeGreaterThanOrEqual(beside.x + beside.width);
    else expect(below.y).toBeGreaterThan(beside.y);
    await workbench.expectNothingCutOff("#timeline");
  });
}

test("before the first press the three are there as what they are, and nothing jumps", async ({ workbench, page }) => {
  await expect(page.getByText("a small program that opens TCP connections for the page")).toBeVisible();
  const heads = async () => {
    const boxes = await page.locator(".party").evaluateAll((all) => all.map((head) => head.getBoundingClientRect().x));
    return boxes.map(Math.round);
  };
  const before = await heads();
  // How high the verdict is decides where the views begin.
  const offset = async () => {
    const [views, party] = [page.locator(".views"), page.locator(".party").first()];
    return Math.round((await party.boundingBox()).y - (await views.boundingBox()).y);
  };
  const above = await offset();
  await workbench.send.click();
  await ended(workbench);
  await expect(page.locator(".ghost")).toHaveCount(0);
  expect(await heads()).toEqual(before);
  expect(await offset()).toBe(above);
});

test("the words beside the arrows are Chinese in Chinese", async ({ workbench, page }) => {
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByText("一个小程序，替网页建立 TCP 连接")).toBeVisible();
  await page.getByRole("button", { name: "发送" }).click();
  await expect(workbench.log).toContainText("服务器发完了（FIN）");
  await expect(arrows(workbench.log, "page")).toHaveText(["WebSocket", "“Hello!”", "“Hello!”", "发完了", "对方发完了"]);
  await expect(arrows(workbench.log, "tcp").filter({ hasText: "6 字节" })).toHaveCount(2);
  await expect(arrows(workbench.log, "tcp").filter({ hasText: "FIN · 推断" })).toHaveCount(1);
});

for (const [count, name] of [[1, "a few events"], [3000, "three thousand events"]]) {
  test(`the sequence diagram of ${name} is saved as an SVG file`, async ({ workbench, page, context, server }) => {
    const target = (await server("upper")).target;
    if (count > 1) {
      await workbench.choose("Stay connected");
      await workbench.to.fill(target);
      await workbench.run({ message: "<first> & 你好" });
      await expect(workbench.log).toContainText("<FIRST> & 你好");
      // As fast as the page can, so that not each press is one row.
      await workbench.message.evaluate(async (field, presses) => {
        const send = document.querySelector("button.send");
        for (let press = 0; press < presses; press += 1) {
          send.click();
          if (press % 20 === 0) await new Promise((done) => setTimeout(done));
        }
      }, count / 2);
      await workbench.press("Finish (FIN)");
      await expect(workbench.verdict).toContainText("The connection is over");
    } else {
      await workbench.run({ target, message: "<first> & 你好" });
      await ended(workbench);
    }
    const download = page.waitForEvent("download");
    await workbench.press("Save as SVG");
    const file = await download;
    expect(file.suggestedFilename()).toBe("echo-playground-timeline.svg");
    const svg = await readFile(await file.path(), "utf8");
    // Elsewhere: this page's policy lets no style stand in another document either.
    const reader = await context.newPage();
    const seen = await reader.evaluate((text) => {
      const picture = new DOMParser().parseFromString(text, "image/svg+xml");
      const said = [...picture.querySelectorAll("text")].map((it) => it.textContent);
      return { wrong: picture.querySelectorAll("parsererror").length, said, arrows: picture.querySelectorAll("g").length };
    }, svg);
    expect(seen.wrong).toBe(0);
    expect(seen.said.join("\n")).toContain("<FIRST> & 你好");
    expect(seen.arrows).toBeGreaterThan(count > 1 ? 100 : 8);
    // What is drawn of it on the page stays small.
    expect(await workbench.log.locator(".row").count()).toBeLessThan(100);
  });
}
