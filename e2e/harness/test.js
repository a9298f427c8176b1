// The test function: a bridge for each worker, a server on request, and a console without errors.

import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";

import { startBridge } from "./bridge.js";
import { startNcat } from "./programs.js";
import { behaviours, closedPort, serve } from "./servers.js";
import { Terminal } from "./terminal.js";

export { expect };

export const test = base.extend({
  // One bridge for all tests of a worker: they only ever open sessions of their own.
  bridge: [
    async ({}, use) => {
      const bridge = await startBridge();
      await use(bridge);
      await bridge.stop();
    },
    { scope: "worker" },
  ],

  /** `await ownBridge(options)` starts a bridge of the test's own, until the test ends. */
  ownBridge: async ({}, use) => {
    const started = [];
    await use(async (options) => {
      const bridge = await startBridge(options);
      started.push(bridge);
      return bridge;
    });
    await Promise.all(started.map((bridge) => bridge.stop()));
  },

  /** `await ncat(port)` starts the tutorial's ncat, until the test ends: on a free port if none is given. */
  ncat: async ({}, use) => {
    const started = [];
    await use(async (port) => {
      const ncat = await startNcat(port ?? (await closedPort()));
      started.push(ncat);
      return ncat;
    });
    await Promise.all(started.map((ncat) => ncat.stop()));
  },

  /** `await server("short")` starts a server that behaves so, until the test ends. So does
   *  `await server(behaviour)`, with a behaviour of the test's own. */
  server: async ({}, use) => {
    const started = [];
    await use(async (behaviour) => {
      const server = await serve(typeof behaviour === "string" ? behaviours[behaviour] : behaviour);
      started.push(server);
      return server;
    });
    started.forEach((server) => server.stop());
  },

  /** `terminal(command)` types it in a terminal, which is closed when the test ends. */
  terminal: async ({}, use) => {
    const started = [];
    await use((command, options) => {
      const terminal = new Terminal(command, options);
      started.push(terminal);
      return terminal;
    });
    await Promise.all(started.map((terminal) => terminal.close()));
  },

  /** Every test ends with an empty console; one that stops the bridge says so itself. */
  consoleErrors: [
    async ({ page }, use) => {
      const errors = [];
      page.on("console", (message) => {
        const isKnown = isGoneBridge(message) || isLeft(message.text());
        if (message.type() === "error" && !isKnown) errors.push(message.text());
      });
      page.on("pageerror", (error) => isLeft(String(error)) || errors.push(String(error)));
      await use(errors);
      expect(errors, "the browser's console").toEqual([]);
    },
    { auto: true },
  ],

  /** The workbench, opened and ready. */
  workbench: async ({ page, bridge }, use) => {
    const workbench = new Workbench(page);
    await workbench.open(bridge.url);
    await use(workbench);
  },
});

/** Whether the browser says that a page was left while it loaded a part of itself, before the answer
 *  began or after that. Where the part was wanted already, the page writes that into its console. Of a
 *  part that could not be loaded the browser says more, with the error of the network. */
const isLeft = (text) =>
  text.includes("Response body loading was aborted") || /Failed to fetch\s.*-parts\.js/.test(text);

/** Whether the browser says that the page's question for the bridge, which it asks every two
 *  seconds, found none: a test that stops its bridge may end before or after that. */
function isGoneBridge(message) {
  return message.location().url.endsWith("/api/info") && message.text().includes("net::ERR_");
}

/** Opens the menu of the runs, and presses an item of it, if one is named. */
export async function runsMenu(page, item) {
  await page.getByRole("button", { name: "All runs" }).click();
  if (item) await page.getByRole("button", { name: item }).click();
}

/** From its next load on, the page is in a browser that stores nothing. */
export const refuseStorage = (page) =>
  page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });

/** The cell of a byte in the tab Bytes, of those that went one `way`, where all rows are drawn. */
export const byte = (page, way, offset) =>
  page.getByRole("grid").locator(`.${way}`).getByRole("gridcell").nth(offset);

/** The clipboard's text. */
export const pasted = (page) => page.evaluate(() => navigator.clipboard.readText());

/** The text of the file that the page has the browser save when `press` is done. Not every browser
 *  tells the tests of downloads: it is looked at where the page makes it. */
export async function saved(page, press) {
  await page.evaluate(() => {
    const create = URL.createObjectURL.bind(URL);
    window.saved = new Promise((resolve) => {
      URL.createObjectURL = (blob) => {
        resolve(blob.text());
        return create(blob);
      };
    });
  });
  await press();
  return page.evaluate(() => window.saved);
}

/** Drops a file of these bytes on an element. */
export async function drop(element, name, bytes) {
  const dataTransfer = await element.page().evaluateHandle(
    ([name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    },
    [name, [...bytes]],
  );
  await element.dispatchEvent("drop", { dataTransfer });
}

/** Presses Tab, `most` times at most, until the focus is on an element. */
export async function tabTo(element, most = 60) {
  const isFocused = () => element.evaluate((it) => it === document.activeElement);
  for (let presses = 0; !(await isFocused()); presses += 1) {
    if (presses === most) throw new Error("it cannot be reached");
    await element.page().keyboard.press("Tab");
  }
}

/** The page by the names that people and screen readers know its parts by. */
export class Workbench {
  constructor(page) {
    this.page = page;
    this.to = page.getByRole("textbox", { name: "To" });
    this.message = page.getByRole("textbox", { name: "Message" });
    this.send = page.getByRole("button", { name: "Send", exact: true });
    /** What is expected: "same", "these" or "anything". */
    this.expected = page.getByRole("combobox", { name: /^(Expect|期望)/ });
    this.verdict = page.getByRole("status");
    this.log = page.getByRole("log");
  }

  async open(url) {
    await this.page.goto(url);
    await expect(this.to).not.toHaveValue("");
  }

  /**
   * Sends `message` to `target`, each left as it is where not given. The servers of the tests are
   * echo servers, if not good ones: of a `target`, the same bytes are expected unless `expect` says
   * otherwise.
   */
  async run({ target, message, expect = target && "same" } = {}) {
    if (target !== undefined) await this.to.fill(target);
    if (expect && (await this.expected.count()) > 0) await this.expected.selectOption(expect);
    if (message !== undefined) await this.message.fill(message);
    await this.send.click();
  }

  /** The program's lines in the log, which must be exactly these. */
  async expectLines(lines) {
    for (const line of lines) await expect(this.log).toContainText(line);
    const text = await this.log.innerText();
    const places = lines.map((line) => text.indexOf(line));
    expect(places, text).toEqual([...places].sort((a, b) => a - b));
  }

  /** Chooses one of a few things, by its label. */
  choose(name) {
    return this.page.getByRole("radio", { name, exact: true }).check();
  }

  /** Presses the button of this name, and no other. */
  press(name) {
    return this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Has the verdict tell why it is as it is. */
  async openWhy() {
    await this.verdict.getByRole("button", { name: /^(Why|为什么)/, expanded: false }).click();
  }

  /** axe finds nothing in the page as it is now. */
  async expectAccessible() {
    // What still fades in has not yet the contrast that it is to have.
    await this.page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }

  /** Neither the page nor any of these elements of it can be scrolled sideways. */
  async expectNothingCutOff(...selectors) {
    const overflow = await this.page.evaluate(
      (found) => found.map((it) => document.querySelector(it)).map((it) => it.scrollWidth - it.clientWidth),
      ["html", ...selectors],
    );
    expect(overflow).toEqual([0, ...selectors.map(() => 0)]);
  }

  /** What matters can be seen whole without scrolling: the message, Send, two lines, and `parts`. */
  async expectInView(...parts) {
    const lines = ["Successfully connected", "Sent Hello"].map((line) => this.log.getByText(line));
    for (const part of [this.message, this.send, ...parts, ...lines]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
  }
}
