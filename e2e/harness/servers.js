// TCP servers that really behave so, each on a free port of the loopback interface.

import { once } from "node:events";
import net from "node:net";
import os from "node:os";

/** What a server does with its connections, by what the page will see of it. */
export const behaviours = {
  /** Sends back what comes, in capitals. */
  upper: (socket) => socket.on("data", (bytes) => socket.write(bytes.toString().toUpperCase())),
  /** Answers as many bytes, which are no UTF-8. */
  binary: (socket) => socket.on("data", (bytes) => socket.write(Buffer.alloc(bytes.length, 0xff))),
  /** Sends back three bytes of what comes, then FIN. */
  short: (socket) => socket.once("data", (bytes) => socket.end(bytes.subarray(0, 3))),
  /** Resets the connection as soon as something comes. */
  reset: (socket) => socket.once("data", () => socket.resetAndDestroy()),
  /** Sends back what comes, and three bytes more. */
  extra: (socket) => socket.on("data", (bytes) => socket.write(Buffer.concat([bytes, Buffer.from("!!!")]))),
  /** Speaks first. */
  greeter: (socket) => socket.resume().write("220 hello\r\n"),
  /** Answers only after FIN: how many bytes there were. */
  late: (socket) => {
    let count = 0;
    socket.on("data", (bytes) => (count += bytes.length));
    socket.prependListener("end", () => socket.write(`${count} bytes`));
  },
  /** Takes everything and never answers. */
  silent: (socket) => socket.resume(),
  /** Sends back what comes, with CRLF for each line feed. */
  crlf: (socket) => socket.on("data", (bytes) => socket.write(bytes.toString().replaceAll("\n", "\r\n"))),
  /** Sends back four bytes of what comes, then FIN. */
  cut: (socket) => socket.once("data", (bytes) => socket.end(bytes.subarray(0, 4))),
  /** Greets, and then sends back what comes. */
  greeting: (socket) => {
    socket.write("220 hi\r\n");
    socket.on("data", (bytes) => socket.write(bytes));
  },
  /** Answers as a TLS server answers plain text: with an alert. */
  tls: (socket) => socket.once("data", () => socket.end(Buffer.from("15030100020246", "hex"))),
  /** Answers as a web server. */
  http: (socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
  /** Answers as Redis does to PING, and keeps the connection. */
  redis: (socket) => socket.on("data", () => socket.write("+PONG\r\n")),
  /** Ends the connection without a word. */
  mute: (socket) => socket.once("data", () => socket.end()),
  /** Sends back what comes, one byte at a time. */
  crumbs: async (socket) => {
    socket.setNoDelay(true);
    try {
      for await (const bytes of socket) {
        for (const byte of bytes) {
          socket.write(Buffer.of(byte));
          await new Promise(setImmediate);
        }
      }
    } catch (error) {
      // The end of a test destroys what is still open.
      if (!socket.destroyed) throw error;
    }
  },
};

/** Starts a server with this behaviour, on a free port unless `where` says another place, as `listen`
 *  takes it: `port` and `target` are those of TCP. */
export async function serve(behaviour, where = { port: 0, host: "127.0.0.1" }) {
  const sockets = new Set();
  const errors = [];
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", (error) => errors.push(error.code));
    socket.on("end", () => socket.end());
    behaviour(socket);
  });
  server.listen(where);
  await once(server, "listening");
  const stop = () => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  };
  const connections = () => sockets.size;
  const bytes = () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0);
  const { port } = server.address();
  return { port, target: `127.0.0.1:${port}`, stop, connections, bytes, errors: () => errors };
}

/** Has a server of HTTP listen: where, and what stops it. */
export async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, stop };
}

/** This machine's address in its network, if it is in one. */
export const lan = () =>
  Object.values(os.networkInterfaces())
    .flat()
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

/** Whether a port of 127.0.0.1 can be listened on. */
export function isFree(port) {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** A port on which nothing listens. */
export async function closedPort() {
  const server = await serve(() => {});
  server.stop();
  return server.port;
}
