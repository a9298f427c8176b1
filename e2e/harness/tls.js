// An authority that certifies servers, made by openssl, and servers that speak TLS.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";

/** The name of the authority. */
export const AUTHORITY = "Playground Test CA";

const CONFIG = `
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = anything
copy_extensions = copy
[anything]
commonName = supplied
[req]
distinguished_name = name
[name]
`;

/** A folder with an authority in it. */
export class Authority {
  constructor() {
    this.folder = mkdtempSync(path.join(os.tmpdir(), "playground-tls-"));
    writeFileSync(path.join(this.folder, "ca.cnf"), CONFIG);
    writeFileSync(path.join(this.folder, "index.txt"), "");
    this.#selfSigned("ca", `/O=Tests/CN=${AUTHORITY}`, "basicConstraints=critical,CA:TRUE");
    this.file = path.join(this.folder, "ca.pem");
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }

  /** Certificate and key of a server with these names: valid for ten years, unless it says
   *  otherwise (in openssl's form, 20200101000000Z). */
  certify(name, { names = "DNS:localhost,IP:127.0.0.1", from = "20200101000000Z", to = "20400101000000Z" } = {}) {
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-keyout", `${name}.key`];
    const request = ["-subj", "/CN=localhost", "-addext", `subjectAltName=${names}`, "-out", `${name}.csr`];
    this.#openssl("req", "-config", "ca.cnf", ...key, ...request);
    const authority = ["-config", "ca.cnf", "-batch", "-notext", "-cert", "ca.pem", "-keyfile", "ca.key"];
    this.#openssl("ca", ...authority, "-startdate", from, "-enddate", to, "-in", `${name}.csr`, "-out", `${name}.pem`);
    return this.#read(name);
  }

  /** Certificate and key of a server for which nobody vouches. */
  selfSigned(name) {
    this.#selfSigned(name, "/CN=Nobody in particular", "subjectAltName=DNS:localhost,IP:127.0.0.1");
    return this.#read(name);
  }

  #selfSigned(name, subject, extension) {
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-keyout", `${name}.key`];
    const about = ["-subj", subject, "-addext", extension, "-days", "3650", "-out", `${name}.pem`];
    this.#openssl("req", "-x509", "-config", "ca.cnf", ...key, ...about);
  }

  #openssl(...args) {
    execFileSync("openssl", args, { cwd: this.folder, stdio: ["ignore", "ignore", "pipe"] });
  }

  #read(name) {
    const file = (ending) => readFileSync(path.join(this.folder, name + ending));
    return { cert: file(".pem"), key: file(".key") };
  }
}

/** Starts a server over TLS on a free port of the loopback interface: it sends back what comes,
 *  unless `behave` does something else with its connections. */
export async function serveTls(options, behave = (socket) => socket.on("data", (bytes) => socket.write(bytes))) {
  const server = tls.createServer(options, behave);
  // Those who find the certificate wanting break off.
  server.on("tlsClientError", () => {});
  server.on("secureConnection", (socket) => socket.on("error", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const open = new Set();
  server.on("connection", (socket) => open.add(socket));
  const stop = () => {
    server.close();
    open.forEach((socket) => socket.destroy());
  };
  return { port: server.address().port, stop };
}
