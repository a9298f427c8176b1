// A PostgreSQL of the tests' own, on a Unix socket, with nothing in its database.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";

/** Where Debian has it, in a folder for each version. */
const DEBIAN = "/usr/lib/postgresql";
/** The user that may do everything in it. */
export const USER = "tester";

/** The folder with its programs: `cargo xtask test` says where it unpacked them. */
const programs = () => process.env.POSTGRESQL ?? path.join(DEBIAN, readdirSync(DEBIAN).sort().at(-1), "bin");

/** It refuses to run as root. Then nobody runs it, who may read programs that lie in root's folders, and
 *  is told so by access(2), too, which otherwise has no regard to capabilities of such a user. */
const AS_NOBODY = [
  ...["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"],
  ...["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", "--securebits=+no_setuid_fixup"],
];

/** Starts it; `socket` is where it listens. */
export async function startPostgresql() {
  const folder = mkdtempSync(path.join(tmpdir(), "echo-playground-postgresql-"));
  const isRoot = process.getuid() === 0;
  if (isRoot) chownSync(folder, Number(execFileSync("id", ["-u", "nobody"])), -1);
  const command = (name, args) => [...(isRoot ? AS_NOBODY : []), path.join(programs(), name), ...args];
  const data = path.join(folder, "data");
  const settings = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"];
  const [init, ...initArgs] = command("initdb", ["-D", data, "-U", USER, ...settings]);
  execFileSync(init, initArgs, { stdio: ["ignore", "ignore", "inherit"] });
  const options = ["listen_addresses=", `unix_socket_directories=${folder}`, "fsync=off", "jit=off"];
  const [program, ...args] = command("postgres", ["-D", data, ...options.flatMap((option) => ["-c", option])]);
  const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  let log = "";
  const ready = new Promise((resolve) => {
    readline.createInterface({ input: child.stderr }).on("line", (line) => {
      log += `${line}\n`;
      if (line.includes("ready to accept connections")) resolve();
    });
  });
  await Promise.race([ready, exited.then(() => Promise.reject(new Error(log)))]);
  const stop = async () => {
    child.kill("SIGINT"); // It ends its connections, and then itself.
    await exited;
    rmSync(folder, { recursive: true });
  };
  return { socket: path.join(folder, ".s.PGSQL.5432"), stop };
}
