// The Timeline's arrows: what passed between page, bridge and server, as it was seen.

import { readFile } from "node:fs/promises";

import { closedPort } from "../harness/servers.js";
import { Workbench, expect, test } from "../harness/test.js";

const row = (workbench, text) => workbench.log.locator(".row").filter({ hasText: text });
const labels = (row, side) => row.locator(`.${side} text`);

async function ended(workbench) {
  await expect(workbench.log).toContainText("The server finished (FIN)");
}

test("a hello has its arrows, with the bridge's microseconds", async ({ workbench }) => {
  await workbench.send.click();
  await ended(workbench);
  await expect(labels(workbench.log, "page")).toHaveText([
    "WebSocket",
    "“Hello!” 6 B",
    "“Hello!” 6 B",
    "finish",
    "finished",
  ]);
  // News of a write may come after the reply that answers it: the order of these two is not promised.
  const tcp = (way, label) => workbench.log.locator(`.tcp.${way} text`).filter({ hasText: label });
  await expect(tcp("sent", /^SYN · [\d,]+ µs$/)).toHaveCount(1);
  await expect(tcp("sent", /^6 B · [\d,]+ µs$/)).toHaveCount(1);
  await expect(tcp("received", /^6 B · [\d,]+ µs$/)).toHaveCount(1);
  await expect(tcp("sent", "FIN · inferred")).toHaveCount(1);
  await expect(tcp("received", /^FIN · [\d,]+ µs$/)).toHaveCount(1);
  await expect(labels(workbench.log, "tcp")).toHaveCount(5);
  await expect(workbench.log.locator(".inferred")).toHaveCount(1);
});

test("the bridge's times never run backwards", async ({ workbench, server }) => {
  const crumbs = await server("crumbs");
  await workbench.run({ target: crumbs.target, message: "0123456789" });
  await ended(workbench);
  const texts = await labels(workbench.log, "tcp").allTextContents();
  const times = texts.map((text) => /([\d,]+) µs/.exec(text)?.[1].replaceAll(",", "")).filter(Boolean).map(Number);
  expect(times.length).toBeGreaterThan(3);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("a hop that failed is crossed out, at its place and in the head", async ({ workbench, page }) => {
  await workbench.run({ target: `127.0.0.1:${await closedPort()}` });
  await expect(workbench.verdict).toContainText("Failed to connect");
  const failed = row(workbench, "Failed to connect");
  await expect(failed.locator(".page")).toHaveClass(/measured/);
  await expect(failed.locator(".tcp")).toHaveClass(/broken/);
  await expect(page.locator(".route b")).toHaveText(["", "╳"]);
});

test("a reset is an arrow back", async ({ workbench, server }) => {
  await workbench.run({ target: (await server("reset")).target });
  await expect(workbench.verdict).toContainText("Connection reset");
  const reset = row(workbench, "Failed to receive data");
  await expect(labels(reset, "tcp")).toHaveText("RST");
  await expect(reset.locator(".tcp")).toHaveClass(/received/);
});

test("what is stepped to says its arrows in words", async ({ workbench, page }) => {
  await workbench.send.click();
  await ended(workbench);
  await workbench.press("Step →");
  await expect(page.getByText(/^page → bridge: WebSocket\s+bridge → server: SYN · [\d,]+ µs$/)).toBeVisible();
});

test("where there is no room, an arrow is three words", async ({ workbench, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await workbench.send.click();
  await ended(workbench);
  await expect(row(workbench, "Reply is ok!").locator(".moved")).toHaveText("← 6 B");
  await expect(row(workbench, "The server finished").locator(".moved")).toHaveText("← FIN");
  await expect(workbench.log.locator(".sequence-diagram").first()).toBeHidden();
  await workbench.expectNothingCutOff("#timeline");
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
    expect(await workbench.log.locator("svg").count()).toBeLessThan(100);
  });
}
