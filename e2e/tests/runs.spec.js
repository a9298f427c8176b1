// Runs that are over: kept, opened again, compared, repeated, deleted, taken elsewhere.

import { Workbench, expect, pasted, refuseStorage, runsMenu, saved, test } from "../harness/test.js";

/** A file of version 1. */
const bytes = { length: 5, hex: "6f 6c 64 65 72" };
const version1 = {
  format: "echo-playground-runs",
  version: 1,
  runs: [
    {
      when: 1795404501000,
      how: "once",
      target: "localhost:8888",
      message: bytes,
      reply: bytes,
      outcome: "same",
      clock_us: 100,
      lines: [{ at_us: 400, text: "Reply is ok!", received: 5 }],
    },
  ],
};

const list = (page) => page.getByRole("region", { name: "Runs" }).getByRole("listitem");
const open = (page, message) => list(page).getByRole("button", { name: message }).click();

/** Sends `message`, and waits until the run is over. */
async function run(workbench, message, target) {
  const before = await list(workbench.page).count();
  await workbench.run({ message, target });
  await expect(list(workbench.page)).toHaveCount(before + 1);
}

test("before the first run there is no list", async ({ workbench, page }) => {
  await expect(workbench.send).toBeVisible();
  await expect(page.getByRole("heading", { name: "Runs" })).toHaveCount(0);
});

test("runs stand newest first, and still do after a reload", { tag: "@main" }, async ({ workbench, page }) => {
  await run(workbench, "one");
  await run(workbench, "two");
  const target = await workbench.to.inputValue();
  const expectBoth = async () => {
    await expect(list(page).nth(0)).toContainText(/two\s*[\d.]+ [µm]s/);
    await expect(list(page).nth(1)).toContainText("one");
    await expect(list(page).nth(1)).toContainText(`${target} · Once`);
  };
  await expectBoth();
  await page.reload();
  await expectBoth();
});

test("an earlier run opens as it was, and the latest comes back", async ({ workbench, page, server }) => {
  const upper = await server("upper");
  await run(workbench, "first", upper.target);
  await run(workbench, "second");
  await open(page, "first");
  const earlier = page.getByRole("region", { name: "Earlier run" });
  await expect(earlier).toContainText(upper.target);
  await expect(earlier).toContainText("Unexpected reply: FIRST");
  await expect(workbench.log).toContainText("Sent 5 bytes, awaiting reply...");
  await expect(workbench.message).toHaveValue("second");
  await earlier.getByRole("button", { name: "Close" }).click();
  await expect(workbench.verdict).toContainText("Unexpected reply: SECOND");
  await expect(list(page).getByRole("button", { name: "first" })).toBeFocused();
});

test("two runs are compared side by side", async ({ workbench, page, server }) => {
  await run(workbench, "same");
  await run(workbench, "same", (await server("upper")).target);
  await list(page).nth(0).getByRole("button").click();
  await page.getByRole("button", { name: "Compare…" }).click();
  await list(page).nth(1).getByRole("button").click();
  const compared = page.getByRole("region", { name: "Two runs compared" });
  await expect(compared.getByRole("row", { name: "Verdict" })).toContainText("Unexpected reply: SAME");
  await expect(compared.getByRole("row", { name: "Verdict" })).toContainText("Reply is ok!");
  await expect(compared).toContainText("The replies differ.");
  await expect(compared.getByRole("mark")).toHaveText(["SAME", "same"]);
});

test("a run is repeated by a press, and only by a press", async ({ workbench, page, server }) => {
  const upper = await server("upper");
  await run(workbench, "again", upper.target);
  await run(workbench, "other");
  await open(page, "again");
  await expect(list(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(workbench.verdict).toContainText("Unexpected reply: AGAIN");
  await expect(list(page)).toHaveCount(3);
  await expect(workbench.message).toHaveValue("again");
  await expect(workbench.to).toHaveValue(upper.target);
});

test("a connection that stayed is shown as the conversation that it was, and had again", async ({ workbench, page, server }) => {
  await workbench.choose("Stay connected");
  await workbench.run({ target: (await server("upper")).target, message: "one" });
  await expect(workbench.log).toContainText("ONE");
  await workbench.run({ message: "two" });
  await expect(workbench.log).toContainText("TWO");
  await expect(list(page)).toHaveCount(0);
  await workbench.press("Finish (FIN)");
  await expect(list(page)).toHaveText([/one · two/]);
  await page.reload();
  await open(page, "one · two");
  const earlier = page.getByRole("region", { name: "Earlier run" });
  await expect(earlier).toContainText("The connection is over");
  await expect(earlier).toContainText("Both sides finished");
  await expect(page.getByRole("mark"), "it is no echo").toHaveCount(0);
  await workbench.expectLines(["one", "ONE", "two", "TWO"]);
  await page.getByRole("tab", { name: "Packets" }).click();
  await expect(page.getByText("inferred").first()).toBeVisible();
  await page.getByRole("tab", { name: "Sequence" }).click();
  await earlier.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByRole("radio", { name: "Stay connected" })).toBeChecked();
  await workbench.expectLines(["one", "ONE", "two", "TWO"]);
  await expect(workbench.log).not.toContainText("onetwo");
});

test("an earlier run has its bytes, packets and programs after a reload", async ({ workbench, page }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await run(workbench, "kept");
  await page.reload();
  await open(page, "kept");
  await expect(workbench.log).toContainText("Reply is ok!");
  await page.getByRole("tab", { name: "Bytes" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("6b");
  await page.getByRole("tab", { name: "Packets" }).click();
  await expect(page.getByText("inferred").first()).toBeVisible();
  await page.getByRole("button", { name: "Python" }).click();
  await expect.poll(() => pasted(page)).toContain("kept");
});

test("of a long run the page says what it did not keep", async ({ workbench, page }) => {
  await run(workbench, "x".repeat(5000));
  await list(page).getByRole("button").click();
  const earlier = page.getByRole("region", { name: "Earlier run" });
  await expect(earlier).toContainText("Its sequence and packets were not kept: the message is longer than 4,096 bytes.");
});

test("one run is deleted, and can be had again", async ({ workbench, page }) => {
  await run(workbench, "one");
  await run(workbench, "two");
  await open(page, "one");
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(list(page)).toHaveText([/two/]);
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await undo.click();
  await expect(list(page)).toHaveText([/two/, /one/]);
  await page.reload();
  await expect(list(page)).toHaveText([/two/, /one/]);
});

test("a repetition is kept with its counts and its medians", async ({ workbench, page }) => {
  await workbench.choose("Repeat");
  await page.getByRole("spinbutton", { name: "Repeat" }).fill("100");
  await workbench.press("Start");
  await expect(list(page)).toHaveText([/Hello!\s*p50 [\d.]+ [µm]s/]);
  await workbench.choose("Once");
  await open(page, "Hello!");
  const earlier = page.getByRole("region", { name: "Earlier run" });
  await expect(earlier).toContainText("100 exchanges: all came back unchanged");
  await expect(earlier).toContainText(/TCP p50 [\d.]+ [µm]s · through the browser p50 [\d.]+ ms/);
  await workbench.expectAccessible();
  await run(workbench, "once");
  await list(page).nth(1).getByRole("button").click();
  await page.getByRole("button", { name: "Compare…" }).click();
  await open(page, "once");
  const compared = page.getByRole("region", { name: "Two runs compared" });
  await expect(compared.getByRole("row", { name: "How" })).toHaveText(/Repeat\s*Once/);
  await expect(compared).not.toContainText("replies");
});

test("what Clear removes can be had again", async ({ workbench, page }) => {
  await run(workbench, "precious");
  await runsMenu(page, "Clear");
  await expect(list(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list(page)).toHaveText([/precious/]);
  await page.reload();
  await expect(list(page)).toHaveText([/precious/]);
});

test("runs go into a file, and from it into another browser", { tag: "@main" }, async ({ workbench, page, browser, bridge }) => {
  await run(workbench, "你好");
  const file = await saved(page, () => runsMenu(page, "Export"));
  const { format, version, runs } = JSON.parse(file);
  expect({ format, version }).toEqual({ format: "echo-playground-runs", version: 2 });
  expect(runs[0].message).toEqual({ length: 6, hex: "e4 bd a0 e5 a5 bd" });

  const context = await browser.newContext();
  const other = new Workbench(await context.newPage());
  await other.open(bridge.url);
  // There was no run yet.
  await runsMenu(other.page);
  const buffer = Buffer.from(file);
  await other.page
    .getByLabel("Import…")
    .setInputFiles({ name: "runs.json", mimeType: "application/json", buffer });
  await expect(other.page.getByText("1 run came in.")).toBeVisible();
  await run(other, "its own");
  await expect(list(other.page)).toHaveText([/its own/, /你好/]);
  await context.close();
});

test("a file that is none is refused with a sentence, and nothing is lost", async ({ workbench, page }) => {
  await run(workbench, "precious");
  for (const [text, sentence] of [
    ["Hello!", "the file is no JSON (line 1)."],
    ["{}", "the file holds no requests or runs of this page."],
    ['{"format":"echo-playground-runs","version":3}', "the file has version 3, which a newer page wrote"],
    ['{"format":"echo-playground-runs","version":1,"runs":[{}]}', "the file is damaged at run 1"],
  ]) {
    await runsMenu(page);
    const file = { name: "runs.json", mimeType: "application/json", buffer: Buffer.from(text) };
    await page.getByLabel("Import…").setInputFiles(file);
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(list(page)).toHaveText([/precious/]);
  }
});

test("a browser that keeps nothing is told", async ({ page, bridge }) => {
  await refuseStorage(page);
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await run(workbench, "gone soon");
  await expect(page.getByText("This browser keeps nothing for this page")).toBeVisible();
});

for (const key of ["runs.v1", "runs.v2"]) {
  test(`what a browser kept under ${key} and the page cannot read is left as it is`, async ({ page, bridge }) => {
    await page.addInitScript((key) => localStorage.setItem(key, "{}"), key);
    const workbench = new Workbench(page);
    await workbench.open(bridge.url);
    await run(workbench, "new");
    await expect(page.getByText("The requests and runs of earlier visits could not be read")).toBeVisible();
    expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({ [key]: "{}" });
  });
}

test("what an older page stored is still there", async ({ page, bridge }) => {
  await page.addInitScript((runs) => localStorage.setItem("runs.v1", runs), JSON.stringify(version1));
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await expect(list(page)).toHaveText([/older/]);
  await open(page, "older");
  await expect(page.getByRole("region", { name: "Earlier run" })).toContainText("Its sequence and packets were not kept.");
});

test("a part that could not be loaded is tried again, and reads what is stored", async ({ workbench, page, consoleErrors }) => {
  await run(workbench, "stored");
  await page.route("**/*-runs.wasm", (route) => route.abort());
  await page.reload();
  await expect(page.getByText("could not be loaded")).toBeVisible();
  await page.unroute("**/*-runs.wasm");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(list(page)).toHaveText([/stored/]);
  consoleErrors.length = 0;
});

test("two tabs keep the same runs", async ({ workbench, page, context, bridge }) => {
  const other = new Workbench(await context.newPage());
  await other.open(bridge.url);
  await run(workbench, "from one");
  await expect(list(other.page)).toHaveText([/from one/]);
  await run(other, "from the other");
  await expect(list(page)).toHaveText([/from the other/, /from one/]);
  await open(other.page, "from one");
  await other.page.getByRole("button", { name: "Delete" }).click();
  await expect(list(page)).toHaveText([/from the other/]);
  await runsMenu(other.page, "Clear");
  await expect(list(page)).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in earlier and compared runs, ${colorScheme}`, async ({ workbench, page, server }) => {
    await page.emulateMedia({ colorScheme });
    await run(workbench, "one", (await server("upper")).target);
    await run(workbench, "two", (await server("short")).target);
    await open(page, "two");
    await workbench.expectAccessible();
    await page.getByRole("button", { name: "Compare…" }).click();
    await open(page, "one");
    await workbench.expectAccessible();
    await runsMenu(page);
    await workbench.expectAccessible();
    await page.getByRole("button", { name: "Clear" }).click();
    await workbench.expectAccessible();
  });
}

test.describe("on a narrow screen", () => {
  test.use({ viewport: { width: 390, height: 500 } });
  test("what is opened comes into view", async ({ workbench, page }) => {
    await run(workbench, "one");
    await open(page, "one");
    await expect(page.getByRole("heading", { name: "Earlier run" })).toBeInViewport();
    await page.getByRole("button", { name: "Compare…" }).click();
    await expect(page.getByRole("heading", { name: "Runs" })).toBeInViewport();
  });
});
