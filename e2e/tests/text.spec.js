// Bytes as text: readable lines, HTTP and JSON laid out, found, copied and saved.

import { readFileSync } from "node:fs";

import { expect, pasted, test } from "../harness/test.js";

const JSON_BODY = '{"b":1.50,"big":12345678901234567890,"a":[1,{}],"你":"好"}';

/** The text of the turns of a direction, as it is shown. */
const turns = (page, way) => page.locator(`#text .turn.${way}`);

/** Sends a message and reads the bytes as text. */
async function read(workbench, page, { target, message, verdict = "Received" }) {
  await workbench.run({ target, message, expect: "anything" });
  await expect(workbench.verdict).toContainText(verdict);
  await page.getByRole("tab", { name: "Bytes" }).click();
  await workbench.press("Text");
}

/** Answers one request that has CRLF after every line, as RFC 9112 wants it, and refuses any other. */
const strict = (body, head = "") => (socket) => {
  let got = "";
  socket.on("data", (bytes) => {
    got += bytes.toString("latin1");
    if (/(^|[^\r])\n/.test(got)) return socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 7\r\n\r\nbare LF");
    if (!got.endsWith("\r\n\r\n")) return;
    socket.end(`HTTP/1.1 200 OK\r\n${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
};

test("three lines of HTTP typed by hand work against a strict server", async ({ workbench, page, server }) => {
  const http = await server(strict("<p>Hello</p>"));
  await page.getByRole("button", { name: /^Text · / }).click();
  await workbench.choose("CRLF");
  await expect(page.getByText("CRLF is sent after every line.")).toBeVisible();
  await workbench.to.fill(http.target);
  for (const line of ["GET / HTTP/1.1", "Host: localhost", "Connection: close"]) {
    await workbench.message.pressSequentially(line);
    await page.keyboard.press("Shift+Enter");
  }
  await page.keyboard.press("Enter");
  await expect(workbench.verdict).toContainText("HTTP/1.1 200 OK");
  await page.getByRole("tab", { name: "Bytes" }).click();
  await workbench.press("Text");
  await expect(turns(page, "sent")).toContainText("lines end in CRLF");
  await expect(turns(page, "received").getByText("HTTP head")).toBeVisible();
  await expect(turns(page, "received").locator("pre").last()).toHaveText("<p>Hello</p>");
});

test("JSON is laid out with every number and key as it came, and can be seen as it came", async ({ workbench, page, server }) => {
  const http = await server(strict(JSON_BODY, "Content-Type: application/json\r\n"));
  await page.getByRole("button", { name: /^Text · / }).click();
  await workbench.choose("CRLF");
  await read(workbench, page, { target: http.target, message: "GET / HTTP/1.1\nHost: a\n" });
  const body = turns(page, "received").locator("pre").last();
  const laidOut = '{\n  "b": 1.50,\n  "big": 12345678901234567890,\n  "a": [\n    1,\n    {}\n  ],\n  "你": "好"\n}';
  await expect.poll(() => body.evaluate((it) => it.textContent)).toBe(laidOut);
  await expect(page.getByText("HTTP body: JSON, laid out")).toBeVisible();
  const saving = page.waitForEvent("download");
  await workbench.press("Save body");
  const download = await saving;
  expect(download.suggestedFilename()).toBe("body.json");
  expect(readFileSync(await download.path(), "utf8")).toBe(JSON_BODY);
  await workbench.press("Laid out");
  await expect(body).toContainText(JSON_BODY);
  await expect(page.getByText("HTTP head")).toHaveCount(0);
});

test("what cannot be seen is escaped, long lines wrap, and the bytes are saved as they came", async ({ workbench, page, server }) => {
  const reply = Buffer.concat([Buffer.from("a\tb\x1b[0m\r\n"), Buffer.from([0, 0xff]), Buffer.from(`你\n${"x".repeat(3000)}`)]);
  const binary = await server((socket) => socket.once("data", () => socket.end(reply)));
  await read(workbench, page, { target: binary.target, message: "x" });
  const text = turns(page, "received").locator("pre");
  await expect.poll(() => text.evaluate((it) => it.textContent)).toBe(`a\tb\\x1b[0m\n\\x00\\xff你\n${"x".repeat(3000)}`);
  await expect(text.locator(".escape")).toHaveText(["\\x1b", "\\x00\\xff"]);
  await expect(turns(page, "received")).toContainText("lines end in CRLF and in LF");
  await workbench.expectNothingCutOff("#text");
  const saving = page.waitForEvent("download");
  await turns(page, "received").getByRole("button", { name: "Save" }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe("bytes.bin");
  expect(readFileSync(await download.path()).equals(reply)).toBe(true);
});

test("a long reply is read in full from the verdict, searched through all of its pages, and copied", async ({ workbench, page, context, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lines = Array.from({ length: 20_000 }, (_, at) => `line ${at}${at % 9_999 ? "" : " needle"}\n`).join("");
  const log = await server((socket) => socket.once("data", () => socket.end(lines)));
  await workbench.run({ target: log.target, expect: "anything" });
  await expect(workbench.verdict).toContainText("These are the first");
  await workbench.press("Read as text");
  await expect(page.getByText(/^page 1 of \d$/)).toBeVisible();
  const find = page.getByRole("searchbox", { name: "Find" });
  await find.fill("NEEDLE");
  await expect(page.getByText("1 of 3")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 of 3")).toBeVisible();
  await expect(page.locator("#text .current")).toBeInViewport();
  await workbench.press("Next match");
  await expect(page.getByText(/^page (\d) of \1$/)).toBeVisible();
  await expect(page.locator("#text .current")).toHaveText("needle");
  await find.fill("nowhere");
  await expect(page.getByText("not found")).toBeVisible();
  await turns(page, "received").getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await pasted(page)).toBe(lines);
});

test("on a connection that stays, the text is the conversation in its order", async ({ workbench, page, server }) => {
  const redis = await server("redis");
  await workbench.choose("Stay connected");
  await workbench.run({ target: redis.target, message: "PING" });
  await page.getByRole("tab", { name: "Bytes" }).click();
  await workbench.press("Text");
  await expect(page.locator("#text .turn")).toHaveCount(2);
  await workbench.run({ message: "ECHO" });
  await expect(page.locator("#text pre")).toHaveText(["PING", "+PONG", "ECHO", "+PONG"]);
});

test("an earlier run has its text, too", async ({ workbench, page, server }) => {
  const redis = await server("redis");
  await workbench.run({ target: redis.target, message: "PING", expect: "anything" });
  await expect(workbench.verdict).toContainText("+PONG");
  const run = page.getByRole("button", { name: /Received 7 bytes/ });
  await expect(run).toBeVisible();
  await page.reload();
  await run.click();
  await page.getByRole("tab", { name: "Bytes" }).click();
  await workbench.press("Text");
  await expect(turns(page, "received").locator("pre")).toHaveText("+PONG");
  await page.getByRole("searchbox", { name: "Find" }).fill("pong");
  await expect(page.getByText("1 of 1")).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in bytes as text, ${colorScheme}`, async ({ workbench, page, server }) => {
    await page.emulateMedia({ colorScheme });
    const http = await server(strict(JSON_BODY));
    await read(workbench, page, { target: http.target, message: "GET / HTTP/1.1\r\n" });
    await page.getByRole("searchbox", { name: "Find" }).fill("e");
    await workbench.expectAccessible();
  });
}

for (const width of [853, 390, 320]) {
  test(`nothing of the text is cut off at ${width} pixels`, async ({ workbench, page, server }) => {
    await page.setViewportSize({ width, height: 700 });
    const log = await server((socket) => socket.once("data", () => socket.end("word ".repeat(40_000))));
    await read(workbench, page, { target: log.target, message: "x" });
    for (const language of ["EN", "中文"]) {
      await page.getByRole("button", { name: language, exact: true }).click();
      await workbench.expectNothingCutOff("#text");
    }
  });
}
