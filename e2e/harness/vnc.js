// A VNC server of the tests' own, on a Unix socket, and Debian's noVNC as it is installed.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";

import { listen } from "./servers.js";

/** Where Debian's package has it. */
const NOVNC = "/usr/share/novnc";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** Starts an Xvnc without a password: where it listens, and what fills its screen with a colour. */
export async function startVnc() {
  const folder = mkdtempSync(path.join(tmpdir(), "echo-playground-vnc-"));
  const socket = path.join(folder, "vnc.sock");
  const screen = ["-geometry", "320x240", "-depth", "24", "-SecurityTypes", "None"];
  // It chooses a display that is free, and prints its number once it is up.
  const child = spawn("Xvnc", ["-displayfd", "1", "-rfbport", "-1", "-rfbunixpath", socket, ...screen], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  const [display] = await Promise.race([
    once(readline.createInterface({ input: child.stdout }), "line"),
    exited.then(([code]) => Promise.reject(new Error(`Xvnc ended with ${code}`))),
  ]);
  const fill = (colour) => execFileSync("xsetroot", ["-display", `:${display}`, "-solid", colour]);
  const stop = async () => {
    child.kill();
    await exited;
    rmSync(folder, { recursive: true });
  };
  return { socket, fill, stop };
}

/** Serves noVNC's files, unchanged. */
export const serveNovnc = () =>
  listen(
    http.createServer(async (request, response) => {
      const { pathname } = new URL(request.url, "http://localhost");
      // noVNC looks its version up in a file that Debian leaves out.
      if (pathname === "/package.json") return response.end("{}");
      const file = path.join(NOVNC, path.normalize(pathname));
      try {
        const bytes = await readFile(file);
        response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
        response.end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    }),
  );
