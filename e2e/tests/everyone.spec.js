// The page for everyone: keyboard, languages, themes, sizes, screen readers.

import { expect, tabTo, test } from "../harness/test.js";

test("it works by keyboard alone", async ({ workbench, page }) => {
  await tabTo(workbench.message, 15);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("by hand");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("two lines");
  await page.keyboard.press("Enter");
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await workbench.expectLines(["Sent 17 bytes, awaiting reply..."]);
});

test("Enter sends nothing while an input method composes", async ({ workbench }) => {
  await workbench.message.evaluate((element) => {
    const composing = { key: "Enter", bubbles: true, cancelable: true, isComposing: true };
    element.dispatchEvent(new KeyboardEvent("keydown", composing));
    const safari = { key: "Enter", keyCode: 229, bubbles: true, cancelable: true };
    element.dispatchEvent(new KeyboardEvent("keydown", safari));
  });
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.log.getByText("Terminated.")).toHaveCount(1);
});

test("the language changes without a reload, and is remembered", { tag: "@main" }, async ({ workbench, page }) => {
  await workbench.message.fill("keep me");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("button", { name: "发送" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "消息" })).toHaveValue("keep me");
  await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);
  await page.getByRole("button", { name: "发送" }).click();
  await expect(page.getByRole("status")).toContainText("Reply is ok!");
  await expect(page.getByRole("log")).toContainText("程序结束");
  await page.reload();
  await expect(page.getByRole("button", { name: "发送" })).toBeVisible();
});

test.describe("a browser that speaks Chinese", () => {
  test.use({ locale: "zh-CN" });
  test("is spoken to in Chinese", async ({ page, bridge }) => {
    await page.goto(bridge.url);
    await expect(page.getByRole("button", { name: "发送" })).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"]) {
  for (const language of ["English", "中文"]) {
    test(`axe finds nothing, ${colorScheme}, ${language}`, async ({ workbench, page, server }) => {
      await page.emulateMedia({ colorScheme });
      const upper = await server("upper");
      if (language === "中文") await page.getByRole("button", { name: "中文" }).click();
      const send = page.getByRole("button", { name: /^(Send|发送)/ });
      await workbench.expectAccessible();
      await send.click();
      await expect(workbench.verdict).toContainText("Reply is ok!");
      await workbench.expectAccessible();
      await page.getByRole("textbox", { name: /^(To|目标)/ }).fill(upper.target);
      await workbench.expected.selectOption("same");
      await send.click();
      await expect(workbench.verdict).toContainText("Unexpected reply");
      await workbench.expectAccessible();
    });
  }
}

test.describe("on a projector", () => {
  test.use({ viewport: { width: 853, height: 480 } });
  test("what matters is in view without scrolling", async ({ workbench }) => {
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    await workbench.expectInView(workbench.verdict.getByText("Reply is ok!"));
  });
});

for (const width of [1280, 853, 800, 640, 390, 320]) {
  test(`nothing is cut off at ${width} pixels`, async ({ workbench, page }) => {
    await page.setViewportSize({ width, height: 700 });
    await workbench.send.click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    await workbench.expectNothingCutOff();
  });
}

test("numbers of four digits and more stand in groups of three, in both languages", async ({ workbench, page }) => {
  const port = (await workbench.to.inputValue()).split(":").pop();
  /** What elements say, but for ports, digits after a point, and what the tutorial's client prints. */
  const said = async (elements) => {
    const texts = (await elements.allInnerTexts()).join("\n");
    return texts.replaceAll(port, "").replaceAll("Sent 2000 bytes", "").replace(/\.\d+/g, "");
  };
  await workbench.run({ message: "x".repeat(2000) });
  await expect(workbench.log).toContainText("Terminated.");
  for (const [language, settings, ...views] of [
    ["EN", "Text · no ending · 2,000 B", "Sequence", "Bytes", "Packets"],
    ["中文", "文本 · 无行尾 · 2,000 B", "时序", "字节", "报文"],
  ]) {
    await workbench.press(language);
    await expect(page.getByRole("button", { name: settings })).toBeVisible();
    expect(await said(workbench.verdict)).not.toMatch(/\d{4}/);
    for (const [at, parts] of [".log", ".totals", ".packet > :not(.ports)"].entries()) {
      await page.getByRole("tab", { name: views[at] }).click();
      const shown = page.getByRole("tabpanel").locator(parts);
      await expect(shown.filter({ hasText: "2,000" }).first()).toBeVisible();
      expect(await said(shown)).not.toMatch(/\d{4}/);
    }
  }
});
