// The rows of the tutorial's table, each from a server that really behaves so.

import { closedPort } from "../harness/servers.js";
import { expect, test } from "../harness/test.js";

const connected = (server) => `Successfully connected to server in port ${server.port}`;
const sent = "Sent Hello, awaiting reply...";

test("one press, and the reply is ok", { tag: "@main" }, async ({ workbench, bridge }) => {
  const info = await (await fetch(`${bridge.url}api/info`)).json();
  await expect(workbench.to).toHaveValue(info.targets[0].address);
  await expect(workbench.message).toHaveValue("Hello!");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.verdict).toContainText(/(\d+ µs|[\d.]+ ms) over TCP\./);
  const port = info.targets[0].address.split(":").pop();
  await workbench.expectLines([connected({ port }), sent, "Reply is ok!", "Terminated."]);
});

test("as many bytes, but others, are an unexpected reply", { tag: "@main" }, async ({ workbench, server }) => {
  const upper = await server("upper");
  await workbench.run({ target: upper.target });
  await expect(workbench.verdict).toContainText("Unexpected reply: HELLO!");
  await workbench.expectLines([connected(upper), sent, "Unexpected reply: HELLO!", "Terminated."]);
});

test("a reply that is no UTF-8 is shown escaped", async ({ workbench, server }) => {
  const binary = await server("binary");
  await workbench.run({ target: binary.target });
  const line = "Unexpected reply: " + "\\xff".repeat(6);
  await expect(workbench.verdict).toContainText(line);
  await workbench.expectLines([connected(binary), sent, line, "Terminated."]);
});

test("an end before enough bytes came is told in the words of std", async ({ workbench, server }) => {
  const short = await server("short");
  await workbench.run({ target: short.target });
  const line = "Failed to receive data: failed to fill whole buffer";
  await expect(workbench.verdict).toContainText(line);
  await workbench.expectLines([connected(short), sent, line, "Terminated."]);
});

test("a reset is told in the words of the operating system", async ({ workbench, server }) => {
  const reset = await server("reset");
  await workbench.run({ target: reset.target });
  const line = "Failed to receive data: Connection reset by peer (os error 104)";
  await expect(workbench.verdict).toContainText(line);
  await workbench.expectLines([connected(reset), sent, line, "Terminated."]);
});

test("a port on which nothing listens refuses, and the page says what to start", { tag: "@main" }, async ({ workbench }) => {
  const port = await closedPort();
  await workbench.run({ target: `127.0.0.1:${port}` });
  const line = "Failed to connect: Connection refused (os error 111)";
  await expect(workbench.verdict).toContainText(line);
  await expect(workbench.verdict).toContainText(`ncat -v -l ${port} --keep-open --exec /bin/cat`);
  await workbench.expectLines([line, "Terminated."]);
});

test("a reply in crumbs is whole once the last one came", async ({ workbench, server }) => {
  const crumbs = await server("crumbs");
  await workbench.run({ target: crumbs.target, message: "你好" });
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await workbench.expectLines([connected(crumbs), "Sent 6 bytes, awaiting reply...", "Reply is ok!"]);
});

test("bytes that the program never read are said", async ({ workbench, server }) => {
  const extra = await server("extra");
  await workbench.run({ target: extra.target });
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.verdict).toContainText("3 more bytes arrived that the program never read");
  await expect(workbench.verdict).toContainText("21 21 21");
});

test("waiting is a state, counted, and it ends", async ({ workbench, server }) => {
  const silent = await server("silent");
  await workbench.run({ target: silent.target });
  await expect(workbench.verdict).toContainText("Waiting: 0 of 6 bytes");
  await expect(workbench.verdict).toContainText("this page stopped after 5 s");
});

test("a megabyte and more goes through the window and comes back", async ({ workbench, page }) => {
  const message = "0123456789abcdef".repeat(100_000);
  await page.getByRole("button", { name: /^Text · / }).click();
  const file = { name: "digits", mimeType: "text/plain", buffer: Buffer.from(message) };
  await page.getByLabel("Attach a file…").setInputFiles(file);
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.log).toContainText("The server finished (FIN)");
  // How the pieces and the news of their writes come, and so how many rows there are, is not promised.
  const filter = page.getByRole("searchbox", { name: "Filter rows" });
  if (await filter.isVisible()) await filter.fill("re");
  await workbench.expectLines(["Sent 1600000 bytes, awaiting reply...", "Reply is ok!"]);
});
