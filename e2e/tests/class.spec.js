// For a class: one bridge for a room, started as the menu says, and opened by its address.

import { lan } from "../harness/servers.js";
import { Workbench, expect, pasted, test } from "../harness/test.js";

const button = (page) => page.locator("#help-button");
const section = (page) => page.locator(".panel section").last();

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });
  test("the menu has the command that serves a room, which does so as it is copied", async ({ page, terminal, ownBridge }) => {
    const bridge = await ownBridge();
    const { port } = new URL(bridge.url);
    await page.goto(bridge.url);
    await button(page).click();
    await expect(section(page).getByRole("heading")).toHaveText("For a class");
    await expect(section(page)).toContainText("nothing else");
    const row = section(page).locator(".command").filter({ hasText: "tcp-bridge" });
    await row.getByRole("button", { name: "Copy" }).click();
    await expect.poll(() => pasted(page)).toMatch(new RegExp(`--listen 0.0.0.0:${port}$`));
    await bridge.stop();
    const restarted = terminal(await pasted(page));
    await expect.poll(() => restarted.output).toContain("Open http://");
    // It is for others now, so it asks for the token that it prints.
    await page.goto(/Open (\S+)/.exec(restarted.output)[1]);
    await expect(page).toHaveURL(bridge.url);
    const { flags } = await page.evaluate(() => fetch("/api/info").then((it) => it.json()));
    expect(flags).toContain("--allow 127.0.0.1:1-65535");
    await button(page).click();
    await expect(section(page)).toContainText("The bridge serves the network already");
  });
});

test("whoever opens the bridge by its address in the network is told so, and can send", async ({ page, ownBridge, consoleErrors }) => {
  const address = lan();
  test.skip(!address, "this machine is in no network");
  const bridge = await ownBridge({ at: "0.0.0.0:0" });
  const { port, search } = new URL(bridge.url);
  const url = `http://${address}:${port}/${search}`;
  await page.goto(url);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("status")).toContainText("Reply is ok!");
  await page.getByRole("textbox", { name: "To" }).fill("lab/truncate:3");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("status")).toContainText("failed to fill whole buffer");
  await button(page).click();
  await expect(section(page)).toContainText("the room can open it");
  await expect(section(page).locator("code")).toHaveText(url);
  // Over plain http a browser says that it passes over some of the headers.
  const others = consoleErrors.filter((text) => !text.includes("untrustworthy"));
  consoleErrors.splice(0, consoleErrors.length, ...others);
});

for (const locale of ["en-US", "zh-CN"]) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 320, height: 480 } });
    test("all of it can be reached on a small screen, and axe finds nothing", async ({ page, bridge }) => {
      const workbench = new Workbench(page);
      await page.goto(bridge.url);
      await button(page).click();
      // What the bridge says of itself stands above.
      await expect(page.locator(".panel")).toContainText("1 MiB");
      await section(page).locator("p").last().scrollIntoViewIfNeeded();
      await expect(section(page).locator("p").last()).toBeInViewport();
      await workbench.expectNothingCutOff();
      await workbench.expectAccessible();
    });
  });
}
