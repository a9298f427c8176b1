// Links that set the page up.

import { Workbench, expect, pasted, test } from "../harness/test.js";

const FULL = "#to=lab/truncate:3&msg=%E4%BD%A0%E5%A5%BD&as=text&end=none&how=once&expect=same&lang=zh";

test("a link sets the page up, in its language, and sends nothing", { tag: "@main" }, async ({ page, bridge }) => {
  const sockets = [];
  page.on("websocket", (socket) => sockets.push(socket));
  await page.goto(bridge.url + FULL);
  await expect(page.getByRole("textbox", { name: "目标" })).toHaveValue("lab/truncate:3");
  await expect(page.getByRole("textbox", { name: "消息" })).toHaveValue("你好");
  await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);
  // What the link brings about has been drawn by then.
  await expect(page.getByRole("button", { name: "发送", exact: true })).toBeEnabled();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  expect(sockets).toEqual([]);
});

test("a link's language is for this visit: the one that was chosen is kept", async ({ workbench, page, bridge }) => {
  await page.getByRole("button", { name: "EN", exact: true }).click();
  await page.goto(bridge.url + FULL);
  await expect(page.getByRole("button", { name: "发送" })).toBeVisible();
  await page.goto("about:blank");
  await page.goto(bridge.url);
  await expect(workbench.send).toBeVisible();
});

test("another link in the same tab is heard without a reload", async ({ workbench, page }) => {
  await page.evaluate(() => (window.sameDocument = true));
  await page.evaluate(() => (location.hash = "to=localhost:7&msg=one%0Atwo"));
  await expect(workbench.to).toHaveValue("localhost:7");
  await expect(workbench.message).toHaveValue("one\ntwo");
  await page.evaluate(() => (location.hash = "msg=three"));
  await expect(workbench.message).toHaveValue("three");
  await expect(workbench.to).not.toHaveValue("localhost:7");
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test("a link that only names a place leaves what was typed", async ({ workbench, page }) => {
  await workbench.message.fill("keep me");
  await page.evaluate(() => (location.hash = "lesson=2"));
  await page.evaluate(() => (location.hash = "lang=zh"));
  await expect(page.getByRole("textbox", { name: "消息" })).toHaveValue("keep me");
});

test("what a link says and the page does not know is told, and left at its default", async ({ page, bridge }) => {
  await page.goto(`${bridge.url}#msg=hi&as=base64&unknown=1`);
  await expect(page.getByText("The link says as=base64, which means nothing here")).toBeVisible();
  await expect(page.getByText("unknown")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("hi");
});

test("what is copied opens as what was set up", async ({ workbench, page, context, bridge }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await workbench.to.fill("localhost:7");
  await workbench.message.fill("你好 & #1=50%+");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await pasted(page);
  expect(page.url()).toBe(link);
  const other = new Workbench(await context.newPage());
  await other.open(link);
  await expect(other.to).toHaveValue("localhost:7");
  await expect(other.message).toHaveValue("你好 & #1=50%+");
  expect(link.startsWith(`${bridge.url}#to=localhost:7&msg=`)).toBe(true);
});

test("typing and sending leave the address alone", async ({ workbench, page, bridge }) => {
  await workbench.run({ message: "private" });
  await expect(workbench.verdict).toContainText("Reply is ok!");
  expect(page.url()).toBe(bridge.url);
});
