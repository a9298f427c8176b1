// A browser as people have it: Playwright would have its pages believe that they are always seen, and
// would not let it slow the timers of those that are not.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";

import { chromium } from "@playwright/test";

/** Starts it: its one `context`, in which each page is a tab. */
export async function startBrowser({ executablePath, args }) {
  const folder = mkdtempSync(path.join(tmpdir(), "echo-playground-browser-"));
  const flags = ["--headless", "--no-first-run", "--lang=en-US", "--remote-debugging-port=0"];
  const child = spawn(executablePath, [...args, ...flags, `--user-data-dir=${folder}`], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const exited = once(child, "exit");
  const stop = async () => {
    // With all its processes: one that lives on writes into the folder while it is removed.
    process.kill(-child.pid, "SIGKILL");
    await exited;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  const lines = readline.createInterface({ input: child.stderr });
  const url = new Promise((resolve) => {
    lines.on("line", (line) => line.startsWith("DevTools listening on ") && resolve(line.split(" ").at(-1)));
  });
  const ended = exited.then(([code]) => Promise.reject(new Error(`the browser ended with ${code}`)));
  const browser = await chromium.connectOverCDP(await Promise.race([url, ended]), { noDefaults: true });
  return { browser, context: browser.contexts()[0], stop };
}
