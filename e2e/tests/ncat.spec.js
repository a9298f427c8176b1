// The tutorial's own server, `ncat --exec /bin/cat`, which drops what cat has not answered by the
// client's FIN: the page sends none before the reply is there.

import { expect, test } from "../harness/test.js";

/** Short ones, and one that takes several reads. */
const MESSAGES = ["Hello!", "你好", "0123456789abcdef".repeat(2_000)];

test("once is answered each time", async ({ workbench, ncat, page }) => {
  await workbench.to.fill(`127.0.0.1:${(await ncat()).port}`);
  await workbench.expected.selectOption("same");
  for (const message of MESSAGES) {
    await workbench.message.fill(message);
    for (let press = 1; press <= 10; press += 1) {
      await workbench.send.click();
      await expect(workbench.verdict).toContainText("Reply is ok!");
      await expect(page.getByRole("status")).toHaveAttribute("aria-busy", "false");
    }
  }
});

test("any reply is read whole before the connection is ended", async ({ workbench, ncat, page }) => {
  await page.goto(`${new URL(page.url()).origin}/#to=127.0.0.1:${(await ncat()).port}&msg=Hello&expect=anything`);
  for (let press = 1; press <= 5; press += 1) {
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("5 bytes");
  }
});

test("a load test has every reply, on each of its connections", async ({ workbench, ncat }) => {
  await workbench.to.fill(`127.0.0.1:${(await ncat()).port}`);
  await workbench.choose("Repeat");
  await workbench.press("Start");
  await expect(workbench.verdict).toContainText("all came back unchanged", { timeout: 60_000 });
});
