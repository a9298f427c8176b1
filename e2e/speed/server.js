// The TCP server that the page is connected to.

import { once } from "node:events";
import { setImmediate, setTimeout } from "node:timers/promises";

/** What `feed` sends, again and again: a text to filter by, which no other row contains. */
export const PIECE = "one read\n";
/** What makes `feed` send as many pieces as it can until `stop` is called. */
export const FILL = "fill";
/** What makes `feed` send a stream of pieces and then FIN. */
export const STREAM = "stream";
/** How many pieces a stream has, and the pause after each, in milliseconds: long enough for the bridge
 * to read each piece by itself, so that a stream takes some ten seconds. */
const PIECES = 10_000;
const PAUSE_MS = 1;
/** How many pieces filling sends at most. */
const MAX_FILL = 5_000_000;

/** A behaviour for `serve`: an echo, and small writes each of which is to be one read of the bridge. */
export function feed() {
  let filling = true;
  const fill = async (socket) => {
    for (let sent = 0; sent < MAX_FILL && filling && !socket.destroyed; sent += 1) {
      await write(socket);
      await setImmediate();
    }
  };
  const stream = async (socket) => {
    for (let sent = 0; sent < PIECES && !socket.destroyed; sent += 1) {
      await write(socket);
      await setTimeout(PAUSE_MS);
    }
    socket.end();
  };
  const behaviour = (socket) => {
    socket.setNoDelay(true);
    socket.on("data", (bytes) => {
      const heard = String(bytes);
      if (heard === FILL) fill(socket);
      else if (heard === STREAM) stream(socket);
      else socket.write(bytes);
    });
  };
  return { behaviour, stop: () => (filling = false) };
}

async function write(socket) {
  if (!socket.write(PIECE)) await Promise.race([once(socket, "drain"), once(socket, "close")]);
}
