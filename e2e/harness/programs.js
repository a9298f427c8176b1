// Programs that are not ours.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";

/** websocat, which whoever starts the tests has installed. */
export const WEBSOCAT = process.env.WEBSOCAT ?? "websocat";
/** A Python that has the package `websockets`. */
export const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";

/** Runs a program to its end: what it printed, and its exit status. */
export async function run(program, args, input = "") {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => {}); // It may end without having read everything.
  child.stdin.end(input);
  const [output, [code]] = await Promise.all([buffer(child.stdout), once(child, "exit")]);
  return { output, code };
}

/** Starts the tutorial's ncat on a port, and waits until it listens there. Tests have it from the
 *  fixture `ncat`, which ends it. */
export async function startNcat(port) {
  const args = ["-v", "-l", String(port), "--keep-open", "--exec", "/bin/cat"];
  const child = spawn("ncat", args, { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  let log = "";
  const listening = new Promise((resolve) => {
    child.stderr.on("data", (bytes) => {
      log += bytes;
      if (log.includes("Listening on 0.0.0.0")) resolve();
    });
  });
  await Promise.race([listening, exited.then(() => Promise.reject(new Error(log)))]);
  const stop = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  // It logs each connection twice, once without the port.
  const connections = () => (log.match(/Connection from \S+:\d+\./g) ?? []).length;
  return { port, stop, log: () => log, connections };
}
