// Whose server answers at the echo target: the page follows without a reload.

import { closedPort } from "../harness/servers.js";
import { Workbench, expect, test } from "../harness/test.js";

const OWN = "echo server: the bridge's own";
const FREE = "echo server: its port is free for another one now";
const EXTERNAL = "echo server: not the bridge's own; an ncat, perhaps";

/** The bridge looks every half second and leaves the port to a restart for three, the page asks
 *  every two: this is many times that. */
const timeout = 30_000;

test("an ncat that was there first is told, and so is that it has quit", async ({ page, ncat, ownBridge }) => {
  const port = await closedPort();
  const first = await ncat(port);
  const bridge = await ownBridge({ echo: `localhost:${port}` });
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await expect(page.getByText(EXTERNAL)).toBeVisible();
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");

  await first.stop();
  await expect(page.getByText(OWN)).toBeVisible({ timeout });
  expect(first.connections(), first.log()).toBe(1);
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
});

test("an ncat that comes later is told, wherever one is on the page", async ({ page, ncat, ownBridge }) => {
  const port = await closedPort();
  const bridge = await ownBridge({ echo: `localhost:${port}` });
  const workbench = new Workbench(page);
  await workbench.open(bridge.url);
  await expect(page.getByText(OWN)).toBeVisible();
  const lesson = page.getByRole("button", { name: "Lesson", exact: true });
  await lesson.click();
  await workbench.press("Use ncat instead");
  await lesson.click();
  await expect(page.getByText(FREE)).toBeVisible({ timeout });

  const later = await ncat(port);
  await expect(page.getByText(EXTERNAL)).toBeVisible({ timeout });
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  expect(later.connections(), later.log()).toBe(1);
  await later.stop();
  await expect(page.getByText(OWN)).toBeVisible({ timeout });
});

test("a bridge that goes away is told when it goes", async ({ page, ownBridge }) => {
  const bridge = await ownBridge({ echo: "127.0.0.1:0" });
  await new Workbench(page).open(bridge.url);
  await bridge.stop();
  await expect(page.getByText("The bridge is not running")).toBeVisible({ timeout });
});
