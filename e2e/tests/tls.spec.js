// Servers over TLS: verified, unverified, and what is shown of either.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { startBridge } from "../harness/bridge.js";
import { drop, expect, pasted, test as base, Workbench } from "../harness/test.js";
import { Authority, AUTHORITY, serveTls } from "../harness/tls.js";

const test = base.extend({
  authority: [
    async ({}, use) => {
      const authority = new Authority();
      await use(authority);
      authority.remove();
    },
    { scope: "worker" },
  ],

  /** A bridge that trusts the authority. */
  bridge: [
    async ({ authority }, use) => {
      const args = ["--allow", "127.0.0.1:1-65535", "--tls-ca", authority.file];
      const bridge = await startBridge({ args });
      await use(bridge);
      await bridge.stop();
    },
    { scope: "worker" },
  ],

  /** `await serving(options, behave)` starts a server over TLS, until the test ends: with a
   *  certificate in which nothing is wrong, unless `options` has another. Its target. */
  serving: async ({ authority }, use) => {
    const started = [];
    await use(async (options = {}, behave = undefined) => {
      const identity = options.cert ? {} : authority.certify("good");
      const server = await serveTls({ ...identity, ...options }, behave);
      started.push(server);
      return `tls://127.0.0.1:${server.port}`;
    });
    started.forEach((server) => server.stop());
  },
});

const lock = (page) => page.getByRole("img", { name: "TLS" });
const certificate = (page) => page.getByRole("region", { name: /^(Certificate|证书)$/ });
const toggle = (page) => page.getByRole("button", { name: /^(Certificate|证书)/ });
const wrongs = (page) => certificate(page).getByRole("paragraph").filter({ hasText: "✕" });
const unverified = (page) => page.getByRole("button", { name: "Connect without verification" });

test("a server is verified, and its handshake and certificates are shown", async ({ workbench, page, serving }) => {
  const target = await serving();
  await expect(lock(page)).toHaveCount(0);
  await workbench.run({ target, message: "Hello!" });
  await expect(lock(page)).toBeVisible();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(workbench.verdict).toContainText(`TLS 1.3, verified for 127.0.0.1 by ${AUTHORITY}.`);
  await expect(workbench.log).toContainText(/TLS \d/);
  await workbench.expectLines(["Successfully connected", "Sent Hello", "Reply is ok!", "Terminated."]);
  await expect(certificate(page)).toHaveCount(0);
  await toggle(page).click();
  await expect(certificate(page)).toContainText(/Cipher suite\s*TLS13_|TLS_AES|TLS_CHACHA/);
  await expect(certificate(page)).toContainText("localhost, 127.0.0.1");
  await expect(certificate(page)).toContainText(/P-256/);
  await expect(certificate(page).getByRole("img", { name: /valid from 2020-01-01 to 2040-01-01/ })).toBeVisible();
  await expect(certificate(page)).toContainText(/SHA-256\s*([0-9a-f]{4} ){15}[0-9a-f]{4}/);
  await toggle(page).click();
  await expect(certificate(page)).toHaveCount(0);
});

for (const version of ["TLSv1.2", "TLSv1.3"]) {
  test(`${version} is told, and packets that are saved are plain text to Wireshark`, async ({ workbench, page, serving }, info) => {
    const target = await serving({ minVersion: version, maxVersion: version });
    const { capture } = await page.evaluate(() => fetch("/api/info").then((it) => it.json()));
    test.skip(!capture?.possible, capture?.reason);
    await workbench.run({ target, message: "Hello!" });
    await expect(workbench.verdict).toContainText(`TLS ${version.slice(-3)}, verified`);
    await page.getByRole("tab", { name: "Packets" }).click();
    await expect(page.getByText("What they carried was encrypted by TLS")).toBeVisible();
    await page.getByRole("checkbox", { name: "Capture packets" }).check();
    await workbench.send.click();
    await expect(page.getByText(/Captured: \d+ packets of this connection\./)).toBeVisible();
    await expect(page.getByText("Wireshark shows it in plain text")).toBeVisible();
    for (const record of ["TLS Client Hello", "TLS Server Hello", "Application Data"]) {
      await expect(page.locator("[data-packet]", { hasText: record }).first()).toBeVisible();
    }
    const download = page.waitForEvent("download");
    await workbench.press("Save as pcapng");
    const file = info.outputPath("saved.pcapng");
    await (await download).saveAs(file);
    const data = execFileSync("tshark", ["-r", file, "-Y", "data", "-T", "fields", "-e", "data.data"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const hello = Buffer.from("Hello!").toString("hex");
    expect(data.trim().split("\n")).toEqual([hello, hello]);
    expect(readFileSync(file).includes("Hello!")).toBe(false);
    // What the browser keeps has none of the secrets.
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(stored).toContain(AUTHORITY);
    expect(stored).not.toMatch(/CLIENT_RANDOM|TRAFFIC_SECRET|tls_secrets/);
    // The file is read again, and says that it has them.
    await drop(page.locator("main"), "saved.pcapng", readFileSync(file));
    await expect(page.getByText("The file has TLS secrets in it")).toBeVisible();
  });
}

const FAILURES = [
  {
    name: "an issuer that nobody trusts",
    options: (authority) => authority.selfSigned("alone"),
    cause: "Nobody whom the bridge trusts vouches for the certificate",
    label: "issuer unknown",
    wrong: "the bridge does not trust the issuer, Nobody in particular",
  },
  {
    name: "an expired certificate",
    options: (authority) => authority.certify("old", { to: "20200301000000Z" }),
    cause: "has expired",
    label: "certificate expired",
    wrong: "the certificate expired on 2020-03-01",
  },
  {
    name: "a certificate that is not valid yet",
    options: (authority) => authority.certify("young", { from: "20390101000000Z" }),
    cause: "is not valid yet",
    label: "not valid yet",
    wrong: "the certificate is valid only from 2039-01-01 on",
  },
  {
    name: "a certificate for other names",
    options: (authority) => authority.certify("other", { names: "DNS:shop.example,DNS:www.shop.example" }),
    cause: "The certificate is not for 127.0.0.1",
    label: "wrong name",
    wrong: "the certificate is not for 127.0.0.1, but for shop.example, www.shop.example",
  },
];

for (const { name, options, cause, label, wrong } of FAILURES) {
  test(`${name} is told and shown, and can be connected to without verification, this once`, async ({ workbench, page, serving, authority }) => {
    const target = await serving(options(authority));
    await workbench.run({ target, message: "Hello!" });
    await expect(workbench.verdict).toContainText("Failed to connect: ");
    await expect(workbench.verdict).toContainText(cause);
    await expect(workbench.log).toContainText(label);
    await expect(certificate(page)).toHaveCount(0);
    await toggle(page).click();
    await expect(certificate(page)).toContainText("The TLS handshake failed after the server had shown this:");
    await expect(wrongs(page)).toHaveText([`✕ ${wrong}`]);
    await workbench.expectAccessible();
    await unverified(page).click();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    await expect(workbench.verdict).toContainText(`not verified: ${wrong}.`);
    await expect(workbench.verdict).toContainText("With whom you talk is not known.");
    await expect(certificate(page)).toContainText("Cipher suite");
    await expect(wrongs(page)).toHaveText([`✕ ${wrong}`]);
    await workbench.expectAccessible();
    // The next press verifies again.
    await workbench.send.click();
    await expect(workbench.verdict).toContainText(cause);
  });
}

test("a server that speaks no TLS, and one that agrees on nothing, are told", async ({ workbench, page, server, serving }) => {
  const { target } = await server((socket) => socket.once("data", () => socket.end("220 this is no TLS\r\n")));
  await workbench.run({ target: `tls://${target}`, message: "Hello!" });
  await expect(workbench.verdict).toContainText("does not speak TLS");
  await expect(unverified(page)).toHaveCount(0);
  await expect(toggle(page)).toHaveCount(0);
  await page.getByRole("button", { name: `Use ${target}` }).click();
  await expect(workbench.to).toHaveValue(target);
  const old = await serving({ maxVersion: "TLSv1.2", ciphers: "AES128-SHA" });
  await workbench.run({ target: old, message: "Hello!" });
  await expect(workbench.verdict).toContainText("could not agree on encryption");
  await expect(workbench.verdict).toContainText(/HandshakeFailure|handshake_failure|handshake failure/i);
  await expect(unverified(page)).toHaveCount(0);
  await expect(toggle(page)).toHaveCount(0);
});

test("a port that wants encryption is one press from TLS, and nothing is sent by itself", async ({ workbench, page, server }) => {
  const wanting = await server("tls");
  await workbench.run({ target: wanting.target, message: "Hello!" });
  await expect(workbench.verdict).toContainText("That is TLS");
  const sockets = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await page.getByRole("button", { name: `Use tls://${wanting.target}` }).click();
  await expect(workbench.to).toHaveValue(`tls://${wanting.target}`);
  await expect(lock(page)).toBeVisible();
  await expect(workbench.verdict).toContainText("Of the previous run");
  expect(sockets).toEqual([]);
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Failed to connect: ");
  expect(sockets.map((url) => new URL(url).searchParams.get("target"))).toEqual([`tls://${wanting.target}`]);
});

test("an interactive connection is verified, or not, as one for a single message", async ({ workbench, page, serving, authority }) => {
  const target = await serving(authority.certify("late", { to: "20200301000000Z" }));
  await workbench.to.fill(target);
  await workbench.choose("Stay connected");
  await workbench.press("Connect");
  await expect(workbench.verdict).toContainText("Not connected: ");
  await unverified(page).click();
  await expect(workbench.verdict).toContainText("not verified: the certificate expired on 2020-03-01.");
  await workbench.message.fill("Hello!");
  await workbench.send.click();
  await expect(workbench.log.getByText("Hello!").nth(1)).toBeVisible();
  await workbench.press("Disconnect");
  await expect(workbench.verdict).toContainText("not verified");
});

test("an earlier run shows its certificates, and copies speak TLS", async ({ workbench, page, serving, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const target = await serving();
  await workbench.run({ target, message: "Hello!" });
  await expect(workbench.verdict).toContainText("verified for");
  await page.getByRole("button", { name: "Copy as" }).click();
  await page.getByRole("button", { name: "openssl" }).click();
  const port = target.split(":").pop();
  const command = `(printf 'Hello!'; sleep 1) | openssl s_client -quiet -no_ign_eof -connect 127.0.0.1:${port}`;
  await expect.poll(() => pasted(page)).toBe(command);
  await page.reload();
  await page.getByRole("region", { name: "Runs" }).getByRole("listitem").getByRole("button", { name: "Hello!" }).click();
  await expect(page.getByText(`TLS 1.3, verified for 127.0.0.1 by ${AUTHORITY}.`)).toBeVisible();
  await toggle(page).click();
  await expect(certificate(page)).toContainText("localhost, 127.0.0.1");
  await expect(workbench.log).toContainText(/TLS \d/);
});

test("an earlier run shows the certificates with which its handshake failed", async ({ workbench, page, serving, authority }) => {
  const target = await serving(authority.certify("past", { to: "20200301000000Z" }));
  await workbench.run({ target, message: "Hello!" });
  await expect(workbench.verdict).toContainText("has expired");
  await page.reload();
  await page.getByRole("region", { name: "Runs" }).getByRole("listitem").getByRole("button", { name: "Hello!" }).click();
  await toggle(page).click();
  await expect(wrongs(page)).toHaveText(["✕ the certificate expired on 2020-03-01"]);
  await page.getByRole("button", { name: "中文" }).click();
  await expect(certificate(page)).toContainText("TLS 握手失败。在此之前，服务器出示了：");
  await expect(wrongs(page)).toHaveText(["✕ 证书已于 2020-03-01 过期"]);
});

test("a link holds the address over TLS, and never that nobody was verified", async ({ workbench, page, serving, authority, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const target = await serving(authority.selfSigned("linked"));
  await workbench.run({ target, message: "Hello!" });
  await unverified(page).click();
  await expect(workbench.verdict).toContainText("not verified");
  await workbench.press("Copy link");
  await expect.poll(() => pasted(page)).toContain("to=tls");
  const link = await pasted(page);
  expect(link).not.toMatch(/verif/i);
  const other = new Workbench(await context.newPage());
  await other.page.goto(link);
  await expect(other.to).toHaveValue(target);
  await other.send.click();
  await expect(other.verdict).toContainText("Nobody whom the bridge trusts");
});

for (const { width, height } of [
  { width: 1280, height: 800 },
  { width: 853, height: 480 },
  { width: 390, height: 844 },
]) {
  test(`axe finds nothing, and nothing is cut off, at ${width}×${height}`, async ({ workbench, page, serving }) => {
    await page.setViewportSize({ width, height });
    const target = await serving();
    await workbench.run({ target, message: "Hello!" });
    await expect(workbench.verdict).toContainText("verified for");
    await toggle(page).click();
    await expect(certificate(page)).toBeVisible();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await workbench.expectAccessible();
    }
    await workbench.expectNothingCutOff();
    await page.getByRole("button", { name: "中文" }).click();
    await expect(workbench.verdict).toContainText(`TLS 1.3，已验证对方是 127.0.0.1，由 ${AUTHORITY} 签发。`);
    await workbench.expectAccessible();
    await workbench.expectNothingCutOff();
  });
}
