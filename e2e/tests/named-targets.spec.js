// Targets that the bridge has names for, in the page.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { startBridge } from "../harness/bridge.js";
import { behaviours, serve } from "../harness/servers.js";
import { expect, test, Workbench } from "../harness/test.js";

/** The button beside To with this name. */
const button = (page, name) => page.getByRole("button", { name, exact: true });

test.describe("a bridge with targets of its own", () => {
  let bridge, redis, upper, folder, socket;

  test.beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "echo-playground-targets-"));
    socket = path.join(folder, "upper.sock");
    redis = await serve(behaviours.redis);
    upper = await serve(behaviours.upper, { path: socket });
    const targets = { redis: redis.target, upper: `unix:${socket}` };
    const args = Object.entries(targets).flatMap(([name, address]) => ["--target", `${name}=${address}`]);
    bridge = await startBridge({ args });
  });

  test.afterAll(async () => {
    await bridge.stop();
    redis.stop();
    upper.stop();
    rmSync(folder, { recursive: true });
  });

  test("they stand beside echo, and one is sent to by its name", async ({ page }) => {
    const workbench = new Workbench(page);
    await workbench.open(bridge.url);
    await expect(button(page, "echo")).toHaveAttribute("aria-pressed", "true");
    await button(page, "redis").click();
    await expect(workbench.to).toHaveValue("redis");
    await expect(button(page, "redis")).toHaveAttribute("aria-pressed", "true");
    await expect(button(page, "echo")).toHaveAttribute("aria-pressed", "false");
    await expect(workbench.to).toHaveAccessibleDescription(redis.target);
    await workbench.message.fill("PING");
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("PONG");
    await button(page, "echo").click();
    await expect(workbench.to).toHaveValue(/^(localhost|127\.0\.0\.1):\d+$/);
  });

  test("one may be a Unix socket, which has neither port nor packets", async ({ page }) => {
    const workbench = new Workbench(page);
    await workbench.open(bridge.url);
    await button(page, "upper").click();
    await expect(workbench.to).toHaveAccessibleDescription(`unix:${socket}`);
    await workbench.message.fill("Hello!");
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("HELLO!");
    await expect(workbench.log).toContainText("Successfully connected to server");
    await expect(workbench.log).not.toContainText("in port");
    await expect(workbench.log).not.toContainText("SYN");
  });

  test("while a connection is open, the target stays", async ({ page }) => {
    const workbench = new Workbench(page);
    await workbench.open(bridge.url);
    await workbench.choose("Stay connected");
    await button(page, "upper").click();
    await button(page, "Connect").click();
    await expect(button(page, "Disconnect")).toBeVisible();
    await expect(button(page, "redis")).toHaveAttribute("aria-disabled", "true");
    await button(page, "redis").click({ force: true });
    await expect(workbench.to).toHaveValue("upper");
  });
});

test("a bridge without such targets offers none", async ({ page, bridge }) => {
  await new Workbench(page).open(bridge.url);
  const chips = page.locator(".field").filter({ has: page.getByRole("textbox", { name: "To" }) });
  await expect(chips.getByRole("button")).toHaveCount(2);
});
