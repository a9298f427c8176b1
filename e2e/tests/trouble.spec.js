// What goes wrong around a run: each is told, and nothing that was typed is lost.

import { Workbench, expect, test } from "../harness/test.js";

test("a target that is not allowed is refused with the flag that would allow it", async ({ page, ownBridge, consoleErrors }) => {
  const bridge = await ownBridge({ args: [] });
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await workbench.run({ target: "localhost:6379" });
  await expect(workbench.verdict).toContainText("--allow localhost:6379");
  await expect(workbench.to).toHaveValue("localhost:6379");
  consoleErrors.length = 0;
});

test("a name whose address is not allowed is refused with the address to allow", async ({ page, ownBridge, consoleErrors }) => {
  const bridge = await ownBridge({ args: ["--allow", "10.0.0.0/8:6379"] });
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await workbench.run({ target: "localhost:6379" });
  const command = workbench.verdict.locator(".command");
  await expect(command.locator("code")).toHaveText(/ --allow ('\[::1\]'|127\.0\.0\.1):6379$/);
  await expect(command.getByRole("button", { name: "Copy" })).toBeVisible();
  await expect(workbench.verdict).toContainText("Allow the address, not the name");
  await expect(workbench.verdict).not.toContainText("--allow localhost");
  consoleErrors.length = 0;
});

test("a target that is none is told, and what was typed stays", async ({ workbench }) => {
  await workbench.run({ target: "nonsense", message: "keep me" });
  await expect(workbench.page.getByText("host:port").first()).toBeVisible();
  await expect(workbench.to).toHaveValue("nonsense");
  await expect(workbench.message).toHaveValue("keep me");
});

test("nothing is sent where there is nothing to send", async ({ workbench }) => {
  await workbench.run({ message: "" });
  await expect(workbench.message).toHaveAccessibleDescription(/./);
  await expect(workbench.log).not.toContainText("Terminated.");
});

test("a bridge that goes away is told, and noticed when it is back", async ({ page, ownBridge, server, consoleErrors }) => {
  let bridge = await ownBridge();
  const silent = await server("silent");
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await workbench.run({ target: silent.target, message: "keep me" });
  await expect(workbench.verdict).toContainText("Waiting");
  await bridge.stop();
  await expect(page.getByText("The bridge went away in the middle")).toBeVisible();
  await expect(page.getByText("Start it again").first()).toBeVisible();
  bridge = await ownBridge({ at: bridge.address });
  await expect(page.getByText("Start it again")).toHaveCount(0);
  await expect(workbench.message).toHaveValue("keep me");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Waiting");
  // The browser itself logs each request that finds no bridge.
  consoleErrors.length = 0;
});

test("a part of the page that does not come is told, and comes when it is tried again", async ({ workbench, page, consoleErrors }) => {
  await page.route("**/*-lesson.wasm", (route) => route.abort());
  await workbench.press("Lesson");
  await expect(page.getByRole("alert")).toContainText("This part of the page could not be loaded");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await page.unroute("**/*-lesson.wasm");
  await workbench.press("Try again");
  await expect(page.getByRole("heading", { name: "An echo server" })).toBeVisible();
  expect(consoleErrors.splice(0).length).toBeGreaterThan(0);
});
