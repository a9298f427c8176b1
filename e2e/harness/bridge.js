// A bridge of the release build on free ports, as `cargo xtask build` leaves it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

/** The bridge's program. */
export const BINARY =
  process.env.BRIDGE_BIN ?? fileURLToPath(new URL("../../target/release/tcp-bridge", import.meta.url));

/** Those that run, and end with this process: whoever started one may fail before stopping it. */
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/**
 * Starts a bridge that may dial any port of this machine; `at` and `echo` are where to listen, and
 * `by` is a command that starts it, if it is not to have all that the tests may.
 */
export async function startBridge({
  at = "127.0.0.1:0",
  echo = "127.0.0.1:0",
  args = ["--allow", "127.0.0.1:1-65535"],
  by = [],
} = {}) {
  const [program, ...rest] = [...by, BINARY, "--listen", at, "--echo", echo, ...args];
  const child = spawn(program, rest, {
    stdio: ["ignore", "pipe", "ignore"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const exited = once(child, "exit");
  const lines = readline.createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, "line").then(([line]) => line),
    exited.then(([code]) => Promise.reject(new Error(`the bridge ended with ${code}`))),
  ]);
  const url = line.replace(/^Open /, "");
  const stop = async (signal = "SIGKILL") => {
    child.kill(signal);
    await exited;
  };
  return { url, address: new URL(url).host, stop };
}
