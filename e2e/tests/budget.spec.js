// The page is small, and stands still while it comes.

import http from "node:http";

import { expect, test } from "../harness/test.js";

const BUDGET = 256 * 1024;

/** The path of each file that the page loads, its icon among them. */
async function files(page, url) {
  const paths = new Set(["/"]);
  page.on("request", (request) => paths.add(new URL(request.url()).pathname));
  await page.goto(url);
  await page.getByRole("button", { name: "Send" }).waitFor();
  paths.add(await page.locator("link[rel=icon]").evaluate((link) => new URL(link.href).pathname));
  return [...paths].filter((path) => path !== "/api/info");
}

/** How many bytes the bridge sends for a path to a browser that takes brotli. */
function transfer(url, path) {
  return new Promise((resolve, reject) => {
    const headers = { "Accept-Encoding": "br" };
    const request = http.get(new URL(path, url), { headers }, (response) => {
      let bytes = 0;
      response.on("data", (piece) => (bytes += piece.length));
      response.on("end", () => resolve(bytes));
    });
    request.on("error", reject);
  });
}

test("the whole page is at most 256 KiB on the wire", async ({ page, bridge }) => {
  // Only the release build is made to be small.
  test.skip(/debug/.test(process.env.BRIDGE_BIN ?? ""), "the bridge is a debug build");
  const paths = await files(page, bridge.url);
  expect(paths.some((path) => path.endsWith(".wasm"))).toBe(true);
  let total = 0;
  for (const path of paths) {
    const bytes = await transfer(bridge.url, path);
    console.log(`${String(bytes).padStart(8)}  ${path}`);
    total += bytes;
  }
  console.log(`${String(total).padStart(8)}  in all`);
  expect(total).toBeLessThanOrEqual(BUDGET);
});

for (const width of [1280, 853, 390]) {
  test(`nothing moves while the page comes, ${width} pixels wide`, async ({ page, bridge }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript(() => {
      window.shifts = [];
      const note = (list) => window.shifts.push(...list.getEntries().map((entry) => entry.value));
      new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(bridge.url);
    await expect(page.getByRole("textbox", { name: "To" })).not.toHaveValue("");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const moved = await page.evaluate(() => window.shifts.reduce((sum, value) => sum + value, 0));
    expect(moved).toBeLessThan(0.01);
  });
}

test("header and workbench are there before the program is", async ({ page, bridge, consoleErrors }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(bridge.url);
  await expect(page.getByRole("heading", { name: "Echo Playground" })).toBeVisible();
  await expect(page.getByText("The page is on its way.")).toBeVisible();
  await expect(page.getByRole("main")).toBeVisible();
  consoleErrors.length = 0;
});
