// What all regions share: the header, explanations, the presentation mode, sizes for fingers, paper.

import { Workbench, expect, tabTo, test } from "../harness/test.js";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("the header can be skipped, and the address stays", async ({ workbench, page }) => {
  const skip = page.getByRole("button", { name: "Skip to To and Message" });
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  const url = page.url();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: "Client" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "echo", exact: true })).toBeFocused();
  expect(page.url()).toBe(url);
});

test("terms are explained beside them, by keyboard too, and Escape leads back", async ({ workbench, page }) => {
  await workbench.choose("Stay connected");
  await workbench.send.click();
  const explain = page.getByRole("button", { name: "What are FIN, RST and Disconnect?" });
  await tabTo(explain);
  await page.keyboard.press("Enter");
  await expect(explain).toHaveAttribute("aria-expanded", "true");
  const said = page.getByRole("complementary", { name: "Explanations" });
  for (const term of ["FIN", "RST", "Disconnect"]) {
    await expect(said.getByRole("term").filter({ hasText: term }).first()).toBeVisible();
  }
  await workbench.expectAccessible();
  await page.keyboard.press("Escape");
  await expect(said).toBeEmpty();
  await expect(explain).toBeFocused();
});

test("P presents, until it is pressed again, and a link may", async ({ workbench, page, bridge }) => {
  const header = page.getByRole("button", { name: "Copy link" });
  await workbench.message.fill("Pp");
  await expect(header).toBeVisible();
  await workbench.send.click();
  await page.keyboard.press("p");
  await expect(header).toBeHidden();
  expect(page.url()).toContain("present=1");
  await expect(workbench.verdict).toBeVisible();
  await expect(page.getByRole("heading", { name: "Runs" })).toBeHidden();
  await workbench.expectAccessible();
  await workbench.expectNothingCutOff();
  await page.reload();
  await expect(workbench.send).toBeVisible();
  await expect(header).toBeHidden();
  await page.getByRole("button", { name: "Leave presentation" }).click();
  await expect(header).toBeVisible();
  expect(page.url()).not.toContain("present");
});

test("a verdict is set apart once To names another target", async ({ workbench, page }) => {
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await workbench.to.fill("localhost:7");
  await expect(workbench.verdict).toContainText("Of the previous run");
  await workbench.expectAccessible();
  await page.emulateMedia({ colorScheme: "dark" });
  await workbench.expectAccessible();
  await page.getByRole("button", { name: "echo", exact: true }).click();
  await expect(workbench.verdict).not.toContainText("Of the previous run");
});

test("what is to be done about a refusal is in sight, and the rest is told on request", async ({ page, ownBridge, consoleErrors }) => {
  const bridge = await ownBridge({ args: [] });
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.verdict.getByText("The same in a terminal")).toHaveCount(0);
  await workbench.openWhy();
  await expect(workbench.verdict.getByText("The same in a terminal")).toBeVisible();
  await workbench.run({ target: "localhost:6379" });
  await expect(workbench.verdict.getByText("--allow localhost:6379")).toBeVisible();
  consoleErrors.length = 0;
});

test("the headline has one size, and at most two lines, whatever it says", async ({ workbench, page, server }) => {
  const headline = page.locator(".sentence > :last-child");
  const size = () => headline.evaluate((it) => getComputedStyle(it).fontSize);
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  const short = await size();
  const binary = await server("binary");
  await workbench.run({ target: binary.target, message: "x".repeat(300) });
  await expect(workbench.verdict).toContainText("Unexpected reply");
  expect(await size()).toBe(short);
  const lines = await headline.evaluate((it) => it.clientHeight / parseFloat(getComputedStyle(it).lineHeight));
  expect(Math.round(lines)).toBe(2);
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("the verdict is in view after Send", async ({ workbench, page, server }) => {
    const upper = await server("upper");
    await workbench.message.fill("one\ntwo\nthree\nfour\nfive\nsix\nseven\n");
    await workbench.run({ target: upper.target });
    await expect(workbench.verdict).toContainText("Unexpected reply");
    await expect(page.locator(".headline")).toBeInViewport({ ratio: 1 });
  });

  test("what is pressed is at least 44 pixels high", async ({ workbench, page }) => {
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    const low = await page.evaluate(() => {
      const parts = document.querySelectorAll("header, .composer, .verdict");
      const pressed = [...parts].flatMap((part) => [...part.querySelectorAll("button, label:has(input)")]);
      const shown = pressed.filter((it) => it.checkVisibility() && !it.matches(".skip, .settings label"));
      return shown.filter((it) => it.getBoundingClientRect().height < 44).map((it) => it.outerHTML);
    });
    expect(low).toEqual([]);
  });
});

test.describe("at twice the size", () => {
  // What is left of 1280 x 800 at 200 %.
  test.use({ viewport: { width: 640, height: 400 } });

  test("the verdict is in view after Send", async ({ workbench, page }) => {
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    await expect(page.locator(".headline")).toBeInViewport({ ratio: 1 });
  });
});

test("on paper there is what was sent and what came of it, and nothing to press", async ({ workbench, page }) => {
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await page.emulateMedia({ media: "print" });
  for (const part of [workbench.to, workbench.message, workbench.verdict, workbench.log]) {
    await expect(part).toBeVisible();
  }
  await expect(workbench.send).toBeHidden();
  await expect(page.getByRole("button", { name: "Lesson" })).toBeHidden();
});
