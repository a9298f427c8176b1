// An sshd of the tests' own: its keys, its port, its one user.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, copyFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";

import { closedPort } from "./servers.js";

const PROGRAM = "/usr/sbin/sshd";

/** Starts it; `key` is the file of the key that may log in. */
export async function startSshd() {
  const folder = mkdtempSync(path.join(tmpdir(), "echo-playground-sshd-"));
  const file = (name) => path.join(folder, name);
  for (const name of ["host", "user"]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file(name)]);
  }
  copyFileSync(file("user.pub"), file("authorized"));
  const port = await closedPort();
  const settings = [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${file("host")}`,
    `AuthorizedKeysFile ${file("authorized")}`,
    "StrictModes no",
    "UsePAM no",
    "PidFile none",
  ];
  writeFileSync(file("config"), settings.join("\n") + "\n");
  // As root it wants a place to put its unprivileged part into.
  if (process.getuid() === 0) mkdirSync("/run/sshd", { recursive: true });
  const child = spawn(PROGRAM, ["-D", "-e", "-f", file("config")], { stdio: ["ignore", "ignore", "pipe"] });
  for await (const line of readline.createInterface({ input: child.stderr })) {
    if (line.includes("Server listening")) break;
  }
  const stop = () => {
    child.kill();
    rmSync(folder, { recursive: true });
  };
  return { port, key: file("user"), stop };
}
