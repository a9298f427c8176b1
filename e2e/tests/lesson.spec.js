// The lesson: the tutorial as steps that check themselves, and what the server sees.

import { closedPort } from "../harness/servers.js";
import { Workbench, expect, test as base } from "../harness/test.js";

/** The guide by the names that people and screen readers know its parts by. */
class Guide {
  constructor(page) {
    this.page = page;
    this.toggle = page.getByRole("button", { name: "Lesson", exact: true });
    this.region = page.locator(".lesson");
    this.guide = page.locator(".lesson-guide");
    this.bar = page.getByRole("button", { name: /\d\/6/ });
    this.line = page.locator(".lesson-line [aria-current=step]");
    this.next = this.region.getByRole("button", { name: "Next" });
    this.said = this.region.locator(".lesson-said");
    this.command = this.region.locator(".command code");
    this.title = this.region.getByRole("heading", { level: 2 });
    this.sees = page.getByRole("region", { name: "What the server sees" });
  }

  step(name) {
    return this.region.getByRole("list", { name: "Steps of the lesson" }).getByRole("button", { name });
  }

  async expectDone(name) {
    await expect(this.step(name).getByRole("img", { name: "done" })).toBeVisible();
  }

  async expectNotDone(name) {
    await expect(this.step(name)).toBeVisible();
    await expect(this.step(name).getByRole("img")).toHaveCount(0);
  }

  /** The step is ticked, but not as one that the page has checked. */
  async expectTickedByHand(name) {
    await expect(this.step(name).getByRole("img")).toHaveAccessibleName("ticked by hand");
  }
}

const test = base.extend({
  guide: async ({ workbench }, use) => use(new Guide(workbench.page)),

  /** A bridge to which nobody has connected, since its echo server releases its port, and counts. */
  freshBridge: async ({ ownBridge }, use) => use(await ownBridge()),

  /** One on the tutorial's port, which must be free. */
  tutorialBridge: async ({ ownBridge }, use) => {
    const bridge = await ownBridge({ echo: "localhost:8888" });
    const { echo } = await (await fetch(`${bridge.url}api/info`)).json();
    expect(echo, "whose port 8888 is").toBe("own");
    await use(bridge);
  },

  /** Finds what axe has to say of the page as it is. */
  inspect: async ({ page }, use) => use(() => new Workbench(page).expectAccessible()),
});

test("the lesson, from its first step to its last, with a real ncat and a real nc", async ({
  page,
  tutorialBridge,
  terminal,
  inspect,
}) => {
  const workbench = new Workbench(page);
  await workbench.open(tutorialBridge.url);
  const guide = new Guide(page);
  await guide.toggle.click();
  await expect(guide.title).toHaveText("An echo server");
  await guide.expectDone("An echo server");
  await inspect();

  // The echo server of the bridge releases its port for the learner's.
  await page.getByRole("button", { name: "Use ncat instead" }).click();
  await expect(guide.said).toContainText("The port is free");
  await guide.expectNotDone("An echo server");
  await expect(guide.command).toHaveText("ncat -v -l 8888 --keep-open --exec /bin/cat");
  await inspect();
  const ncat = terminal(await guide.command.innerText());
  await expect(guide.said).toContainText("Something listens there now");
  await workbench.send.click();
  await expect(guide.said).toContainText("Your own server answered");
  await guide.expectDone("An echo server");
  expect(ncat.output).toMatch(/Connection from/);
  await ncat.close();
  await expect(guide.said).toContainText("The port is the bridge's again", { timeout: 30_000 });

  // Hello, by the page, which does not count, and by nc, which does.
  await guide.next.click();
  await expect(guide.title).toHaveText("Say Hello");
  await expect(guide.region).toContainText("an ncat server passes nothing on after that");
  await workbench.send.click();
  await expect(workbench.log.locator(".tcp.received")).toHaveText("6 bytes");
  await expect(guide.sees.getByText("this page's bridge")).toBeVisible();
  await page.getByRole("button", { name: "Finish (FIN)" }).click();
  await expect(guide.sees).toContainText("finished (FIN)");
  await guide.expectNotDone("Say Hello");
  await expect(guide.command).toHaveText('(echo "Hello"; sleep 1) | nc -w 1 localhost 8888');
  const nc = terminal(await guide.command.innerText());
  await guide.expectDone("Say Hello");
  await expect(guide.sees.getByText("from a terminal")).toBeVisible();
  await expect.poll(() => nc.output).toBe("Hello\n");
  await inspect();

  // The client, whose lines are lit.
  await guide.next.click();
  await expect(workbench.message).toHaveValue("Hello!");
  await workbench.send.click();
  await guide.expectDone("The Rust client");
  const code = guide.region.locator(".lesson-code");
  await expect(code.locator("[aria-current=step]")).toHaveText(/Terminated/);
  await expect(code.locator(".ran")).toContainText([/let mut/, /connect/, /Success/, /write_all/]);
  await workbench.log.focus();
  await page.keyboard.press("ArrowRight");
  await expect(code.locator("[aria-current=step]")).toHaveText(/Successfully/);
  await inspect();

  // Three servers that misbehave.
  await guide.next.click();
  for (const [name, heard] of [
    ["lab/truncate:3", "Failed to receive data"],
    ["lab/upper", "Unexpected reply: HELLO!"],
    ["lab/late-fin", "The tutorial's client would still be waiting"],
  ]) {
    await guide.region.getByRole("button", { name }).click();
    await expect(workbench.to).toHaveValue(name);
    await workbench.send.click();
    await expect(workbench.verdict).toContainText(heard);
    if (name === "lab/upper") await expect(guide.said).toContainText("2/3");
  }
  await guide.expectDone("Break it");
  await inspect();

  // The bytes.
  await guide.next.click();
  await expect(workbench.message).toHaveValue("你好");
  await workbench.send.click();
  await expect(workbench.verdict).toContainText("Reply is ok!");
  await guide.expectNotDone("Look at the bytes");
  await page.getByRole("tab", { name: "Bytes" }).click();
  await guide.expectDone("Look at the bytes");
  await inspect();

  // The other end.
  await guide.next.click();
  await expect(page.getByRole("radio", { name: "Server" })).toBeChecked();
  await page.getByRole("textbox", { name: "Listen on" }).fill(`localhost:${await closedPort()}`);
  await page.getByRole("button", { name: "Listen", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Listening on" })).toBeVisible();
  await guide.expectNotDone("Be the server");
  await inspect();
  const client = terminal(await guide.command.innerText());
  await guide.expectDone("Be the server");
  await expect.poll(() => client.output).toContain("Reply is ok!");
  await expect(guide.region).toContainText("That was the tutorial");
  expect(page.url()).toBe(`${tutorialBridge.url}#view=bytes&lesson=6`);
  await inspect();
});

test("progress is kept over a reload, and the step with it", { tag: "@main" }, async ({ workbench, guide, page }) => {
  await guide.toggle.click();
  await guide.step("The Rust client").click();
  await workbench.send.click();
  await guide.expectDone("The Rust client");
  await page.reload();
  await expect(guide.title).toHaveText("The Rust client");
  await guide.expectDone("The Rust client");
  await guide.expectNotDone("Break it");
  await guide.toggle.click();
  await expect(guide.region).toHaveCount(0);
  await page.reload();
  await expect(workbench.message).toBeVisible();
  await guide.toggle.click();
  await expect(guide.title).toHaveText("The Rust client");
});

test("each step is a place that the browser leads back to; a view is none", async ({
  workbench,
  guide,
  page,
  bridge,
}) => {
  await guide.toggle.click();
  await guide.next.click();
  await guide.next.click();
  await workbench.send.click();
  await guide.expectDone("The Rust client");
  await page.getByRole("tab", { name: "Bytes" }).click();
  expect(page.url()).toBe(`${bridge.url}#view=bytes&lesson=3`);
  await page.goBack();
  await expect(guide.title).toHaveText("Say Hello");
  await page.goBack();
  await expect(guide.title).toHaveText("An echo server");
  await page.goBack();
  await expect(guide.region).toHaveCount(0);
  expect(page.url()).toBe(bridge.url);
  await page.goForward();
  await page.goForward();
  await expect(guide.title).toHaveText("Say Hello");
  await expect(page.getByRole("radio", { name: "Stay connected" })).toBeChecked();
  await expect(workbench.verdict).not.toContainText("Connected to");
});

test("what was typed before comes back on request", async ({ workbench, guide, page }) => {
  await workbench.message.fill("my own words");
  await guide.toggle.click();
  await guide.step("Look at the bytes").click();
  await expect(workbench.message).toHaveValue("你好");
  await guide.toggle.click();
  await expect(workbench.message).toHaveValue("你好");
  await guide.toggle.click();
  await page.getByRole("button", { name: "Bring back what I had typed" }).click();
  await expect(workbench.message).toHaveValue("my own words");
});

test("with a server that the bridge cannot see into, the learner ticks", async ({
  page,
  ncat,
  ownBridge,
}) => {
  const { port } = await ncat();
  const bridge = await ownBridge({ echo: `127.0.0.1:${port}` });
  const workbench = new Workbench(page);
  await workbench.open(`${bridge.url}#lesson=2`);
  const guide = new Guide(page);
  await expect(guide.said).toContainText("the page cannot see who connects");
  await expect(guide.sees).toHaveCount(0);
  await page.getByRole("button", { name: "I saw Hello come back" }).click();
  await guide.expectTickedByHand("Say Hello");
  await expect(guide.said).toContainText("Ticked by hand");
});

test("without a terminal the lesson is done on the page, and what is ticked by hand is shown so", async ({
  workbench,
  guide,
  page,
  inspect,
}) => {
  await guide.toggle.click();
  await guide.expectDone("An echo server");
  await guide.next.click();
  await expect(guide.command).toBeVisible();
  await expect(page.getByRole("button", { name: "I saw Hello come back" })).toHaveCount(0);
  await page.getByRole("button", { name: "I have no terminal here" }).click();
  await expect(guide.title).toBeFocused();
  await expect(guide.command).toHaveCount(0);
  await expect(guide.region).toContainText("Stay connected takes the place of nc");

  // The page cannot tick what it cannot see.
  await workbench.send.click();
  await expect(workbench.log.getByText("6 bytes")).toHaveCount(2);
  await page.getByRole("button", { name: "Finish (FIN)" }).click();
  await expect(guide.sees).toContainText("finished (FIN)");
  await guide.expectNotDone("Say Hello");
  await inspect();
  await page.getByRole("button", { name: "I saw Hello come back" }).click();
  await expect(guide.said).toContainText("Ticked by hand");
  await guide.expectTickedByHand("Say Hello");
  await inspect();

  // It is kept, as the rest of the progress is.
  await page.reload();
  await expect(guide.title).toHaveText("Say Hello");
  await guide.expectTickedByHand("Say Hello");
  await expect(guide.region).toContainText("Without a terminal");

  await guide.next.click();
  await workbench.send.click();
  await guide.expectDone("The Rust client");
  await guide.next.click();
  for (const name of ["lab/truncate:3", "lab/upper", "lab/late-fin"]) {
    const server = guide.region.getByRole("button", { name });
    await server.click();
    await workbench.send.click();
    await expect(server.getByRole("img", { name: "done" })).toBeVisible();
  }
  await guide.next.click();
  await workbench.send.click();
  await page.getByRole("tab", { name: "Bytes" }).click();
  await guide.expectDone("Look at the bytes");
  await guide.next.click();
  await page.getByRole("button", { name: "Tick this step by hand" }).click();
  await expect(guide.region).toContainText("That was the tutorial");
  await guide.expectTickedByHand("Say Hello");
  await guide.expectTickedByHand("Be the server");

  await page.getByRole("button", { name: "I have a terminal after all" }).click();
  await expect(guide.command).toBeVisible();
});

test("a step that was ticked by hand checks itself once a terminal connects", async ({
  page,
  freshBridge,
  terminal,
}) => {
  const workbench = new Workbench(page);
  await workbench.open(`${freshBridge.url}#lesson=2`);
  const guide = new Guide(page);
  await page.getByRole("button", { name: "I have no terminal here" }).click();
  await page.getByRole("button", { name: "I saw Hello come back" }).click();
  await guide.expectTickedByHand("Say Hello");
  await expect(guide.sees).toContainText("Nobody has connected yet.");
  const [host, port] = (await workbench.to.inputValue()).split(":");
  terminal(`printf 'Hello\\n' | nc -N ${host} ${port}`);
  await expect(guide.said).toContainText("A terminal connected");
  await guide.expectDone("Say Hello");
});

test("buttons that have two labels in English have two in Chinese", async ({ page, freshBridge }) => {
  // To a bridge of its own nobody has connected, whose rows could come between two looks.
  await new Workbench(page).open(freshBridge.url);
  const guide = new Guide(page);
  const labels = () =>
    page.getByRole("button").evaluateAll((all) => all.map((it) => it.title || it.innerText));
  const choose = async (language, heading) => {
    await page.getByRole("button", { name: language }).click();
    await expect(guide.title).toHaveText(heading);
  };
  await guide.toggle.click();
  const titles = [
    ["An echo server", "准备回显服务器"],
    ["Say Hello", "说一声 Hello"],
    ["The Rust client", "Rust 客户端"],
    ["Break it", "让它出错"],
    ["Look at the bytes", "看看字节"],
  ];
  for (const [title, chinese] of titles) {
    await guide.step(title).click();
    await expect(guide.title).toHaveText(title);
    const english = await labels();
    await choose("中文", chinese);
    const meanings = new Map();
    (await labels()).forEach((label, index) => {
      const meaning = meanings.get(label) ?? english[index];
      expect(meaning, `both are ${label}`).toBe(english[index]);
      meanings.set(label, meaning);
    });
    await choose("EN", title);
  }
});

for (const [status, words] of [
  [403, "only when a page on its own machine asks"],
  [409, "no echo server of its own"],
]) {
  test(`a bridge that does not release its port is told of (${status})`, async ({
    guide,
    page,
    inspect,
    consoleErrors,
  }) => {
    await page.route("**/api/echo/release", (route) => route.fulfill({ status, body: "{}" }));
    await guide.toggle.click();
    await page.getByRole("button", { name: "Use ncat instead" }).click();
    await expect(guide.said).toContainText(words);
    await inspect();
    consoleErrors.length = 0;
  });
}

test("what the server sees is told live, and its bytes only on a click", async ({
  page,
  freshBridge,
  terminal,
  inspect,
}) => {
  const workbench = new Workbench(page);
  await workbench.open(freshBridge.url);
  const guide = new Guide(page);
  await expect(guide.sees).toHaveCount(0);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const asking = () => asked.filter((path) => path.startsWith("/api/echo/connections"));
  await workbench.run({ message: "from the page" });
  await expect(guide.sees).toBeVisible();
  expect(asking()).toEqual([]);
  await guide.sees.getByRole("button", { name: "What the server sees" }).click();
  await expect(guide.sees.getByRole("listitem")).toContainText(["this page's bridge"]);
  const [host, port] = (await workbench.to.inputValue()).split(":");
  terminal(`printf 'one\\ntwo' | nc -N ${host} ${port}`);
  const first = guide.sees.getByRole("listitem").first();
  await expect(first).toContainText("from a terminal");
  await expect(first).toContainText("7 B in, 7 B out");
  await expect(first).toContainText("finished (FIN)");
  expect(new Set(asking())).toEqual(new Set(["/api/echo/connections"]));
  await first.getByRole("button", { name: "Bytes" }).click();
  await expect(first).toContainText(String.raw`one\ntwo`);
  await inspect();
  await guide.sees.getByRole("button", { name: "What the server sees" }).click();
  await expect(guide.sees.getByRole("listitem")).toHaveCount(0);
});

test("the command is that of one's system, and the choice is kept", async ({ guide, page }) => {
  await guide.toggle.click();
  await guide.step("Say Hello").click();
  const system = page.getByRole("combobox", { name: "System of the terminal" });
  await expect(system).toHaveValue("Linux");
  await system.selectOption("Windows");
  await expect(guide.command).toContainText("tcp-bridge check");
  await page.reload();
  await expect(system).toHaveValue("Windows");
});

test("a field that a step sets stands out once", async ({ workbench, guide, page }) => {
  const animation = () => workbench.message.evaluate((it) => getComputedStyle(it).animationName);
  const watch = () =>
    workbench.message.evaluate((it) => {
      window.flashed = 0;
      const count = () => (window.flashed += it.hasAttribute("data-flash") ? 1 : 0);
      new MutationObserver(count).observe(it, { attributeFilter: ["data-flash"] });
    });
  await guide.toggle.click();
  await watch();
  await guide.step("Look at the bytes").click();
  await expect.poll(() => page.evaluate(() => window.flashed)).toBe(1);
  await expect(workbench.message).not.toHaveAttribute("data-flash");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await guide.step("Say Hello").click();
  expect(await animation()).toBe("none");
});

for (const [width, height] of [
  [853, 480],
  [390, 844],
  [320, 640],
]) {
  test(`at ${width} pixels it is a bar of one line that opens, and nothing is cut off`, async ({
    page,
    bridge,
    inspect,
  }) => {
    await page.setViewportSize({ width, height });
    for (const [step, lang] of [
      [1, "en"],
      [3, "zh"],
      [4, "en"],
    ]) {
      await page.goto("about:blank");
      await page.goto(`${bridge.url}#lesson=${step}&lang=${lang}`);
      const guide = new Guide(page);
      await expect(guide.bar).toContainText(`${step}/6`);
      await expect(guide.guide).toBeHidden();
      const lines = await guide.bar.locator(".lesson-task").evaluate((it) => {
        return it.getBoundingClientRect().height / parseFloat(getComputedStyle(it).lineHeight);
      });
      expect(lines).toBeLessThan(1.5);
      await guide.bar.click();
      await expect(guide.guide).toBeVisible();
      await new Workbench(page).expectNothingCutOff();
      await inspect();
    }
  });
}

/** The part of the window's height that a box takes: [from, to]. */
const span = ({ y, height }) => [y, y + height];

for (const [width, height] of [
  [853, 480],
  [390, 844],
]) {
  test(`at ${width}×${height} Send, the verdict and the line that ran are in view together`, async ({
    page,
    bridge,
  }) => {
    await page.setViewportSize({ width, height });
    const workbench = new Workbench(page);
    await workbench.open(`${bridge.url}#lesson=3`);
    const guide = new Guide(page);
    await expect(guide.bar).toContainText("Press Send and watch read_exact wait");
    await workbench.send.click();
    await expect(guide.line).toHaveText('println!("Terminated.");');
    const headline = workbench.verdict.getByText("Reply is ok!", { exact: true });

    const expectTogether = async () => {
      const parts = { send: workbench.send, headline, line: guide.line };
      const boxes = {};
      for (const [name, part] of Object.entries(parts)) {
        boxes[name] = await part.boundingBox();
        const [top, bottom] = span(boxes[name]);
        expect(top, name).toBeGreaterThanOrEqual(0);
        expect(bottom, name).toBeLessThanOrEqual(height);
      }
      // The bar, which stays where one scrolls, covers none of the others.
      const [, end] = span(await page.locator(".lesson-top").boundingBox());
      expect(boxes.send.y).toBeGreaterThanOrEqual(end);
      expect(boxes.headline.y).toBeGreaterThanOrEqual(end);
    };
    await expectTogether();

    // The guide unfolds over the diagram, never over Send and the verdict.
    await guide.bar.focus();
    await page.keyboard.press("Enter");
    await expect(guide.bar).toHaveAttribute("aria-expanded", "true");
    await expect(guide.bar).toBeFocused();
    await expect(guide.title).toBeInViewport();
    await expectTogether();
    const [top] = span(await guide.guide.boundingBox());
    const [, endOfVerdict] = span(await workbench.verdict.boundingBox());
    expect(top).toBeGreaterThanOrEqual(endOfVerdict);
    if (width < 800) {
      const [, endOfSend] = span(await workbench.send.boundingBox());
      expect(top).toBeGreaterThanOrEqual(endOfSend);
    } else {
      const { x } = await guide.guide.boundingBox();
      const send = await workbench.send.boundingBox();
      expect(x).toBeGreaterThanOrEqual(send.x + send.width);
    }

    await page.keyboard.press("Enter");
    await expect(guide.guide).toBeHidden();
    await expect(guide.bar).toHaveAttribute("aria-expanded", "false");
    await expect(guide.bar).toBeFocused();
    await expectTogether();
  });
}

test("on a phone the bar leads from step to step, and keeps the focus", async ({ page, bridge }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const workbench = new Workbench(page);
  await workbench.open(`${bridge.url}#lesson=3`);
  const guide = new Guide(page);
  const next = page.getByRole("button", { name: "Next" });
  await expect(guide.bar).toContainText("3/6");
  await expect(next).toHaveCount(0);
  await workbench.send.click();
  await next.click();
  await expect(guide.bar).toContainText("4/6");
  await expect(guide.bar).toBeFocused();
  await expect(guide.guide).toBeHidden();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in any step, in Chinese, ${colorScheme}`, async ({
    page,
    bridge,
    inspect,
  }) => {
    await page.emulateMedia({ colorScheme });
    for (const step of [1, 2, 3, 4, 5]) {
      await page.goto("about:blank");
      await page.goto(`${bridge.url}#lesson=${step}&lang=zh`);
      await expect(page.locator(".lesson-guide")).toBeVisible();
      await inspect();
    }
  });
}
