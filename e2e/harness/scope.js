// What is started is stopped, however that ends for which it was started.

/**
 * Runs `body` with a function that keeps what is started, and stops all that it kept once `body` has
 * ended or failed, the last first: `keep(started)` by `started.stop()`, unless it says how else.
 */
export async function scope(body) {
  const stops = [];
  const keep = (started, stop = () => started.stop()) => {
    stops.unshift(stop);
    return started;
  };
  try {
    await body(keep);
  } finally {
    for (const stop of stops) await stop();
  }
}
