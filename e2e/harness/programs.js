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
