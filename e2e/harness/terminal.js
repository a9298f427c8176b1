// A terminal, in which the commands that the page shows are typed.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { BINARY } from "./bridge.js";

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * A command in a shell of its own, with all that it starts. On its PATH are `tcp-bridge`, as somebody
 * has it who installed it, and iproute2's `bridge`.
 */
export class Terminal {
  constructor(command, { cwd = PROJECT, env = {} } = {}) {
    this.folder = mkdtempSync(path.join(tmpdir(), "echo-playground-terminal-"));
    symlinkSync(BINARY, path.join(this.folder, "tcp-bridge"));
    const PATH = [this.folder, process.env.PATH, "/usr/sbin"].join(path.delimiter);
    this.output = "";
    this.child = spawn("bash", ["-c", command], {
      cwd,
      detached: true,
      env: { ...process.env, ...env, PATH },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.exited = once(this.child, "exit");
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on("data", (bytes) => (this.output += bytes));
    }
  }

  /** Ends what was started by this command, and with it the terminal. */
  async close() {
    try {
      process.kill(-this.child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
