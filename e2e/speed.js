// Measures how quickly the page answers with much in it: `npm run speed`, and with `-- --check` it
// fails where a goal is missed. Every time is compared with an empty page's, measured in the same
// rounds, for machines differ and so does their load.

import os from "node:os";

import { chromium } from "@playwright/test";

import { startBridge } from "./harness/bridge.js";
import { scope } from "./harness/scope.js";
import { serve } from "./harness/servers.js";
import config from "./playwright.config.js";
import { openEmptyPage, serveEmptyPage } from "./speed/empty.js";
import { install } from "./speed/probe.js";
import { feed } from "./speed/server.js";
import { print } from "./speed/table.js";
import { INPUTS, openWorkload, stream } from "./speed/workload.js";

const SLOWDOWN = 4;
/** The samples of each kind are taken in so many rounds; the first of each round are left out. */
const ROUNDS = 2;
const SAMPLES = 30;
const WARM_UP = 5;
/** How long to wait before each input, in milliseconds, and how much longer at most: a random part of
 * it, so that inputs come at any time between two frames. */
const PAUSE_MS = 50;
const SPREAD_MS = 50;
/** How long a page is left alone before a round, in milliseconds, until what was prepared is painted. */
const SETTLE_MS = 1_000;

/** Takes one round of samples of an input of `page`, which `prepare` prepares, and adds them to `times`. */
async function sample(page, prepare, times) {
  await slowly(page, async () => {
    const input = await prepare();
    await page.waitForTimeout(SETTLE_MS);
    for (let number = 0; number < WARM_UP + SAMPLES; number += 1) {
      await page.waitForTimeout(PAUSE_MS + Math.random() * SPREAD_MS);
      const time = await input(number);
      if (number >= WARM_UP) times.push(time);
    }
  });
}

/**
 * Does `work` while `page` is slowed down, and no other: Chromium slows a page down by keeping its thread
 * busy, also while the page has nothing to do, and what is measured would have that much less of the machine.
 */
async function slowly(page, work) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  try {
    return await work();
  } finally {
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await session.detach();
  }
}

async function measure(empty, workload) {
  const empties = Object.fromEntries(Object.keys(empty.inputs).map((like) => [like, []]));
  const times = INPUTS.map(({ name, like }) => ({ name, times: [], empty: empties[like] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    console.error(`round ${round + 1} of ${ROUNDS}`);
    for (const [like, prepare] of Object.entries(empty.inputs)) {
      await sample(empty.page, prepare, empties[like]);
    }
    for (const [index, { prepare }] of INPUTS.entries()) {
      await sample(workload.page, () => prepare(workload), times[index].times);
    }
  }
  console.error("streaming");
  return { times, frames: await slowly(workload.page, () => stream(workload)) };
}

async function main([flag], keep) {
  const pieces = feed();
  const bridge = keep(await startBridge());
  const server = keep(await serve(pieces.behaviour));
  const emptyPage = keep(await serveEmptyPage());
  const { args, ...launch } = config.projects[0].use.launchOptions;
  // A turn of the wheel is to move the page at once: an animation would be measured instead.
  const browser = await chromium.launch({ ...launch, args: [...args, "--disable-smooth-scrolling"] });
  keep(browser, () => browser.close());
  // A context of its own for each page: a window and a process, both visible.
  const [first, second] = await Promise.all([1, 2].map(() => browser.newContext(config.use)));
  await Promise.all([first, second].map(install));
  const empty = await openEmptyPage(first, emptyPage.url);
  console.error("filling the transcript");
  const workload = await openWorkload(second, bridge.url, server.target, pieces.stop);
  const { times, frames } = await measure(empty, workload);
  const setting = { ...workload, slowdown: SLOWDOWN, version: browser.version(), load: os.loadavg()[0] };
  const met = print(setting, times, frames);
  if (flag === "--check" && !met) process.exitCode = 1;
}

await scope((keep) => main(process.argv.slice(2), keep));
