// Runs of earlier visits, as the page keeps them: a file of runs (see docs/formats.md).

const HOUR_MS = 3_600_000;

const bytes = (text) => ({
  length: Buffer.byteLength(text),
  hex: Buffer.from(text).toString("hex").replace(/..(?=.)/g, "$& "),
});

/** A run with the echo server; its message is of a length between 6 bytes and 4 KiB. */
function run(number) {
  const message = `Hello ${number}, 你好! `.repeat((number % 10) ** 2 + 1).slice(0, 4096 / 3);
  const { length } = bytes(message);
  return {
    when: Date.now() - number * HOUR_MS,
    how: "once",
    target: "localhost:8888",
    message: bytes(message),
    reply: bytes(message),
    outcome: "same",
    tcp_us: 96 + number,
    browser_us: 1400 + number,
    clock_us: 100,
    lines: [
      { at_us: 300, text: "Successfully connected to port 8888." },
      { at_us: 400, text: "Sent Hello, awaiting reply...", sent: length },
      { at_us: 1800, text: "Reply is ok!", received: length },
      { at_us: 1900, text: "Terminated." },
    ],
  };
}

/** So many runs, the newest first. */
export function runs(count) {
  return {
    format: "echo-playground-runs",
    version: 1,
    runs: Array.from({ length: count }, (_, number) => run(number)),
  };
}
