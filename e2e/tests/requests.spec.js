// Saved requests, drafts, and the earlier messages of a connection that stays.

import { readFile } from "node:fs/promises";

import { Workbench, expect, refuseStorage, runsMenu, test } from "../harness/test.js";

const saved = (page) => page.getByRole("region", { name: "Saved" });
const chip = (page, name) => saved(page).getByRole("button", { name, exact: true });

/** Saves what is typed as a request of this name. */
async function save(page, name) {
  if ((await saved(page).count()) === 0) {
    await runsMenu(page, "Save request…");
  } else {
    await page.getByRole("button", { name: "Save request…" }).click();
  }
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "Name" }).press("Enter");
  await expect(chip(page, name)).toBeVisible();
}

test("a request is saved before the first run, and opened after a reload without sending anything", async ({ workbench, page }) => {
  await workbench.to.fill("localhost:6379");
  await workbench.message.fill("PING");
  await workbench.choose("Stay connected");
  await save(page, "Redis PING");
  await workbench.to.fill("localhost:7");
  await workbench.message.fill("another");
  await workbench.choose("Once");
  await page.reload();
  await chip(page, "Redis PING").click();
  await expect(workbench.to).toHaveValue("localhost:6379");
  await expect(workbench.message).toHaveValue("PING");
  await expect(page.getByRole("radio", { name: "Stay connected" })).toBeChecked();
  await expect(chip(page, "Redis PING")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("region", { name: "Runs" }).getByRole("listitem")).toHaveCount(0);
  await workbench.expectAccessible();
});

test("a request is renamed, replaced, deleted and had again", async ({ workbench, page }) => {
  await save(page, "one");
  await page.getByRole("button", { name: "Rename…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("uno");
  await workbench.expectAccessible();
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(chip(page, "uno")).toBeVisible();
  await expect(chip(page, "one")).toHaveCount(0);

  await workbench.message.fill("changed");
  await page.getByRole("button", { name: "Save request…" }).click();
  await expect(page.getByText("There is a request of this name")).toBeVisible();
  await page.getByRole("button", { name: "Replace" }).click();
  await workbench.message.fill("");
  await chip(page, "uno").click();
  await expect(workbench.message).toHaveValue("changed");

  await page.getByRole("button", { name: "Delete" }).click();
  await expect(chip(page, "uno")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chip(page, "uno")).toBeVisible();
});

test("a request without a name is told, and Escape closes the form", async ({ workbench, page }) => {
  await expect(workbench.send).toBeVisible();
  await runsMenu(page, "Save request…");
  const name = page.getByRole("textbox", { name: "Name" });
  await expect(name).toBeFocused();
  await expect(name).toHaveValue("Hello!");
  await name.fill(" ");
  await name.press("Enter");
  await expect(page.getByText("Type a name.")).toBeVisible();
  await name.press("Escape");
  await expect(name).toHaveCount(0);
});

test("requests go into a file, and from it into another browser", async ({ workbench, page, browser, bridge }) => {
  await workbench.message.fill("你好");
  await save(page, "greeting");
  const download = page.waitForEvent("download");
  await runsMenu(page, "Export");
  const file = await (await download).path();
  const { version, requests } = JSON.parse(await readFile(file, "utf8"));
  expect({ version, requests }).toEqual({ version: 2, requests: [{ name: "greeting", msg: "你好" }] });

  const context = await browser.newContext();
  const other = new Workbench(await context.newPage());
  await other.open(bridge.url);
  await runsMenu(other.page);
  await other.page.getByLabel("Import…").setInputFiles(file);
  await expect(other.page.getByText("1 request came in.")).toBeVisible();
  await chip(other.page, "greeting").click();
  await expect(other.message).toHaveValue("你好");
  await context.close();
});

test("two tabs keep the same requests", async ({ workbench, page, context, bridge }) => {
  const other = new Workbench(await context.newPage());
  await other.open(bridge.url);
  await save(page, "from one");
  await expect(chip(other.page, "from one")).toBeVisible();
  await save(other.page, "from the other");
  await expect(chip(page, "from the other")).toBeVisible();
  await page.reload();
  await expect(saved(page).locator(".chip")).toHaveText(["from one", "from the other"]);
});

test("a browser that keeps nothing is told once, of requests and runs alike", async ({ page, bridge }) => {
  await refuseStorage(page);
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await save(page, "gone soon");
  await workbench.run({ message: "gone, too" });
  await expect(page.getByRole("region", { name: "Runs" }).getByRole("listitem")).toHaveCount(1);
  await expect(chip(page, "gone soon")).toBeVisible();
  await expect(page.getByText("This browser keeps nothing for this page")).toHaveCount(1);
});

test("message, target and mode survive a reload, and nothing is sent", async ({ workbench, page, server }) => {
  const { target } = await server("upper");
  await workbench.to.fill(target);
  await workbench.message.fill("two\nlines");
  await workbench.choose("Stay connected");
  await page.reload();
  await expect(workbench.to).toHaveValue(target);
  await expect(workbench.message).toHaveValue("two\nlines");
  await expect(page.getByRole("radio", { name: "Stay connected" })).toBeChecked();
  await expect(page.getByRole("button", { name: "Connect", exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Runs" })).toHaveCount(0);
});

test("a link that sets the page up wins over a draft", async ({ workbench, page, bridge }) => {
  await workbench.message.fill("draft");
  await page.goto("about:blank");
  await page.goto(`${bridge.url}#msg=linked`);
  await expect(workbench.message).toHaveValue("linked");
  await page.goto("about:blank");
  await page.goto(`${bridge.url}#view=bytes`);
  await expect(workbench.message).toHaveValue("linked");
});

test("the arrow keys bring earlier messages back while a connection stays", async ({ workbench, page, server }) => {
  await workbench.choose("Stay connected");
  await workbench.run({ target: (await server("upper")).target, message: "one" });
  await expect(workbench.log).toContainText("ONE");
  await workbench.run({ message: "two\nlines" });
  await expect(workbench.log).toContainText("LINES");
  const { message } = workbench;
  await message.fill("draft");
  await message.press("ArrowUp");
  await expect(message).toHaveValue("two\nlines");
  // The caret is in the second of two lines.
  await message.press("ArrowUp");
  await expect(message).toHaveValue("two\nlines");
  await message.press("ArrowUp");
  await expect(message).toHaveValue("one");
  await message.press("ArrowDown");
  await message.press("ArrowDown");
  await expect(message).toHaveValue("draft");
  await message.press("Shift+ArrowUp");
  await expect(message).toHaveValue("draft");
  await message.dispatchEvent("keydown", { key: "ArrowUp", isComposing: true });
  await expect(message).toHaveValue("draft");
});
