// The composer, what is expected, the verdict's cause, and what can be taken along.

import { execFileSync } from "node:child_process";

import { expect, pasted, test } from "../harness/test.js";

/** Opens the line of settings. */
const unfold = (page) => page.getByRole("button", { name: /^(Text|Escapes|Hex) · / }).click();

test("at first sight the settings are one line", async ({ workbench, page }) => {
  await expect(page.getByRole("button", { name: "Text · no ending · 6 B" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Text" })).toHaveCount(0);
  await expect(page.getByRole("img", { name: "Goes out" })).toHaveCount(0);
  await expect(workbench.message).toHaveValue("Hello!");
});

test("the bytes that go out are counted and shown", async ({ workbench, page }) => {
  await workbench.message.fill("你好");
  await expect(page.getByRole("button", { name: "Text · no ending · 6 B" })).toBeVisible();
  await expect(page.getByRole("img", { name: "Goes out: e4 bd a0 e5 a5 bd" })).toBeVisible();
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
});

test("another mode keeps the bytes", async ({ workbench, page }) => {
  await workbench.message.fill("你\n");
  await unfold(page);
  await workbench.choose("Escapes");
  await expect(workbench.message).toHaveValue("你\\n");
  await workbench.choose("Hex");
  await expect(workbench.message).toHaveValue("e4 bd a0 0a");
  await workbench.choose("Text");
  await expect(workbench.message).toHaveValue("你\n");
});

test("where Text has no form for the bytes, that is said, and the mode stays", async ({ workbench, page }) => {
  await unfold(page);
  await workbench.choose("Hex");
  await workbench.message.fill("0xff, 0d:0a");
  await page.getByRole("radio", { name: "Text" }).click();
  await expect(workbench.message).toHaveAccessibleDescription(/no form as Text/);
  await expect(page.getByRole("radio", { name: "Hex" })).toBeChecked();
  await expect(workbench.message).toHaveValue("0xff, 0d:0a");
});

test("a mistake is told and selected, and nothing is sent", async ({ workbench, page }) => {
  await unfold(page);
  await workbench.choose("Escapes");
  await workbench.message.fill("你好\\q!");
  await workbench.send.click();
  await expect(workbench.message).toHaveAccessibleDescription(/At character 3: \\q is no escape/);
  await expect(workbench.message).toBeFocused();
  const selected = await workbench.message.evaluate((field) => [field.selectionStart, field.selectionEnd]);
  expect(selected).toEqual([2, 4]);
  await expect(workbench.log).not.toContainText("Terminated.");
  await workbench.message.fill("你好\\n!");
  await workbench.send.click();
  await workbench.expectLines(["Sent 8 bytes, awaiting reply...", "Reply is ok!"]);
});

test("a sample sets the ending that its bytes need", async ({ workbench, page }) => {
  await page.getByRole("button", { name: "PING\\r\\n" }).click();
  await expect(page.getByRole("button", { name: "Text · CRLF · 6 B" })).toBeVisible();
  await page.getByRole("button", { name: "你好" }).click();
  await expect(workbench.message).toHaveValue("你好");
  await expect(page.getByRole("button", { name: "Text · no ending · 6 B" })).toBeVisible();
});

test("other bytes than those sent can be expected", async ({ workbench, page, server }) => {
  const redis = await server("redis");
  await page.getByRole("button", { name: "PING\\r\\n" }).click();
  await workbench.to.fill(redis.target);
  await workbench.expected.selectOption("these");
  await page.getByRole("textbox", { name: "Expected bytes" }).fill("+PONG");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await page.getByRole("textbox", { name: "Expected bytes" }).fill("-PONG");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Unexpected reply: +PONG\\r\\n");
  await expect(workbench.verdict).toContainText("byte 1 of 7 should be 2d and is 2b");
});

test("expected bytes that are missing get the focus", async ({ workbench, page }) => {
  await workbench.expected.selectOption("these");
  await workbench.send.click();
  await expect(page.getByRole("textbox", { name: "Expected bytes" })).toBeFocused();
  await expect(workbench.log).not.toContainText("Terminated.");
});

test("where anything may come, no sentence of the tutorial's is said of it", async ({ workbench, page, server }) => {
  const redis = await server("redis");
  await page.getByRole("button", { name: "PING\\r\\n" }).click();
  await workbench.to.fill(redis.target);
  await expect(workbench.expected).toHaveValue("anything");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Received 7 bytes");
  await expect(workbench.verdict).toContainText("+PONG\\r\\n");
  await expect(workbench.verdict).toContainText(/[\d.]+ (µs|ms) over TCP\./);
  await expect(workbench.verdict).not.toContainText("Reply is ok!");
  await workbench.expectLines(["Sent 6 bytes, awaiting reply...", "Terminated."]);
});

test("what is expected follows the target, and a choice is remembered for its target", async ({ workbench, page }) => {
  await expect(workbench.expected).toHaveValue("same");
  await workbench.to.fill("localhost:6379");
  await expect(workbench.expected).toHaveValue("anything");
  await workbench.to.fill("lab/silent");
  await expect(workbench.expected).toHaveValue("same");
  await workbench.to.fill("localhost:7");
  await workbench.expected.selectOption("same");
  await page.getByRole("button", { name: "echo", exact: true }).click();
  await page.reload();
  await workbench.to.fill("localhost:6379");
  await expect(workbench.expected).toHaveValue("anything");
  await workbench.to.fill("localhost:7");
  await expect(workbench.expected).toHaveValue("same");
  await page.getByRole("radio", { name: "Repeat" }).check();
  await expect(workbench.expected).toHaveCount(0);
});

test("an echo where anything may come is called one", async ({ workbench, server }) => {
  const echo = await server((socket) => socket.pipe(socket));
  await workbench.run({ target: echo.target, expect: "anything" });
  await expect(workbench.verdict).toContainText("Received 6 bytes");
  await expect(workbench.verdict).toContainText("All 6 bytes came back unchanged");
});

for (const [behaviour, message, cause] of [
  ["upper", "Hello!", "Capitals came back"],
  ["crlf", "one\ntwo\n", "LF came back as CRLF"],
  ["greeting", "Hello!", "The echo comes 8 bytes late"],
  ["cut", "你好", "cut inside a character: e5 is the first of 好's 3 bytes"],
  ["cut", "Hello!", "2 bytes short"],
  ["mute", "Hello!", "without a word"],
  ["tls", "Hello!", "That is TLS: this port wants encryption, this page sends plain TCP."],
  ["http", "Hello!", "That is HTTP"],
]) {
  test(`the likely cause is named: ${cause}`, async ({ workbench, server }) => {
    const { target } = await server(behaviour);
    await workbench.run({ target, message });
    await expect(workbench.verdict).toContainText(cause);
  });
}

test("bytes that differ are marked and named, not by colour alone", async ({ workbench, server }) => {
  const upper = await server("upper");
  await workbench.run({ target: upper.target });
  const bytes = "sent: 48 65 6c 6c 6f 21; received: 48 45 4c 4c 4f 21";
  await expect(workbench.verdict.getByRole("img", { name: bytes })).toBeVisible();
  await expect(workbench.verdict.locator(".strip mark")).toHaveText(["45", "4c", "4c", "4f"]);
  await workbench.openWhy();
  await expect(workbench.verdict.locator(".legend")).toHaveText(/changed/);
  await expect(workbench.verdict.locator(".legend")).not.toHaveText(/missing|extra/);
});

test.describe("on a projector", () => {
  test.use({ viewport: { width: 853, height: 480 } });
  test("a verdict that is explained leaves the first lines in view", async ({ workbench, server }) => {
    const upper = await server("upper");
    await workbench.run({ target: upper.target });
    await expect(workbench.verdict).toContainText("Capitals came back");
    await workbench.expectInView(workbench.verdict.getByRole("button", { name: "Copy as" }));
  });
});

test.describe("what can be copied", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("the command in the verdict does the same in a terminal", async ({ workbench, page }) => {
    await page.getByRole("button", { name: "PING\\r\\n" }).click();
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    await workbench.openWhy();
    await workbench.verdict.getByRole("button", { name: "Copy", exact: true }).click();
    await expect.poll(() => pasted(page)).toMatch(/^\(printf 'PING\\r\\n'; sleep 1\) \| ncat (localhost|127\.0\.0\.1) \d+$/);
    expect(execFileSync("sh", ["-c", await pasted(page)]).toString()).toBe("PING\r\n");
  });

  test("a run can be copied as a program", async ({ workbench, page }) => {
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    await workbench.verdict.getByRole("button", { name: "Copy as" }).click();
    await workbench.verdict.getByRole("button", { name: "Python" }).click();
    await expect(workbench.verdict.getByRole("button", { name: "Copied" })).toBeVisible();
    const printed = execFileSync("python3", ["-c", await pasted(page)]).toString();
    expect(printed).toContain("Sent Hello, awaiting reply...\nReply is ok!\nTerminated.\n");
    await workbench.verdict.getByRole("button", { name: "Rust" }).click();
    await expect.poll(() => pasted(page)).toContain("use std::net::TcpStream;");
  });
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in what unfolds and what is explained, ${colorScheme}`, async ({ workbench, page, server }) => {
    await page.emulateMedia({ colorScheme });
    await unfold(page);
    await workbench.choose("Escapes");
    await workbench.message.fill("\\q");
    await workbench.send.click();
    await workbench.expectAccessible();
    const [cut, redis] = [await server("cut"), await server("redis")];
    await workbench.run({ target: cut.target, message: "你好\\n" });
    await expect(workbench.verdict).toContainText("cut inside a character");
    await workbench.openWhy();
    await workbench.verdict.getByRole("button", { name: "Copy as" }).click();
    await workbench.expectAccessible();
    await page.keyboard.press("Escape");
    await workbench.run({ target: redis.target, expect: "anything" });
    await expect(workbench.verdict).toContainText("Received 7 bytes");
    await workbench.expected.selectOption("these");
    await workbench.expectAccessible();
  });
}

for (const width of [853, 390, 320]) {
  for (const language of ["EN", "中文"]) {
    test(`nothing is cut off at ${width} pixels, unfolded, ${language}`, async ({ workbench, page, server }) => {
      await page.setViewportSize({ width, height: 700 });
      const crlf = await server("crlf");
      await workbench.message.fill("one\n".repeat(20));
      await unfold(page);
      await workbench.run({ target: crlf.target });
      await expect(workbench.verdict).toContainText("LF came back as CRLF");
      await workbench.openWhy();
      await page.getByRole("button", { name: language, exact: true }).click();
      await page.locator("#copy-button").click();
      await workbench.expectNothingCutOff();
    });
  }
}
