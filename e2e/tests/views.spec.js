// The views of what happened: Timeline and Bytes.

import { byte, expect, pasted, test } from "../harness/test.js";

/** Sends so many pieces of `bytes`, then FIN, whatever the page does meanwhile. */
const flood = (bytes, count) => (socket) => {
  socket.removeAllListeners("end");
  socket.once("data", async () => {
    for (let sent = 0; sent < count && !socket.destroyed; sent += 1) {
      if (!socket.write(bytes)) await new Promise((resume) => socket.once("drain", resume));
    }
    socket.end();
  });
};

/** Answers with so many lines, each sent by itself, and pauses after every tenth. */
const lines = (count) => (socket) => {
  socket.setNoDelay(true);
  socket.once("data", async () => {
    for (let line = 0; line < count; line += 1) {
      socket.write(`line ${line}\n`);
      await new Promise((resume) => setTimeout(resume, line % 10 === 9 ? 150 : 5));
    }
  });
};

/** Echoes until it hears `go`; then sends so many `bytes`, few of which share a read. */
const oneByOne = (bytes, count) => (socket) => {
  socket.setNoDelay(true);
  socket.removeAllListeners("end");
  socket.on("data", async (heard) => {
    if (String(heard) !== "go") return socket.write(heard);
    for (let sent = 0; sent < count && !socket.destroyed; sent += 1) {
      socket.write(bytes);
      await new Promise((resume) => setImmediate(resume));
    }
    socket.end();
  });
};

const bytesTab = (page) => page.getByRole("tab", { name: "Bytes" });

async function ended(workbench) {
  await expect(workbench.log).toContainText("Terminated.");
}

test("the tabs come with the first run, and the arrow keys walk them", { tag: "@main" }, async ({ workbench, page }) => {
  await expect(page.getByRole("tab")).toHaveCount(0);
  await workbench.send.click();
  await ended(workbench);
  const timeline = page.getByRole("tab", { name: "Sequence" });
  await expect(timeline).toHaveAttribute("aria-selected", "true");
  await timeline.press("ArrowRight");
  await expect(bytesTab(page)).toBeFocused();
  await expect(page.getByRole("tabpanel", { name: "Bytes" })).toContainText("6 bytes received");
  await bytesTab(page).press("ArrowLeft");
  await expect(workbench.log).toBeVisible();
});

test("a character stands over its bytes, and a byte says what it is", async ({ workbench, page }) => {
  await workbench.run({ message: "你好\n" });
  await ended(workbench);
  await bytesTab(page).click();
  await expect(byte(page, "sent", 0).locator(".above")).toHaveText("你");
  await byte(page, "received", 6).hover();
  const panel = page.getByRole("tabpanel");
  await expect(panel).toContainText("0a · line feed · byte 7 of 7");
  await byte(page, "received", 4).hover();
  await expect(panel).toContainText("a5 · byte 2 of 好's 3 · byte 5 of 7");
  await expect(byte(page, "received", 3)).toHaveClass(/marked/);
  await expect(byte(page, "sent", 4)).toHaveClass(/twin/);
});

test("the character that the pointer is on stands for its byte", async ({ workbench, page }) => {
  await workbench.run({ message: "Hello, 你!" });
  await ended(workbench);
  await bytesTab(page).click();
  const characters = page.getByRole("grid").locator(".received .text").first();
  const { x, y, width, height } = await characters.boundingBox();
  const column = width / Number(await characters.getAttribute("data-columns"));
  const point = (at) => page.mouse.move(x + (at + 0.5) * column, y + height / 2);
  await point(4);
  await expect(byte(page, "received", 4)).toHaveClass(/pointed/);
  await expect(page.getByRole("tabpanel")).toContainText("6f · o · byte 5 of 11");
  await point(8);
  await expect(page.getByRole("tabpanel")).toContainText("bd · byte 2 of 你's 3 · byte 9 of 11");
  // Behind the last one there is nothing to point at.
  await point(12);
  await expect(page.locator(".pointed")).toHaveCount(0);
});

test("the keyboard walks the bytes, and one of them is the tab stop", { tag: "@main" }, async ({ workbench, page }) => {
  await workbench.send.click();
  await ended(workbench);
  await bytesTab(page).click();
  await expect(page.locator("[role=gridcell][tabindex='0']")).toHaveCount(1);
  await page.getByRole("button", { name: "What does Follow do?" }).focus();
  await page.keyboard.press("Tab");
  await expect(byte(page, "sent", 0)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(byte(page, "received", 1)).toBeFocused();
  await expect(page.getByRole("tabpanel")).toContainText("65 · e · byte 2 of 6");
  await expect(byte(page, "sent", 1)).toHaveClass(/twin/);
});

test("what differs is marked, and the legend says how", { tag: "@main" }, async ({ workbench, page, server }) => {
  const legend = page.getByRole("tabpanel").getByRole("listitem");
  for (const [behaviour, way, offset, mark, word = mark] of [
    ["upper", "received", 1, "changed"],
    ["extra", "received", 6, "surplus", "extra"],
  ]) {
    await workbench.run({ target: (await server(behaviour)).target });
    await expect(workbench.verdict).toContainText(/Unexpected|Reply is ok/);
    await bytesTab(page).click();
    await expect(byte(page, way, offset)).toHaveClass(new RegExp(mark));
    await expect(legend).toHaveText([new RegExp(word)]);
  }
  await workbench.run({ target: (await server("short")).target });
  await expect(legend).toHaveText(["missing"]);
  await expect(page.getByRole("gridcell", { name: "missing" })).toHaveCount(3);
});

test("a row of the Timeline marks its bytes, and a byte its row", async ({ workbench, page }) => {
  await workbench.send.click();
  await ended(workbench);
  await workbench.log.getByText("Sent Hello").click();
  await bytesTab(page).click();
  await expect(page.locator(".cell.marked")).toHaveCount(6);
  await byte(page, "received", 2).click();
  await page.getByRole("tab", { name: "Sequence" }).click();
  await expect(workbench.log.locator(".marked")).toContainText("Reply is ok!");
});

test("a finished run is replayed step by step, and says so", async ({ workbench, page }) => {
  await workbench.send.click();
  await ended(workbench);
  await workbench.log.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("event 2 of 5 · replay, not live")).toBeVisible();
  await expect(workbench.log.locator("[aria-current=step]")).toContainText("Sent Hello");
  await expect(page.locator(".peek .cell.marked")).toHaveCount(6);
  await page.keyboard.press("ArrowLeft");
  await expect(workbench.log.locator("[aria-current=step]")).toContainText("Successfully connected");
  await page.keyboard.press("Escape");
  await expect(page.getByText("replay, not live")).toHaveCount(0);
  await workbench.press("Step →");
  await workbench.press("Step →");
  await workbench.press("← Step");
  await expect(page.getByText("event 1 of 5 · replay, not live")).toBeVisible();
});

test("both directions can be followed in the order of time", async ({ workbench, page, server }) => {
  const { target } = await server(lines(2));
  await workbench.run({ target, message: "x".repeat(14) });
  await ended(workbench);
  await bytesTab(page).click();
  await page.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(page.getByRole("button", { name: "Follow", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".lead").filter({ hasText: /./ })).toHaveText(["→", "←"]);
});

test("a row and all rows can be copied", async ({ workbench, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await workbench.send.click();
  await ended(workbench);
  await workbench.log.getByText("Sent Hello").click();
  await page.getByRole("button", { name: "Copy row" }).click();
  await expect.poll(() => pasted(page)).toMatch(/^\+[\d,.]+ (µs|ms)\t→ 6 B\tHello!\n\tSent Hello, awaiting reply\.\.\.$/);
  await expect(workbench.log).toContainText("The server finished (FIN)");
  await page.getByRole("button", { name: "Copy all rows" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  // A machine that is slow may make a pause worth saying.
  const copied = (await pasted(page)).split("\n").filter((line) => !line.startsWith("⋮"));
  expect(copied).toHaveLength(7);
});

test("many rows can be filtered, by text and by direction", async ({ workbench, page, server }) => {
  const { target } = await server(lines(40));
  await workbench.run({ target, message: "x".repeat(1000) });
  await expect(workbench.log).toContainText("line 39");
  await expect(workbench.log).toContainText(/⋮\s*\d+ ms/);
  await page.getByRole("searchbox", { name: "Filter rows" }).fill("LINE 7");
  await expect(workbench.log.locator(".row")).toHaveText([/line 7/]);
  await page.getByRole("combobox", { name: "Direction" }).selectOption("→ sent");
  await expect(page.getByText("No row matches.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter rows" }).fill("");
  await expect(workbench.log.locator(".row")).toHaveText([/1,000 bytes/]);
});

test("the Timeline stays at its end until its reader scrolls up", async ({ workbench, server }) => {
  const { target } = await server(lines(80));
  await workbench.run({ target, message: "x".repeat(2000) });
  await expect(workbench.log).toContainText("line 79");
  await expect(workbench.log).not.toContainText("Successfully connected");
  await workbench.log.evaluate((log) => log.scrollTo(0, 0));
  await expect(workbench.log).toContainText("Successfully connected");
  await workbench.page.getByRole("button", { name: "Stop" }).click();
  await expect(workbench.verdict).toContainText("Still waiting: 630 of 2,000 bytes");
  expect(await workbench.log.evaluate((log) => log.scrollTop)).toBe(0);
  await workbench.log.evaluate((log) => log.scrollTo(0, log.scrollHeight));
  await expect(workbench.log).toContainText("You stopped it;");
});

test("axe finds nothing in the views", async ({ workbench, page, server }) => {
  const upper = await server("upper");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await workbench.run({ target: upper.target, message: "你好, hello" });
    await expect(workbench.verdict).toContainText("Unexpected reply");
    await bytesTab(page).click();
    await byte(page, "received", 6).focus();
    await workbench.expectAccessible();
    await page.getByRole("button", { name: "Follow", exact: true }).click();
    await workbench.expectAccessible();
    await page.getByRole("button", { name: "Follow", exact: true }).click();
    await page.getByRole("tab", { name: "Sequence" }).click();
    await workbench.log.press("ArrowRight");
    await workbench.log.press("ArrowRight");
    await workbench.expectAccessible();
  }
});

for (const width of [1280, 853, 640, 390, 320]) {
  test(`the bytes fit at ${width} pixels`, async ({ workbench, page }) => {
    await page.setViewportSize({ width, height: 700 });
    await workbench.run({ message: "0123456789abcdef你好!!" });
    await ended(workbench);
    await bytesTab(page).click();
    const row = page.locator(".bytes").first();
    await expect(row.getByRole("gridcell")).toHaveCount(width < 640 ? 8 : 16);
    await workbench.expectNothingCutOff("#bytes");
  });
}

test("a hundred megabytes stream through, and the page keeps little of them and answers", async ({ workbench, page, server }) => {
  const MIB = 1024 * 1024;
  const { target } = await server(flood(Buffer.alloc(64 * 1024, "0123456789abcdef"), 1600));
  const memory = await wasmMemory(page);
  await workbench.run({ target });
  await expect(workbench.verdict).toContainText("104,857,594 more bytes arrived", { timeout: 60_000 });
  await expect(workbench.log).toContainText(/\d+ reads · [\d.]+ MB/);
  expect(await workbench.log.locator(".row").count()).toBeLessThan(100);
  await bytesTab(page).click();
  const panel = page.getByRole("tabpanel");
  await expect(panel).toContainText("104,857,600 bytes received, the newest");
  expect(await page.getByRole("gridcell").count()).toBeLessThan(1_500);
  await page.locator("#bytes").evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
  const last = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /63ffff0$/ }) });
  await expect(last.getByRole("gridcell").nth(15)).toBeVisible();
  expect(await memory()).toBeLessThan(48 * MIB);
  const heap = await page.evaluate(() => performance.memory.usedJSHeapSize);
  expect(heap).toBeLessThan(64 * MIB);
});

test("the arrow keys go on from the byte that has the focus, where it was scrolled away, too", { tag: "@main" }, async ({ workbench, page }) => {
  await workbench.run({ message: "abcd".repeat(200) });
  await ended(workbench);
  await bytesTab(page).click();
  await page.getByRole("gridcell").nth(2).click();
  const first = page.getByRole("rowheader", { name: "0000", exact: true }).first();
  await page.locator("#bytes").evaluate((pane) => pane.scrollTo(0, pane.scrollHeight / 4));
  await expect(first).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(first).toBeVisible();
  await expect(page.getByRole("gridcell").nth(3)).toBeFocused();
  await expect(page.getByRole("tabpanel")).toContainText("64 · d · byte 4 of 800");
});

test("of many rows only those in view are drawn", async ({ workbench, page, server }) => {
  const { target } = await server(oneByOne(Buffer.from("one read\n"), 100_000));
  await workbench.choose("Stay connected");
  await workbench.to.fill(target);
  for (let said = 1; said <= 11; said += 1) {
    await workbench.run({ message: `hello ${said}` });
    await expect(workbench.log.getByText(`hello ${said}`, { exact: true })).toHaveCount(2);
  }
  await workbench.run({ message: "go" });
  await expect(workbench.verdict).toContainText("The server is finished", { timeout: 60_000 });
  // Rows alike are folded into one; what is searched for is shown row by row.
  await page.getByRole("searchbox", { name: "Filter rows" }).fill("read");
  const rowPx = 48;
  // How many writes share a read is the machine's affair; there are hundreds of reads anyway.
  await expect.poll(() => workbench.log.evaluate((log) => log.scrollHeight)).toBeGreaterThan(300 * rowPx);
  for (const part of [0, 0.5, 1]) {
    await workbench.log.evaluate((log, at) => log.scrollTo(0, log.scrollHeight * at), part);
    await expect(workbench.log.locator(".row").first()).toBeVisible();
    expect(await workbench.log.locator(".row").count()).toBeLessThan(100);
  }
});

/** Reads how much memory the page's wasm has, once it is loaded anew. */
async function wasmMemory(page) {
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", (event) => {
      window.wasm = event.detail.wasm;
    });
  });
  await page.reload();
  await expect(page.getByRole("textbox", { name: "To" })).not.toHaveValue("");
  return () => page.evaluate(() => window.wasm.memory.buffer.byteLength);
}
