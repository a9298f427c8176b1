// Files that are the message, and texts that are too long for the field.

import { drop, expect, tabTo, test } from "../harness/test.js";

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** As many bytes as the field takes. */
const MAX_TEXT = 64 * 1024;

const chip = (page) => page.getByRole("group", { name: /^(Message|消息)$/ });
const attachIt = (page) => page.getByRole("button", { name: "Attach it as a file" });
const remove = (page) => chip(page).getByRole("button", { name: "Remove" });
const runs = (page) => page.getByRole("region", { name: "Runs" }).getByRole("listitem");

/** Opens the line of settings. */
const unfold = (page) => page.getByRole("button", { name: /^(Text|Escapes|Hex) · / }).click();

/** Chooses a file by the button for it. */
async function choose(page, name, buffer) {
  await unfold(page);
  await page.getByLabel("Attach a file…").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

test("a file stands in the place of the text, is sent as it is, and gives the text back", async ({ workbench, page }) => {
  await workbench.message.fill("typed before");
  await unfold(page);
  await workbench.choose("CRLF");
  await drop(workbench.message, "picture.png", PNG);
  await expect(chip(page)).toContainText("picture.png");
  await expect(chip(page)).toContainText("8 bytes");
  await expect(page.getByRole("img", { name: "Goes out: 89 50 4e 47 0d 0a 1a 0a" })).toBeVisible();
  await expect(workbench.message).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "CRLF" })).toHaveCount(0);
  await workbench.send.click();
  await workbench.expectLines(["Sent 8 bytes, awaiting reply...", "Reply is ok!"]);
  await expect(chip(page)).toContainText("picture.png");
  await remove(page).click();
  await expect(workbench.message).toHaveValue("typed before");
  await expect(workbench.message).toBeFocused();
  await expect(page.getByRole("button", { name: "Text · CRLF · 14 B" })).toBeVisible();
});

test("a file is chosen, and removed, by keyboard alone", async ({ workbench, page }) => {
  await workbench.message.focus();
  await tabTo(page.getByRole("button", { name: /^Text · / }));
  await page.keyboard.press("Enter");
  await tabTo(page.getByLabel("Attach a file…"));
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("你好") });
  await expect(chip(page)).toBeFocused();
  await expect(chip(page)).toContainText("note.txt");
  await page.keyboard.press("Tab");
  await expect(remove(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(workbench.message).toBeFocused();
  await expect(workbench.message).toHaveValue("Hello!");
});

test("a large file has its size in groups of digits, and comes back", async ({ workbench, page }) => {
  await choose(page, "zeros", Buffer.alloc(5_000_000, Buffer.of(0xff, 0)));
  await expect(chip(page)).toContainText("5,000,000 bytes");
  await expect(chip(page)).toContainText("Too large to be kept");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
});

test("a file that is too large or empty is told, and the message stays", async ({ workbench, page }) => {
  await choose(page, "big.bin", Buffer.alloc(8 * 1024 * 1024 + 1));
  await expect(workbench.message).toHaveAccessibleDescription(/big\.bin has 8,388,609 bytes\. A file may have 8 MiB\./);
  await drop(workbench.message, "nothing", []);
  await expect(page.getByRole("alert")).toHaveText("nothing is empty. The message stays as it was.");
  await expect(workbench.message).toHaveValue("Hello!");
});

test("while a connection stays, each Send sends the file", async ({ workbench, page, server }) => {
  const count = (socket) => {
    let received = 0;
    socket.on("data", (bytes) => socket.write(`${(received += bytes.length)} so far`));
  };
  await workbench.to.fill((await server(count)).target);
  await workbench.choose("Stay connected");
  await drop(workbench.message, "picture.png", PNG);
  await workbench.send.click();
  await expect(workbench.log).toContainText("8 so far");
  await workbench.send.click();
  await expect(workbench.log).toContainText("16 so far");
  await remove(page).click();
  await workbench.message.press("ArrowUp");
  await expect(workbench.message).toHaveValue("Hello!");
});

test("a file is repeated, and sent to the lab, where what happens is explained", async ({ workbench, page }) => {
  await drop(workbench.message, "picture.png", PNG);
  await workbench.choose("Repeat");
  await page.getByRole("spinbutton", { name: "Repeat" }).fill("20");
  await workbench.press("Start");
  await expect(workbench.verdict).toContainText("20 exchanges: all came back unchanged");
  await workbench.choose("Once");
  await workbench.to.fill("lab/truncate:3");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("5 bytes short");
});

test("other bytes are expected of a file, and the settings hold for them", async ({ workbench, page, server }) => {
  await drop(workbench.message, "ping", Buffer.from("PING\r\n"));
  await workbench.run({ target: (await server("redis")).target, expect: "these" });
  await page.getByRole("textbox", { name: "Expected bytes" }).fill("+PONG");
  await page.getByRole("button", { name: "Text · no ending", exact: true }).click();
  await workbench.choose("CRLF");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
});

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("5 MB that are pasted never come into the field, and are attached with one press", async ({ workbench, page }) => {
    const text = "one line of many\n".repeat(300_000);
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await workbench.message.evaluate((field) => {
      window.inputs = 0;
      field.addEventListener("input", () => (window.inputs += 1));
    });
    await workbench.message.press("ControlOrMeta+a");
    await workbench.message.press("ControlOrMeta+v");
    await expect(workbench.message).toHaveAccessibleDescription(/would have 5,100,000 bytes; the field takes 64 KiB/);
    expect(await page.evaluate(() => window.inputs)).toBe(0);
    await expect(workbench.message).toHaveValue("Hello!");
    await attachIt(page).click();
    await expect(chip(page)).toBeFocused();
    await expect(chip(page)).toContainText("message.txt");
    await expect(chip(page)).toContainText("5,100,000 bytes");
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    await remove(page).click();
    await expect(workbench.message).toHaveValue("Hello!");
  });

  test("what is pasted in the place of a selection is judged by the result", async ({ workbench, page }) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), "y".repeat(100));
    await workbench.message.fill("x".repeat(MAX_TEXT));
    await workbench.message.evaluate((field) => field.setSelectionRange(10, 110));
    await workbench.message.press("ControlOrMeta+v");
    await expect(workbench.message).toHaveValue(/^x{10}y{100}x+$/);
    await workbench.message.press("ControlOrMeta+v");
    await expect(workbench.message).toHaveAccessibleDescription(/would have 65,636 bytes/);
    await expect(workbench.message).toHaveValue(/^x{10}y{100}x+$/);
  });
});

test("a key too many is refused where the caret is, and can be attached", async ({ workbench, page }) => {
  await workbench.message.fill("x".repeat(MAX_TEXT));
  await workbench.message.evaluate((field) => field.setSelectionRange(5, 5));
  await page.keyboard.press("y");
  await expect(workbench.message).toHaveAccessibleDescription(/would have 65,537 bytes/);
  await expect(workbench.message).toHaveValue(/^x+$/);
  expect(await workbench.message.evaluate((field) => field.selectionStart)).toBe(5);
  await page.keyboard.press("Backspace");
  await expect(attachIt(page)).toHaveCount(0);
  await page.keyboard.press("y");
  await expect(workbench.message).toHaveValue(/^x{4}yx+$/);
  await page.keyboard.press("z");
  await attachIt(page).click();
  await expect(chip(page)).toContainText("65,537 bytes");
});

test("long text that is dropped on the field is refused, too", async ({ workbench, page }) => {
  const dataTransfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "word ".repeat(20_000));
    return data;
  });
  await workbench.message.dispatchEvent("drop", { dataTransfer });
  await attachIt(page).click();
  await expect(chip(page)).toContainText("100,000 bytes");
});

test("a small file survives a reload, and of a large one what was typed does", async ({ workbench, page }) => {
  await workbench.message.fill("typed before");
  await drop(workbench.message, "picture.png", PNG);
  await expect(chip(page)).not.toContainText("Too large to be kept");
  await page.reload();
  await expect(chip(page)).toContainText("picture.png");
  await remove(page).click();
  await expect(workbench.message).toHaveValue("typed before");
  await drop(workbench.message, "large", Buffer.alloc(MAX_TEXT + 1));
  await expect(chip(page)).toContainText("Too large to be kept when the page is reloaded.");
  await page.reload();
  await expect(workbench.message).toHaveValue("typed before");
});

test("a link cannot carry a file, and says so", async ({ workbench, page }) => {
  await drop(workbench.message, "picture.png", PNG);
  const copy = page.getByRole("button", { name: "Copy link" });
  await expect(copy).toHaveAccessibleDescription("A link cannot carry an attached file.");
  await expect(copy).toHaveAttribute("aria-disabled", "true");
});

test("a small file is saved with a request, and a large one refused", async ({ workbench, page }) => {
  await drop(workbench.message, "picture.png", PNG);
  await page.getByRole("button", { name: "All runs" }).click();
  await page.getByRole("button", { name: "Save request…" }).click();
  const name = page.getByRole("textbox", { name: "Name" });
  await expect(name).toHaveValue("picture.png");
  await name.press("Enter");
  await remove(page).click();
  await page.reload();
  await page.getByRole("region", { name: "Saved" }).getByRole("button", { name: "picture.png" }).click();
  await expect(chip(page)).toContainText("8 bytes");
  await drop(chip(page), "large", Buffer.alloc(5_000));
  await page.getByRole("button", { name: "Save request…" }).click();
  await name.fill("large");
  await name.press("Enter");
  await expect(name).toHaveAccessibleDescription(/The attached file is too large to be saved: 4 KiB/);
});

test("a run with a large file is run again with the file", async ({ workbench, page }) => {
  await drop(workbench.message, "large.bin", Buffer.alloc(20_000, "x"));
  await workbench.send.click();
  await expect(runs(page)).toHaveCount(1);
  await remove(page).click();
  await workbench.run({ message: "another" });
  await expect(runs(page)).toHaveCount(2);
  await runs(page).nth(1).getByRole("button").click();
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(chip(page)).toContainText("large.bin");
  await expect(runs(page)).toHaveCount(3);
  await page.reload();
  await runs(page).nth(0).getByRole("button").click();
  await expect(page.getByRole("region", { name: "Earlier run" })).toContainText("the message is longer than 4,096 bytes");
  await expect(page.getByRole("button", { name: "Run again" })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in a file and in what is refused, ${colorScheme}`, async ({ workbench, page }) => {
    await page.emulateMedia({ colorScheme });
    await workbench.message.fill("x".repeat(MAX_TEXT + 1));
    await expect(attachIt(page)).toBeVisible();
    await workbench.expectAccessible();
    await attachIt(page).click();
    await expect(remove(page)).toBeVisible();
    await workbench.expectAccessible();
    await workbench.expected.selectOption("these");
    await workbench.expectAccessible();
  });
}

for (const width of [1280, 853, 390, 320]) {
  for (const language of ["EN", "中文"]) {
    test(`nothing of a file is cut off at ${width} pixels, ${language}`, async ({ workbench, page }) => {
      await page.setViewportSize({ width, height: 700 });
      await page.getByRole("button", { name: language, exact: true }).click();
      await page.locator("#message").fill("x".repeat(MAX_TEXT + 1));
      await expect(page.getByRole("alert")).toBeVisible();
      await workbench.expectNothingCutOff(".composer");
      await drop(page.locator("#message"), `${"a-long-name-".repeat(9)}.bin`, Buffer.alloc(MAX_TEXT + 1, "你"));
      await expect(chip(page).getByRole("button")).toBeVisible();
      await workbench.expectNothingCutOff(".composer", "#message");
    });
  }
}
