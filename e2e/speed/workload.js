// The page with much in it, and what a person does there.

import { Workbench } from "../harness/test.js";
import { LONG_TEXT, letter, put, turn } from "./empty.js";
import { framesUntil, timeToPaint } from "./probe.js";
import { runs } from "./runs.js";
import { FILL, PIECE, STREAM } from "./server.js";

const RUNS = 50;
const ROWS = 100_000;
/** How many messages are echoed first: each has two rows, and the filter appears at twenty. */
const MESSAGES = 12;
/** How long filling may go on without a new row, in milliseconds. */
const STALLED_MS = 20_000;
const POLL_MS = 500;
/** How long the page may be too busy to answer Playwright, in milliseconds. */
const PATIENCE_MS = 120_000;

/** Opens the page in `context` with 50 runs kept; fills its transcript from `target`. */
export async function openWorkload(context, url, target, stopFilling) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript((kept) => localStorage.setItem("runs.v1", kept), JSON.stringify(runs(RUNS)));
  const workbench = new Workbench(page);
  await workbench.open(url);
  await workbench.choose("Stay connected");
  await workbench.to.fill(target);
  await converse(workbench);
  await listEveryRow(page, workbench);
  await workbench.run({ message: FILL });
  const rows = await fill(workbench);
  stopFilling();
  await lastRowStays(workbench);
  const kept = await page.getByRole("region", { name: "Runs" }).getByRole("listitem").count();
  return { page, workbench, rows, kept };
}

/** Says something again and again: the Timeline can be filtered once it has this many rows. */
async function converse(workbench) {
  for (let number = 1; number <= MESSAGES; number += 1) {
    await workbench.run({ message: `hello ${number}` });
    await workbench.log.getByText(`hello ${number}`, { exact: true }).nth(1).waitFor();
  }
}

/** Has the Timeline list each read in a row of its own, which it does for a text that is searched for. */
async function listEveryRow(page, workbench) {
  await page.getByRole("searchbox", { name: "Filter rows" }).fill(PIECE.trim());
  await page.getByText("No row matches.").waitFor();
}

/** Waits until the Timeline lists so many reads, or no more come: how many it lists. */
async function fill(workbench) {
  let [rows, since] = [0, Date.now()];
  while (rows < ROWS && Date.now() - since < STALLED_MS) {
    await workbench.page.waitForTimeout(POLL_MS);
    const listed = await workbench.log.evaluate(countRows);
    if (listed > rows) [rows, since] = [listed, Date.now()];
  }
  return rows;
}

/** Only the rows in view are elements; the list is as high as all of them. */
function countRows(log) {
  const row = log.querySelector("[data-row]");
  return row ? Math.round(log.scrollHeight / row.getBoundingClientRect().height) : 0;
}

/** The number of the last row, of all that there have been; the Timeline has to be at its end. */
const lastRow = ({ log }) =>
  log.evaluate((log) => Number([...log.querySelectorAll("[data-row]")].at(-1)?.dataset.row ?? 0));

/** Waits until no row is added any more, and returns the last one's number. */
async function lastRowStays(workbench) {
  for (let [before, last] = [-1, 0]; ; before = last) {
    last = await lastRow(workbench);
    if (last === before) return last;
    await workbench.page.waitForTimeout(2 * POLL_MS);
  }
}

/**
 * What a person does: `like` names what it is compared with on the empty page. `prepare` returns a
 * function that performs the input of this number and says how long it took to be painted.
 */
export const INPUTS = [
  { name: "typing in Message", like: "typing", prepare: typing },
  { name: "typing in 64 KiB", like: "typingInLongText", prepare: typingInLongMessage },
  { name: "hovering in Timeline", like: "hovering", prepare: hoveringInTimeline },
  { name: "hovering in Bytes", like: "hovering", prepare: hoveringInBytes },
  { name: "scrolling in Timeline", like: "scrolling", prepare: scrollingInTimeline },
  { name: "scrolling in Bytes", like: "scrolling", prepare: scrollingInBytes },
];

/** Types at the end of a short message. */
function typing(workload) {
  return typeAfter(workload, "");
}

/** Types at the end of a message that is, with what is typed, nearly as long as the field takes. */
function typingInLongMessage(workload) {
  return typeAfter(workload, LONG_TEXT);
}

async function typeAfter({ page, workbench }, text) {
  await showTab(page, "Sequence");
  // Beyond ASCII, so that the preview of its bytes is drawn, too.
  await put(workbench.message, `你好 ${text}`);
  await workbench.message.press("ControlOrMeta+End");
  // The button that tells how many bytes the message has.
  const watched = page.getByRole("button", { name: /\b\d+ B\b/ });
  const how = { event: "keydown", watched, shows: "anything" };
  return (number) => timeToPaint(how, () => page.keyboard.press(letter(number)));
}

async function hoveringInTimeline({ page, workbench }) {
  await showTab(page, "Sequence");
  return hover(page, workbench.log, await spread(workbench.log, "[data-row]"));
}

async function hoveringInBytes({ page }) {
  await showTab(page, "Bytes");
  const grid = page.getByRole("grid");
  return hover(page, grid, await spread(grid, "[role=gridcell]"));
}

async function scrollingInTimeline({ page, workbench }) {
  await showTab(page, "Sequence");
  return scroll(page, workbench.log);
}

async function scrollingInBytes({ page }) {
  await showTab(page, "Bytes");
  return scroll(page, page.getByRole("grid").locator(".."));
}

async function hover(page, watched, points) {
  // Off the views, so that the first point is new, too.
  await page.mouse.move(1, 1);
  const how = { event: "pointermove", watched, shows: "highlight" };
  return (number) => {
    const { x, y } = points[number % points.length];
    return timeToPaint(how, () => page.mouse.move(x, y));
  };
}

async function scroll(page, pane) {
  await pane.evaluate((pane) => (pane.scrollTop = pane.scrollHeight / 2));
  const { x, y } = await pane.boundingBox();
  await page.mouse.move(x + 50, y + 50);
  const how = { event: "wheel", watched: pane, shows: "rows" };
  return (number) => timeToPaint(how, () => page.mouse.wheel(0, turn(number)));
}

/** The centres of what `selector` finds in the visible part of an element, neighbours far apart. */
async function spread(locator, selector) {
  const points = await locator.evaluate((element, selector) => {
    const centres = [...element.querySelectorAll(selector)].map((found) => {
      const { left, top, width, height } = found.getBoundingClientRect();
      return { found, x: left + width / 2, y: top + height / 2 };
    });
    return centres
      .filter(({ found, x, y }) => found.contains(document.elementFromPoint(x, y)))
      .map(({ x, y }) => ({ x, y }));
  }, selector);
  const stride = 7;
  return points.length < 2 * stride ? points : points.map((_, index) => points[(index * stride) % points.length]);
}

async function showTab(page, name) {
  await page.getByRole("tab", { name, exact: true }).click();
  await page.getByRole("tabpanel", { name }).waitFor();
}

/** Streams reads at the Timeline's end: the frames meanwhile, and how many reads there were. */
export async function stream({ page, workbench }) {
  await showTab(page, "Sequence");
  await workbench.log.evaluate((log) => (log.scrollTop = log.scrollHeight));
  const before = await lastRowStays(workbench);
  await workbench.message.fill(STREAM);
  const frames = await framesUntil(page, "The server is finished", () => workbench.send.click());
  // The message that asked for them has a row, too.
  const reads = (await lastRowStays(workbench)) - before - 1;
  return { ...frames, reads };
}
