// The menu `?`: theme, keys, and what the bridge says of itself.

import { expect, test } from "../harness/test.js";

const button = (page) => page.getByRole("button", { name: "Help and settings" });
const panel = (page) => page.getByRole("group", { name: "Help and settings" });
const background = (page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const WHITE = "rgb(255, 255, 255)";

test("it opens, and closes by Escape with the focus back on its button", async ({ workbench, page }) => {
  await expect(workbench.send).toBeVisible();
  await expect(button(page)).toHaveAttribute("aria-expanded", "false");
  await button(page).click();
  await expect(button(page)).toHaveAttribute("aria-expanded", "true");
  // What the menu shows is loaded on demand.
  await expect(page.getByRole("radio", { name: "System" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: "System" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(button(page)).toBeFocused();
});

test("a press elsewhere closes it", async ({ workbench, page }) => {
  await button(page).click();
  await expect(panel(page)).toBeVisible();
  await page.mouse.click(5, 700);
  await expect(panel(page)).toHaveCount(0);
  await expect(workbench.verdict).toContainText("Press Send");
});

test("a chosen theme is kept, and there before anything is painted", { tag: "@main" }, async ({ workbench, page, consoleErrors }) => {
  await expect(workbench.send).toBeVisible();
  await button(page).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  expect(await background(page)).not.toBe(WHITE);
  // No wasm: what is seen now is the page as it is before the program runs.
  await page.route("**/*.wasm", (route) => route.abort());
  await page.reload();
  expect(await background(page)).not.toBe(WHITE);
  await page.unroute("**/*.wasm");
  consoleErrors.length = 0;
  await page.reload();
  await button(page).click();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await page.getByRole("radio", { name: "Light" }).check();
  expect(await background(page)).toBe(WHITE);
});

test("a chosen theme wins over the system's", async ({ workbench, page }) => {
  await expect(workbench.send).toBeVisible();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await background(page)).toBe(WHITE);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await background(page)).not.toBe(WHITE);
  await button(page).click();
  await page.getByRole("radio", { name: "Light" }).check();
  expect(await background(page)).toBe(WHITE);
  await page.getByRole("radio", { name: "System" }).check();
  expect(await background(page)).not.toBe(WHITE);
});

test("? opens it outside of fields, until bare keys are switched off", async ({ workbench, page }) => {
  await workbench.message.fill("");
  await workbench.message.pressSequentially("what?");
  await expect(workbench.message).toHaveValue("what?");
  await expect(panel(page)).toHaveCount(0);
  await workbench.send.focus();
  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: /Single-key/ }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(panel(page)).toHaveCount(0);
  await page.reload();
  await expect(workbench.send).toBeVisible();
  await page.keyboard.press("?");
  await expect(panel(page)).toHaveCount(0);
});

test("it tells what the bridge says of itself", async ({ workbench, page, bridge }) => {
  const info = await (await fetch(`${bridge.url}api/info`)).json();
  await expect(workbench.send).toBeVisible();
  await button(page).click();
  for (const text of [info.version, `${info.targets[0].address} (the bridge's own)`, "1 MiB"]) {
    await expect(panel(page)).toContainText(text);
  }
});

for (const [theme, language] of [["Light", "EN"], ["Dark", "EN"], ["Light", "中文"], ["Dark", "中文"]]) {
  test(`axe finds nothing in it, ${theme}, ${language}`, async ({ workbench, page }) => {
    await expect(workbench.send).toBeVisible();
    await button(page).click();
    await page.getByRole("radio", { name: theme }).check();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: language, exact: true }).click();
    await page.locator("#help-button").click();
    await workbench.expectAccessible();
  });
}

test.describe("on a small screen", () => {
  test.use({ viewport: { width: 320, height: 400 } });
  test("all of it can be reached, and the page does not scroll sideways", async ({ workbench, page }) => {
    await expect(workbench.send).toBeVisible();
    await button(page).click();
    await page.getByText("WebSocket messages").scrollIntoViewIfNeeded();
    await expect(page.getByText("WebSocket messages")).toBeInViewport();
    await workbench.expectNothingCutOff();
  });
});
