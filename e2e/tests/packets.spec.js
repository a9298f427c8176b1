// Packets: captured or inferred, opened, saved, and read from files.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { byte, drop, expect, test, Workbench } from "../harness/test.js";

const CAPTURES = fileURLToPath(new URL("../../echo-core/tests/captures/", import.meta.url));
const capture = (name) => readFileSync(CAPTURES + name);

const list = (page) => page.getByRole("grid", { name: "Packets" });
const rows = (page) => page.locator("[data-packet]");
const packet = (page, number) => page.locator(`[data-packet="${number - 1}"]`);
const octet = (page, at) => page.locator(`#octet-${at}`);

async function openPackets(page) {
  await page.getByRole("tab", { name: "Packets" }).click();
}

/** Sends Hello! and waits until all its packets are there; whether they were captured. */
async function sent(workbench, { capturing = false } = {}) {
  const { page } = workbench;
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await openPackets(page);
  await expect(page.locator("[data-packet]", { hasText: "FIN" })).toHaveCount(2);
  const can = await possible(page);
  if (!capturing || !can) return false;
  await page.getByRole("checkbox", { name: "Capture packets" }).check();
  await workbench.send.click();
  await expect(page.getByText(/Captured: \d+ packets of this connection\./)).toBeVisible();
  return true;
}

async function possible(page) {
  const { capture } = await page.evaluate(() => fetch("/api/info").then((it) => it.json()));
  return Boolean(capture?.possible);
}

/** Opens every layer of the packet. */
async function unfold(page) {
  await page.locator(".layer:not([open]) summary").evaluateAll((all) => all.forEach((it) => it.click()));
}

/** Drops a file somewhere on the page. */
const dropOnPage = (page, name, bytes) => drop(page.locator("main"), name, bytes);

/** What tshark says of a file. */
function tshark(file, ...args) {
  const options = ["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"];
  return execFileSync("tshark", ["-r", file, ...options, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

test("packets that were not captured are inferred, and each field says so", { tag: "@main" }, async ({ workbench, page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  expect(asked.filter((url) => url.includes("packets"))).toEqual([]);
  await openPackets(page);
  await expect(page.getByText("Inferred from what the bridge read and wrote, not captured")).toBeVisible();
  expect(asked.filter((url) => /-packets\.wasm$/.test(url))).toHaveLength(1);
  for (const head of ["No.", "Time", "Length", "Info"]) {
    await expect(page.getByRole("columnheader", { name: head })).toBeInViewport({ ratio: 1 });
  }
  await expect(packet(page, 1)).toContainText("[SYN]");
  await expect(packet(page, 2)).toContainText("[SYN, ACK]");
  await expect(packet(page, 3)).toContainText("≈[ACK]");
  for (const number of [1, 2, 3, 4]) {
    await expect(packet(page, number).locator(".window")).toHaveText("≈65,535");
    await expect(packet(page, number).locator(".seq")).toHaveClass(/guess/);
  }
  await expect(packet(page, 1).locator(".flags")).not.toHaveClass(/guess/);
});

test("with the switch on, a connection is captured from SYN to both FINs", async ({ workbench, page }) => {
  test.skip(!(await sent(workbench, { capturing: true })), "this machine may not capture");
  await expect(list(page)).not.toContainText("≈");
  const flags = await page.locator("[data-packet] .flags").allInnerTexts();
  expect(flags.slice(0, 3)).toEqual(["[SYN]", "[SYN, ACK]", "[ACK]"]);
  const ends = await page.locator("[data-packet]", { hasText: "FIN" }).locator(".ports").allInnerTexts();
  expect(ends.some((it) => it.includes("→")) && ends.some((it) => it.includes("←"))).toBe(true);
  await expect(packet(page, 1).locator(".since")).toHaveText("0.000000");
});

test("on a connection that stays the packets come while it is talked on", async ({ workbench, page }) => {
  await sent(workbench);
  test.skip(!(await possible(page)), "this machine may not capture");
  await page.getByRole("checkbox", { name: "Capture packets" }).check();
  await workbench.choose("Stay connected");
  await workbench.press("Connect");
  await expect(page.getByText("Captured: 3 packets of this connection so far.")).toBeVisible();
  await workbench.send.click();
  await expect(page.locator("[data-packet]", { hasText: "PSH" })).toHaveCount(2);
});

test("the keyboard walks the list, the fields and the bytes, each with one tab stop", async ({ workbench, page }) => {
  await sent(workbench);
  await list(page).focus();
  await expect(packet(page, 4)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await expect(packet(page, 1)).toHaveAttribute("aria-selected", "true");
  await expect(list(page)).toHaveAttribute("aria-activedescendant", "packet-0");
  await expect(page.getByRole("heading", { name: /Packet 1 .*\[SYN\]/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("PageDown");
  await expect(packet(page, 10)).toHaveAttribute("aria-selected", "true");
  const fields = page.getByRole("listbox", { name: "Transmission Control Protocol" });
  await fields.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: "Destination port" })).toHaveAttribute("aria-selected", "true");
  await expect(octet(page, 22)).toHaveClass(/marked/);
  await page.getByRole("grid", { name: "Bytes of the packet" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(octet(page, 23)).toHaveClass(/pointed/);
});

test("what the keyboard selects stays marked when the page scrolls below a pointer at rest", async ({ workbench, page }) => {
  await sent(workbench);
  await page.setViewportSize({ width: 1280, height: 400 });
  const fields = page.getByRole("listbox", { name: "Transmission Control Protocol" });
  await fields.focus();
  await page.getByRole("option", { name: "Source port" }).hover();
  await fields.press("ArrowDown");
  const destination = page.getByRole("option", { name: "Destination port" });
  await expect(destination).toHaveAttribute("aria-selected", "true");
  // Browsers tell of the pointer, too, when only what lies below it has changed.
  await page.evaluate(async () => {
    const told = new Promise((resolve) => addEventListener("pointerover", resolve, { once: true }));
    scrollBy(0, 60);
    await told;
  });
  await expect(destination).toHaveAttribute("aria-selected", "true");
});

test("a field marks its bytes, and a byte its field", async ({ workbench, page }) => {
  await sent(workbench);
  await packet(page, 4).click();
  await page.getByRole("option", { name: /Sequence number/ }).hover();
  for (const at of [24, 25, 26, 27]) await expect(octet(page, at)).toHaveClass(/marked/);
  await expect(octet(page, 28)).not.toHaveClass(/marked/);
  // Bytes that are made up say so themselves.
  await expect(octet(page, 24)).toHaveClass(/guess/);
  for (const at of [20, 40]) await expect(octet(page, at)).not.toHaveClass(/guess/);
  await expect(page.locator(".packets .says")).toHaveText(/Sequence number · ≈1 .* · made up · bytes 24 to 27/);
  await octet(page, 20).hover();
  await expect(page.getByRole("option", { name: /Source port/ })).toHaveClass(/marked/);
  await page.locator(".layer", { hasText: "Internet Protocol" }).locator("summary").click();
  await page.getByRole("option", { name: /Protocol ≈6 \(TCP\)/ }).hover();
  await expect(octet(page, 9)).toHaveClass(/marked/);
});

test("a packet marks its bytes in the other views, and a byte there its packets", async ({ workbench, page }) => {
  await sent(workbench);
  await packet(page, 6).click();
  await page.getByRole("tab", { name: "Bytes" }).click();
  for (const at of [0, 5]) await expect(byte(page, "received", at)).toHaveClass(/marked/);
  await expect(byte(page, "sent", 0)).not.toHaveClass(/marked|twin/);
  await byte(page, "sent", 2).click();
  await openPackets(page);
  await expect(page.locator("[data-packet].carries")).toHaveCount(2);
  await expect(packet(page, 4)).toHaveClass(/carries/);
  await page.getByRole("tab", { name: "Sequence" }).click();
  await expect(page.locator("#timeline .marked").first()).toContainText("Hello");
});

for (const capturing of [false, true]) {
  const what = capturing ? "captured" : "inferred";
  test(`${what} packets are saved as a file that tshark reads`, async ({ workbench, page }) => {
    const captured = await sent(workbench, { capturing });
    test.skip(captured !== capturing, "this machine may not capture");
    await expect(page.locator("[data-packet]", { hasText: "FIN" })).toHaveCount(2);
    const download = page.waitForEvent("download");
    await workbench.press("Save as pcapng");
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^packets-127\.0\.0\.1-\d+\.pcapng$/);
    const file = await saved.path();
    const count = await rows(page).count();
    expect(tshark(file, "-T", "fields", "-e", "frame.number").trim().split("\n")).toHaveLength(count);
    const bad = "_ws.malformed || ip.checksum.status == 0";
    expect(tshark(file, "-Y", capturing ? bad : `${bad} || tcp.checksum.status == 0`)).toBe("");
    // Where packets passed is known only of those that did.
    const interfaces = tshark(file, "-T", "fields", "-e", "frame.interface_name").trim();
    expect(new Set(interfaces.split("\n"))).toEqual(new Set([capturing ? "lo" : "one session of Echo Playground"]));
    const said = tshark(file, "-q", "-z", "follow,tcp,ascii,0");
    expect(said.match(/Hello!/g)).toHaveLength(2);
    // And it comes back as it went.
    const before = await list(page).innerText();
    await dropOnPage(page, "saved.pcapng", readFileSync(file));
    await expect(page.getByText("saved.pcapng")).toBeVisible();
    expect(await list(page).innerText()).toBe(before);
  });
}

test("a file is opened without a run, its connections are a choice, and it is closed again", async ({ workbench, page }) => {
  await dropOnPage(page, "loopback.pcapng", capture("loopback.pcapng"));
  await expect(page.getByText("loopback.pcapng")).toBeVisible();
  await expect(rows(page)).toHaveCount(10);
  const choice = page.getByRole("combobox", { name: "Connection" });
  await expect(choice.getByRole("option")).toHaveCount(4);
  await choice.selectOption({ index: 2 });
  await expect(page.locator("[data-packet] .flags")).toHaveText(["[SYN]", "[RST, ACK]"]);
  await choice.selectOption({ index: 3 });
  await page.getByText("Conversation").click();
  await expect(page.locator(".turns li")).toHaveCount(2);
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await expect(page.getByText("loopback.pcapng")).toBeVisible();
  await workbench.press("Close file");
  await expect(page.getByText("Inferred from what")).toBeVisible();
});

test("a file that is no capture is refused with a sentence, and what was shown stays", async ({ workbench, page }) => {
  await dropOnPage(page, "notes.txt", Buffer.from("Hello, world"));
  await expect(page.getByRole("alert")).toHaveText(/notes.txt was not opened. It is neither pcapng nor pcap./);
  await workbench.press("OK");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await sent(workbench);
  await dropOnPage(page, "cut.pcapng", capture("loopback.pcapng").subarray(0, 40));
  await expect(page.getByRole("alert")).toHaveText(/cut.pcapng was not opened. It is cut off: what begins at byte \d+ has no end/);
  await expect(page.getByText("Inferred from what")).toBeVisible();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("alert")).toContainText("没有打开 cut.pcapng：它不完整");
});

test("of a capture that is cut off in the middle of a packet, what is whole is shown, and that it is cut off is said", async ({ workbench, page }) => {
  const whole = capture("loopback.pcapng");
  await dropOnPage(page, "cut.pcapng", whole.subarray(0, whole.length - 1));
  await expect(page.getByText("This file is cut off: what begins at byte 3,308 has no end.")).toBeVisible();
  await expect(page.getByText(/^\d+ packets, 10 of this connection$/)).toBeVisible();
  await expect(rows(page)).toHaveCount(10);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

for (const [name, content, what] of [
  ["runs.json", '{"format":"echo-playground-runs","version":1,"runs":[]}', "a file of runs"],
  ["data.json", '{"a": 1}', "JSON"],
  ["page.html", "<!DOCTYPE html><title>x</title>", "HTML or XML"],
]) {
  test(`${name} dropped anywhere but on the message gets a sentence that says what it is`, async ({ workbench, page }) => {
    await workbench.run();
    await expect(workbench.verdict).toContainText("Reply is ok!");
    for (const place of ["header", "main", ".verdict", ".runs", "body"]) {
      await drop(page.locator(place).first(), name, Buffer.from(content));
      await expect(page.getByRole("alert")).toContainText(`${name} was not opened. It is ${what}`);
      await workbench.press("OK");
    }
    await expect(workbench.message).toHaveValue("Hello!");
  });
}

test("what is worth a word about a packet is said, and what it means", async ({ workbench, page }) => {
  await dropOnPage(page, "mangled.pcap", capture("mangled.pcap"));
  await expect(packet(page, 9).locator(".note")).toHaveText(/^after a gap part 05/);
  await packet(page, 10).click();
  await expect(page.getByRole("heading", { name: /out of order: others overtook it/ })).toBeVisible();
});

test("a file is shown beside a repetition, too", async ({ workbench, page }) => {
  await workbench.choose("Repeat");
  await dropOnPage(page, "raw.pcap", capture("raw.pcap"));
  await expect(rows(page)).toHaveCount(10);
});

test("what the kernel says is there on Linux, each number with what it means", async ({ workbench, page }) => {
  await sent(workbench);
  await page.getByText("What the kernel says").click();
  const rtt = page.locator(".kernel dl > div", { hasText: "round trip" });
  await expect(rtt.locator(".number")).toHaveText(/^[\d.]+ (µs|ms)$/);
});

test("of many packets only those in view are drawn, and the keys reach all", async ({ workbench, page }) => {
  await workbench.choose("Stay connected");
  await workbench.press("Connect");
  await workbench.run({ message: "x".repeat(200) });
  for (let times = 0; times < 8; times += 1) await workbench.send.click();
  await openPackets(page);
  await expect.poll(() => list(page).getAttribute("aria-rowcount").then(Number)).toBeGreaterThan(30);
  // Before the list's height is measured it is taken to be higher.
  await expect.poll(() => rows(page).count()).toBeLessThan(25);
  await list(page).focus();
  await page.keyboard.press("End");
  const selected = page.locator('[data-packet][aria-selected="true"]');
  await expect(selected).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Home");
  await expect(packet(page, 1)).toBeInViewport({ ratio: 1 });
});

test("a bridge that may not capture says why and what would allow it", async ({ page, ownBridge }) => {
  const flags = ["bounding-set", "inh-caps", "ambient-caps"].map((set) => `--${set}=-net_raw`);
  const by = process.getuid() === 0 ? ["setpriv", ...flags] : [];
  const bridge = await ownBridge({ by });
  await page.goto(bridge.url);
  test.skip(await possible(page), "this machine lets everybody capture");
  await page.getByRole("button", { name: "Send" }).click();
  await openPackets(page);
  await expect(page.getByText("The bridge cannot capture packets here:")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Capture packets" })).toHaveCount(0);
  await expect(page.getByText("To allow it")).toBeVisible();
  await expect(page.locator(".cannot code")).toContainText("setcap");
  await expect(page.getByText("Inferred from what")).toBeVisible();
  await new Workbench(page).expectAccessible();
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("nothing about packets keeps anybody out", async ({ workbench, page }) => {
      await sent(workbench, { capturing: true });
      await packet(page, 4).click();
      await unfold(page);
      await page.getByText("What the kernel says").click();
      await workbench.expectAccessible();
      await dropOnPage(page, "loopback.pcapng", capture("loopback.pcapng"));
      await page.getByRole("button", { name: "中文" }).click();
      await page.getByText("对话").click();
      await dropOnPage(page, "notes.txt", Buffer.from("Hello, world"));
      await expect(page.getByRole("alert")).toBeVisible();
      await workbench.expectAccessible();
    });
  });
}

test("packets fit into any window", async ({ workbench, page }) => {
  await sent(workbench);
  await dropOnPage(page, "loopback.pcapng", capture("loopback.pcapng"));
  await page.getByText("Conversation").click();
  await unfold(page);
  for (const file of [true, false]) {
    if (!file) await workbench.press("Close file");
    for (const width of [1280, 853, 800, 640, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await workbench.expectNothingCutOff(".packets", ".packet-list", ".opened", ".octets");
    }
  }
});
