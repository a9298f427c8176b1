// The lab: every server that misbehaves, chosen from To, predicted, met and explained.

import { Workbench, expect, tabTo, test } from "../harness/test.js";

const opener = (page) => page.getByRole("button", { name: "misbehaving…" });
const cards = (page) => page.getByRole("group", { name: "misbehaving…" });
/** The button of the card that sets this target. */
const card = (page, target) =>
  page.locator(".card").filter({ has: page.getByText(target, { exact: true }) }).locator("button[type=submit]");
const question = (page) => page.getByRole("group", { name: /^(Predict|预测)/ });
const why = (workbench) => workbench.verdict.locator(".why");

/** Chooses a server as it stands on its card. */
async function choose(page, target) {
  await opener(page).click();
  await card(page, target).click();
}

const OK = "Reply is ok!";
const UNEXPECTED = "Unexpected reply";
const NOT_RECEIVED = "Failed to receive data";
const NOT_CONNECTED = "Failed to connect";
const WAITS = "nothing: it waits";

for (const [target, ending, verdict, reason, line] of [
  ["lab/corrupt:1", UNEXPECTED, "Unexpected reply: Hdllo!", "changed the byte at offset 1", "&data == msg"],
  ["lab/upper", UNEXPECTED, "Unexpected reply: HELLO!", "into capitals", "&data == msg"],
  ["lab/extra:3", OK, "Reply is ok!", "What the server adds is never read", "read_exact"],
  ["lab/banner:Hi!\\n", UNEXPECTED, "Unexpected reply: Hi!\\nHe", "spoke first, 4 bytes", "&data == msg"],
  ["lab/truncate:3", NOT_RECEIVED, "failed to fill whole buffer", "After 3 bytes came FIN", "read_exact"],
  ["lab/delay:1s", OK, "Reply is ok!", "waited 1s and then echoed", "read_exact"],
  ["lab/split:2:200ms", OK, "Reply is ok!", "pieces of 2 bytes", "read_exact"],
  ["lab/silent", WAITS, "Still waiting: 0 of 6 bytes", "it has no time limit", "read_exact"],
  ["lab/late-fin", WAITS, "Still waiting: 0 of 6 bytes", "each waits for the other", "stream.write(msg)"],
  ["lab/reset:3", NOT_RECEIVED, "Connection reset by peer", "After 3 bytes the server sent RST", "read_exact"],
  ["lab/refuse", NOT_CONNECTED, "Connection refused", "Nothing listens on that port", "TcpStream::connect"],
  ["lab/wrong-name", NOT_CONNECTED, "Failed to connect: ", "it is for another name than the one", "TcpStream::connect"],
  ["lab/self-signed", NOT_CONNECTED, "Failed to connect: ", "only the server itself vouches for its", "TcpStream::connect"],
  ["lab/plaintext", NOT_CONNECTED, "Failed to connect: ", "What came back is no TLS", "TcpStream::connect"],
  ["lab/no-close-notify", OK, "Reply is ok!", "notices that close_notify is missing", "read_exact"],
  ["lab/chaos:16", UNEXPECTED, "Unexpected reply: Who is", "upper + reset:5", "&data == msg"],
]) {
  const tag = target === "lab/truncate:3" ? "@main" : [];
  test(`${target} is chosen, predicted, met and explained`, { tag }, async ({ workbench, page }) => {
    await choose(page, target);
    await expect(workbench.to).toHaveValue(target);
    await question(page).getByRole("radio", { name: ending }).check();
    await workbench.send.click();
    await expect(workbench.verdict).toContainText(verdict);
    await expect(workbench.verdict.getByText("as predicted", { exact: true })).toBeVisible();
    await expect(workbench.verdict).not.toContainText(reason);
    await workbench.openWhy();
    await expect(why(workbench)).toContainText(reason);
    await expect(why(workbench).locator(".line")).toContainText(line);
  });
}

test("lab/expired is chosen, predicted and explained, and gets the message once nobody verifies it", async ({ workbench, page }) => {
  await choose(page, "lab/expired");
  await expect(page.getByRole("img", { name: "TLS" })).toBeVisible();
  await question(page).getByRole("radio", { name: NOT_CONNECTED }).check();
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Failed to connect: ");
  await expect(workbench.verdict).toContainText("The certificate of lab/expired has expired.");
  await workbench.verdict.getByRole("button", { name: "Certificate" }).click();
  await expect(page.getByRole("region", { name: "Certificate" })).toContainText("✕ the certificate expired on ");
  await expect(workbench.verdict.getByText("as predicted", { exact: true })).toBeVisible();
  await expect(workbench.log).toContainText("certificate expired");
  await expect(workbench.log).toContainText("Terminated.");
  await expect(workbench.log).not.toContainText("Successfully connected");
  await expect(workbench.log).not.toContainText("Sent Hello");
  await workbench.openWhy();
  await expect(why(workbench)).toContainText("the certificate that the server showed is no longer valid");
  await expect(why(workbench).locator(".line")).toContainText("TcpStream::connect");
  await page.getByRole("button", { name: "Connect without verification" }).click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.verdict).toContainText("not verified: the certificate expired on ");
  await expect(workbench.verdict.getByText(/as predicted$/)).toHaveCount(0);
  await expect(why(workbench)).toContainText("nobody asked it to: verification is off");
  await workbench.expectLines(["Successfully connected", "Sent Hello", "Reply is ok!", "Terminated."]);
});

for (const [target, message, ending, reason] of [
  ["lab/truncate:6", "Hello!", OK, "hangs up after 6 bytes, but the message has only 6"],
  ["lab/upper", "2026", OK, "has none of these letters"],
  ["lab/corrupt:9", "Hello!", OK, "ends before it"],
  ["lab/truncate:4", "你好", NOT_RECEIVED, "The cut is inside a character"],
  ["lab/delay:20s", "Hello!", WAITS, "slower than this page waits"],
]) {
  test(`what ${target} does to ${message} depends on the message`, async ({ workbench, page }) => {
    await workbench.to.fill(target);
    await workbench.message.fill(message);
    await question(page).getByRole("radio", { name: NOT_CONNECTED }).check();
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("not as predicted");
    await workbench.openWhy();
    const happened = why(workbench).locator("dl > div").filter({ hasText: "Happened" });
    await expect(happened).toContainText(ending);
    await expect(why(workbench)).toContainText(reason);
  });
}

test("all of a card is its button, but for its fields", async ({ workbench, page }) => {
  await opener(page).click();
  const truncate = page.locator(".card").filter({ hasText: "Cuts the reply short" });
  await truncate.getByRole("spinbutton").click();
  await expect(cards(page)).toBeVisible();
  await truncate.click({ position: { x: 4, y: 4 } });
  await expect(cards(page)).toHaveCount(0);
  await expect(workbench.to).toHaveValue("lab/truncate:3");
});

test("the line that decides names the port that refused", async ({ workbench }) => {
  await workbench.run({ target: "lab/refuse" });
  await expect(workbench.verdict).toContainText("Connection refused");
  await workbench.openWhy();
  await expect(why(workbench).locator(".line")).toHaveText(/connect\("localhost:\d{4,5}"\)/);
  await expect(why(workbench).locator(".line")).not.toContainText("8888");
});

test("what is filled in on a card goes into its target, within its bounds", async ({ workbench, page }) => {
  await opener(page).click();
  const bytes = cards(page).getByRole("spinbutton", { name: "truncate: bytes" });
  await bytes.fill("5");
  await expect(card(page, "lab/truncate:5")).toHaveAttribute("aria-pressed", "false");
  await cards(page).getByRole("spinbutton", { name: "split: bytes at once" }).fill("0");
  await card(page, "lab/split:0:200ms").click();
  await expect(cards(page)).toBeVisible();
  await card(page, "lab/truncate:5").click();
  await expect(workbench.to).toHaveValue("lab/truncate:5");
  await expect(workbench.to).toHaveAccessibleDescription("Echoes 5 bytes, then ends the connection (FIN).");
  await opener(page).click();
  await expect(card(page, "lab/truncate:5")).toHaveAttribute("aria-pressed", "true");
  await bytes.fill("1");
  await expect(workbench.to).toHaveValue("lab/truncate:1");
  await expect(workbench.to).toHaveAccessibleDescription(/^Echoes 1 byte, /);
});

test("the dice make a seed, and the same seed does the same", async ({ workbench, page }) => {
  await opener(page).click();
  await cards(page).getByRole("button", { name: "Roll the dice" }).click();
  await card(page, /^lab\/chaos:\d+$/).click();
  const seen = async () => {
    await workbench.send.click();
    await expect(workbench.send).toBeEnabled();
    return why(workbench).locator(".mixed").innerText();
  };
  await workbench.send.click();
  await workbench.openWhy();
  const first = await seen();
  expect(first).toMatch(/^This seed mixes [a-z]/);
  expect(await seen()).toBe(first);
});

test("by keyboard alone, from To to the explanation", async ({ workbench, page }) => {
  await tabTo(opener(page));
  await page.keyboard.press("Enter");
  await tabTo(cards(page).getByRole("spinbutton", { name: "reset: bytes" }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  await expect(cards(page)).toHaveCount(0);
  await expect(opener(page)).toBeFocused();
  await expect(workbench.to).toHaveValue("lab/reset:2");
  await tabTo(question(page).getByRole("radio").first());
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await tabTo(workbench.send);
  await page.keyboard.press("Enter");
  await expect(workbench.verdict.getByText("as predicted", { exact: true })).toBeVisible();
  await tabTo(workbench.verdict.getByRole("button", { name: "Why" }));
  await page.keyboard.press("Enter");
  await expect(why(workbench)).toContainText("After 2 bytes the server sent RST");
});

test("Escape closes the cards with the focus back on their button, and so does going on", async ({ workbench, page }) => {
  await opener(page).click();
  await expect(opener(page)).toHaveAttribute("aria-expanded", "true");
  await cards(page).getByRole("spinbutton").first().focus();
  await page.keyboard.press("Escape");
  await expect(cards(page)).toHaveCount(0);
  await expect(opener(page)).toBeFocused();
  await opener(page).click();
  await workbench.message.click();
  await expect(cards(page)).toHaveCount(0);
  await expect(workbench.message).toBeFocused();
  await expect(workbench.to).not.toHaveValue(/lab/);
});

test("the echo server is one press away again", async ({ workbench, page }) => {
  const echo = await workbench.to.inputValue();
  await choose(page, "lab/silent");
  await page.getByRole("button", { name: "echo", exact: true }).click();
  await expect(workbench.to).toHaveValue(echo);
  await expect(question(page)).toHaveCount(0);
});

test("a mistake in a fault is told at once, and nothing is sent", async ({ workbench, page }) => {
  await workbench.to.fill("lab/truncate:x");
  await expect(workbench.to).toHaveAccessibleDescription(/At character 14: "x" is not a number/);
  await expect(question(page)).toHaveCount(0);
  await workbench.send.click();
  await expect(workbench.to).toBeFocused();
  const selected = await workbench.to.evaluate((field) => [field.selectionStart, field.selectionEnd]);
  expect(selected).toEqual([13, 14]);
  await page.getByRole("button", { name: "中文" }).click();
  const to = page.getByRole("textbox", { name: "目标" });
  await expect(to).toHaveAccessibleDescription(/^第 14 个字符：这里应当是一个 0 到 \d+ 之间的整数。$/);
  await expect(page.getByRole("log")).not.toContainText("Terminated.");
});

test("who predicts nothing is told why on request", async ({ workbench }) => {
  await workbench.run({ target: "lab/extra:3" });
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.verdict).not.toContainText("never read, so");
  await workbench.openWhy();
  await expect(why(workbench)).toContainText("never read, so the program cannot notice it");
  await expect(why(workbench)).not.toContainText("Predicted");
  await expect(workbench.verdict).toContainText("3 more bytes arrived that the program never read");
});

test("the verdict has the command that starts the same server, and no program for the lab", async ({ workbench }) => {
  await workbench.run({ target: "lab/banner:It's me" });
  await workbench.openWhy();
  await expect(workbench.verdict).toContainText("tcp-bridge echo --fault 'banner:It'\\''s me'");
  await expect(workbench.verdict.getByRole("button", { name: "Copy as" })).toHaveCount(0);
});

test("a link carries a server, and a run is kept with it and can be repeated", { tag: "@main" }, async ({ workbench, page, bridge }) => {
  await page.goto(`${bridge.url}#to=lab/truncate:3`);
  await expect(workbench.to).toHaveValue("lab/truncate:3");
  await expect(question(page)).toBeVisible();
  await expect(workbench.log).not.toContainText("Terminated.");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("failed to fill whole buffer");
  await page.getByRole("button", { name: "echo", exact: true }).click();
  await page.locator(".runs li button").first().click();
  await expect(page.locator(".happened")).toContainText("lab/truncate:3");
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page.locator(".runs li")).toHaveCount(2);
  await expect(workbench.to).toHaveValue("lab/truncate:3");
});

test("a server of the lab can be stayed with and met many times, without a prediction", async ({ workbench, page }) => {
  await choose(page, "lab/upper");
  await page.getByRole("radio", { name: "Stay connected" }).check();
  await expect(question(page)).toHaveCount(0);
  await workbench.send.click();
  await expect(workbench.log).toContainText("HELLO!");
  await expect(opener(page)).toHaveAttribute("aria-disabled", "true");
});

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });
      test("axe finds nothing in the cards, the question and the explanation", async ({ page, bridge }) => {
        const workbench = new Workbench(page);
        await page.goto(bridge.url);
        await page.locator("#lab-button").click();
        await expect(page.locator(".card").first()).toBeVisible();
        await workbench.expectAccessible();
        await card(page, "lab/truncate:3").click();
        await question(page).getByRole("radio").first().check();
        await workbench.expectAccessible();
        await page.locator(".send").click();
        await workbench.openWhy();
        await expect(page.locator(".why .line")).toBeVisible();
        await workbench.expectAccessible();
        await page.locator("#to").fill("lab/truncate");
        await workbench.expectAccessible();
      });
    });
  }
}

for (const locale of ["en-US", "zh-CN"]) {
  test.describe(`on a projector, ${locale}`, () => {
    test.use({ viewport: { width: 853, height: 480 }, locale });
    test("message, question, Send, verdict, prediction and the first lines are in view", async ({ page, bridge }) => {
      await page.goto(bridge.url);
      await page.locator("#lab-button").click();
      await card(page, "lab/truncate:3").click();
      await question(page).getByRole("radio").first().check();
      await page.locator(".send").click();
      await expect(page.locator(".badge")).toBeVisible();
      for (const part of [
        page.locator("#message"),
        question(page),
        page.locator(".send"),
        page.locator(".sentence"),
        page.locator(".badge"),
        page.getByRole("log").getByText("Successfully connected"),
        page.getByRole("log").getByText("Sent Hello"),
      ]) {
        await expect(part).toBeInViewport({ ratio: 0.99 });
      }
    });
  });
}

for (const width of [1280, 853, 800, 640, 390, 320]) {
  test(`neither cards nor explanation are cut off at ${width} pixels`, async ({ workbench, page }) => {
    await page.setViewportSize({ width, height: 700 });
    await opener(page).click();
    await expect(page.locator(".card").first()).toBeVisible();
    await workbench.expectNothingCutOff();
    await card(page, "lab/chaos:16").click();
    await question(page).getByRole("radio").first().check();
    await workbench.send.click();
    await workbench.openWhy();
    await expect(why(workbench)).toContainText("This seed mixes");
    await workbench.expectNothingCutOff();
  });
}
