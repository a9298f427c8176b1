// An empty page with a text field, and one for a long text: what the same inputs take where nearly nothing
// is to be done. But each input changes what is seen, for without a change there is no frame to paint: the
// text field is highlighted while the pointer is on it, and the page is high enough to be scrolled.

import http from "node:http";

import { listen } from "../harness/servers.js";
import { timeToPaint } from "./probe.js";

const HTML = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>An empty page</title>
  <style>
    body {
      height: 10000px;
    }
    input:hover {
      background: silver;
    }
  </style>
  <label>Text <input /></label>
  <label>Long text <textarea rows="8" cols="40"></textarea></label>
</html>`;

/** Nearly as much text as a field of the page takes, 64 KiB, with room for what is typed after it. */
export const LONG_TEXT = "All that is typed is sent, byte for byte, to the target.\n".repeat(1_140);

/** How far the wheel turns at once, in pixels: further than rows are drawn ahead of time. */
const WHEEL_PX = 400;

/** The key of this number. */
export const letter = (number) => String.fromCharCode("a".charCodeAt(0) + (number % 26));
/** The turn of the wheel of this number: ten down, then ten up. */
export const turn = (number) => (number % 20 < 10 ? WHEEL_PX : -WHEEL_PX);

/**
 * Puts a text into a field at once. Playwright's `fill` has the browser type it, for which Chromium takes
 * half a minute with a long one at the slowdown.
 */
export async function put(field, text) {
  await field.evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, text);
  await field.focus();
}

/** Serves the page. */
export async function serveEmptyPage() {
  const server = http.createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(HTML);
  });
  return listen(server);
}

/**
 * Opens it: the page, and its inputs. Each prepares the page and returns a function that performs the
 * input of this number and returns how long it took to the next painted frame.
 */
export async function openEmptyPage(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  const watched = page.getByRole("textbox", { name: "Text", exact: true });
  const long = page.getByRole("textbox", { name: "Long text" });
  const { x, y, width, height } = await watched.boundingBox();
  const [inside, outside] = [y + height / 2, y + 4 * height];
  let isInside = true;
  const hover = () => {
    isInside = !isInside;
    return page.mouse.move(x + width / 2, isInside ? inside : outside);
  };
  const typing = async (watched, text) => {
    await put(watched, text);
    await watched.press("ControlOrMeta+End");
    return (number) => timeToPaint({ event: "keydown", watched }, () => page.keyboard.press(letter(number)));
  };
  const inputs = {
    typing: () => typing(watched, ""),
    typingInLongText: () => typing(long, LONG_TEXT),
    hovering: async () => {
      await page.evaluate(() => scrollTo(0, 0));
      return () => timeToPaint({ event: "pointermove", watched }, hover);
    },
    scrolling: async () => (number) =>
      timeToPaint({ event: "wheel", watched }, () => page.mouse.wheel(0, turn(number))),
  };
  return { page, inputs };
}
