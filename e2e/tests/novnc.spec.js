// Debian's noVNC, unchanged, shows the screen of a VNC server through the bridge.

import { expect, test } from "../harness/test.js";
import { serveNovnc, startVnc } from "../harness/vnc.js";

const BLUE = [0x24, 0x46, 0xc8];
const GREEN = [0x12, 0x68, 0x3c];

const hex = (colour) => "#" + colour.map((part) => part.toString(16).padStart(2, "0")).join("");

/** The colour in the middle of noVNC's picture of the screen. */
const middle = (page) =>
  page.locator("#noVNC_container canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
    return [...data].slice(0, 3);
  });

test("noVNC shows a VNC server's screen, and its changes", async ({ page, ownBridge }) => {
  test.skip(process.platform !== "linux", "the packages are Debian's");
  const [vnc, novnc] = await Promise.all([startVnc(), serveNovnc()]);
  vnc.fill(hex(BLUE));
  const origin = new URL(novnc.url).origin;
  const flags = ["--target", `vnc=unix:${vnc.socket}`, "--ws-path", "/websockify=vnc", "--origin", origin];
  const bridge = await ownBridge({ args: flags });
  try {
    const { hostname, port } = new URL(bridge.url);
    await page.goto(`${novnc.url}vnc.html?autoconnect=1&host=${hostname}&port=${port}`);
    await expect.poll(() => middle(page)).toEqual(BLUE);
    vnc.fill(hex(GREEN));
    await expect.poll(() => middle(page)).toEqual(GREEN);
  } finally {
    await Promise.all([novnc.stop(), vnc.stop()]);
  }
});
