// The page as a server that answers by rules, and with a fault.

import { run } from "../harness/programs.js";
import { expect, test, Workbench } from "../harness/test.js";

/** The rules by the names that people know their parts by. */
class Rules {
  constructor(page) {
    this.page = page;
    this.workbench = new Workbench(page);
    this.list = page.getByRole("group", { name: "Rules", exact: true });
    this.items = this.list.getByRole("listitem");
    this.heads = this.items.getByRole("button", { name: /^(If|When) / });
    this.pattern = page.getByRole("textbox", { name: "Pattern" });
    this.reply = page.getByRole("textbox", { name: "Reply" });
    this.status = this.list.getByRole("status");
  }

  /** Answers by rules: those that stand there, or ready-made ones. */
  async choose(readyMade) {
    await this.workbench.choose("Server");
    await this.workbench.choose("Rules");
    if (readyMade) await this.workbench.press(readyMade);
  }

  /** Listens on a free port, and returns it. */
  async listen() {
    await this.page.getByRole("textbox", { name: "Listen on" }).fill("localhost:0");
    await this.workbench.press("Listen");
    const heading = this.page.getByRole("heading", { name: /^Listening on/ });
    await expect(heading).toBeVisible();
    return Number((await heading.innerText()).match(/:(\d+)/)[1]);
  }

  /** Puts a single rule in the place of all others. */
  async only({ condition, pattern, reply, then }) {
    while ((await this.items.count()) > 0) {
      await this.heads.first().click();
      await this.workbench.press("Remove rule 1");
    }
    await this.workbench.press("Add a rule");
    if (condition) await this.page.getByRole("combobox", { name: "Condition" }).selectOption(condition);
    if (pattern !== undefined) await this.pattern.fill(pattern);
    await this.reply.fill(reply);
    if (then) await this.page.getByRole("combobox", { name: "Then" }).selectOption(then);
  }
}

/** What nc prints that sends `input`, and then FIN. */
const nc = async (port, input) => (await run("nc", ["-N", "127.0.0.1", String(port)], input)).output.toString();

/** What a client is told that sends a byte and goes on reading, and how that ends. */
async function conversation(port) {
  const program = `
import socket, sys
peer = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
peer.sendall(b"x")
said, end = "", "FIN"
try:
    while part := peer.recv(9): said += part.decode()
except ConnectionResetError: end = "RST"
print(f"{said}, then {end}")`;
  return (await run("python3", ["-c", program, String(port)])).output.toString();
}

test("a web page is served to curl, and to another page of the browser", { tag: "@main" }, async ({ workbench, page, context }) => {
  const rules = new Rules(page);
  await rules.choose("A web page");
  const port = await rules.listen();
  const curl = await run("curl", ["--silent", "--show-error", "--fail", `http://localhost:${port}/`]);
  expect(curl.code).toBe(0);
  expect(curl.output.toString()).toContain("<h1>Hello!</h1>");
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${port}/`);
  await expect(other.getByRole("heading", { name: "Hello!" })).toBeVisible();
  await other.close();
  await expect(rules.heads.first()).toContainText(/matched \d+ times/);
  await workbench.expectAccessible();
});

test("redis-cli gets its PONG", async ({ workbench, page }) => {
  const rules = new Rules(page);
  await rules.choose("Redis PING");
  const port = await rules.listen();
  const cli = await run("redis-cli", ["-h", "127.0.0.1", "-p", String(port), "PING"]);
  expect(cli.output.toString()).toBe("PONG\n");
  // Without a command it asks for the documentation of all of them first.
  const typed = await run("redis-cli", ["-h", "127.0.0.1", "-p", String(port)], "PING\nINFO\n");
  expect(typed.output.toString()).toMatch(/PONG[^]*ERR this page knows PING alone/);
  expect(await nc(port, "PING\r\n")).toBe("+PONG\r\n");
});

test("whoever connects is greeted before a word is said", async ({ workbench, page, terminal }) => {
  const rules = new Rules(page);
  await rules.choose();
  const port = await rules.listen();
  const client = terminal(`sleep 60 | nc 127.0.0.1 ${port}`);
  await expect.poll(() => client.output).toMatch(/^Hello, 127\.0\.0\.1:\d+! Type something\.\n$/);
  expect(await nc(port, "Hi!\n")).toMatch(/\nHi!: 4 bytes, thank you\.\n$/);
});

test("a rule is added, edited while the page listens, and removed, and the removal taken back", async ({ workbench, page }) => {
  const rules = new Rules(page);
  await rules.choose();
  const port = await rules.listen();
  await rules.only({ condition: "If the input starts with", pattern: "Hello", reply: "got {bytes}\\n" });
  expect(await nc(port, "Hello, you")).toBe("got 10\n");
  await rules.reply.fill("now {line}");
  expect(await nc(port, "Hello\r\nyou")).toBe("now Hello");
  expect(await nc(port, "you")).toBe("");
  await workbench.expectAccessible();
  await workbench.press("Remove rule 1");
  await expect(rules.status).toHaveText("Rule 1 was removed.");
  await expect(rules.list).toContainText("No rules");
  expect(await nc(port, "Hello")).toBe("");
  await workbench.press("Undo");
  await expect(rules.items).toHaveCount(1);
  expect(await nc(port, "Hello")).toBe("now Hello");
});

test("rules are put in another order with the keyboard, and the first that matches answers", async ({ workbench, page }) => {
  const rules = new Rules(page);
  await rules.choose();
  await rules.only({ pattern: "a", reply: "first" });
  await workbench.press("Add a rule");
  await rules.pattern.fill("ab");
  await rules.reply.fill("second");
  const port = await rules.listen();
  expect(await nc(port, "ab")).toBe("first");
  await expect(rules.heads.first()).toContainText("matched once");
  const up = page.getByRole("button", { name: "Move rule 2 up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Move rule 1 up" })).toBeFocused();
  await expect(rules.status).toHaveText("It is rule 1 now.");
  await expect(rules.heads).toContainText([/ab/, /first/]);
  expect(await nc(port, "ab")).toBe("second");
});

test("a mistake is told at its place, and keeps the page from listening", async ({ workbench, page }) => {
  const rules = new Rules(page);
  await rules.choose();
  await rules.only({ pattern: "a", reply: "{name} \\n" });
  await expect(rules.reply).toHaveAttribute("aria-invalid", "true");
  await expect(rules.reply).toHaveAccessibleDescription(/No placeholder begins here.*\{input\}, \{line\}, \{bytes\}, \{peer\}/);
  await rules.heads.first().click();
  await expect(rules.heads.first()).toContainText("has a mistake");
  await page.getByRole("button", { name: "Listen", exact: true }).click();
  await expect(rules.reply).toBeFocused();
  const selected = await rules.reply.evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd));
  expect(selected).toBe("{name}");
  await workbench.expectAccessible();
  await rules.reply.fill("{{name}");
  await rules.pattern.fill("");
  await page.getByRole("button", { name: "Listen", exact: true }).click();
  await expect(rules.pattern).toBeFocused();
  await expect(rules.pattern).toHaveAccessibleDescription(/at least one byte/);
  await rules.pattern.fill("a");
  expect(await nc(await rules.listen(), "a")).toBe("{name}");
});

test("FIN and RST follow a reply, and a delay holds it", async ({ workbench, page }) => {
  const rules = new Rules(page);
  await rules.choose();
  await rules.only({ condition: "If anything comes", reply: "bye", then: "FIN" });
  await page.getByRole("textbox", { name: "After (ms)" }).fill("200");
  const port = await rules.listen();
  expect(await conversation(port)).toBe("bye, then FIN\n");
  await page.getByRole("combobox", { name: "Then" }).selectOption("RST");
  // RST discards what its receiver has not read.
  expect(await conversation(port)).toMatch(/^(bye)?, then RST\n$/);
});

test("rules survive a reload, and a link sets them up without listening", async ({ workbench, page, bridge }) => {
  const rules = new Rules(page);
  await rules.choose();
  await rules.only({ pattern: "PING\\r\\n", reply: "+你好\\r\\n" });
  await page.reload();
  await expect(rules.heads).toHaveText([/PING\\r\\n.*\+你好/]);
  const json = JSON.stringify({ rules: [{ when: "is", pattern: "hi", reply: "ho" }] });
  await page.goto(`${bridge.url}#answer=rules&rules=${encodeURIComponent(json)}`);
  await page.reload();
  await expect(rules.heads).toHaveText([/exactly hi.*ho/]);
  await expect(page.getByRole("button", { name: "Listen", exact: true })).toBeVisible();
  await page.goto(`${bridge.url}#answer=rules&rules=nonsense`);
  await page.reload();
  await expect(rules.status).toHaveText("The rules that were given cannot be read.");
});

test("the page misbehaves as a server of the lab does", async ({ workbench, page }) => {
  await workbench.choose("Server");
  await workbench.choose("Misbehave…");
  const kind = page.getByRole("combobox", { name: "As a server that" });
  await expect(kind.getByRole("option", { name: "Refuses" })).toHaveCount(0);
  await expect(page.getByText("“Refuses” is left out")).toBeVisible();
  await page.getByRole("spinbutton", { name: "bytes" }).fill("2");
  const port = await new Rules(page).listen();
  expect(await nc(port, "Hello!")).toBe("He");
  await kind.selectOption("Shouts");
  expect(await nc(port, "Hello!")).toBe("HELLO!");
  await workbench.expectAccessible();
});

for (const [language, width, height] of [["en", 1280, 800], ["zh", 1280, 800], ["en", 390, 844], ["zh", 390, 844]]) {
  test(`rules fit at ${width} pixels (${language})`, async ({ page, bridge }) => {
    await page.setViewportSize({ width, height });
    const rules = new Rules(page);
    await page.goto(`${bridge.url}#answer=rules&lang=${language}`);
    const head = page.getByRole("listitem").getByRole("button", { expanded: false });
    await head.last().click();
    await expect(page.getByRole("listitem").getByRole("textbox")).toHaveCount(3);
    await rules.workbench.expectNothingCutOff(".rules");
    await rules.workbench.expectAccessible();
  });
}
