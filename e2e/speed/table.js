// The figures, beside the goals.

/** The page may take so many times as long as an empty one. */
const MAX_RATIO = 2;
/** So many frames a second are still seen as motion. */
const MIN_FRAMES = 30;

function percentile(times, part) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(part * sorted.length) - 1];
}

const ms = (time) => `${time.toFixed(1)} ms`;
const verdict = (met) => (met ? "met" : "missed");

function row(name, ...cells) {
  console.log(name.padEnd(26) + cells.map((cell) => cell.padStart(11)).join(""));
}

/** Prints the table; returns whether every goal is met. */
export function print(setting, times, frames) {
  printSetting(setting, times);
  row("input to painted frame", "p50", "p95", "empty p50", "empty p95", "× p50", "× p95", `goal ≤ ${MAX_RATIO}`);
  const areQuick = times.map(printTimes);
  console.log();
  row("stream", "frames/s", "longest", "reads", "in", "", "", `goal ≥ ${MIN_FRAMES}`);
  return printFrames(frames) && areQuick.every(Boolean);
}

function printSetting({ slowdown, kept, rows, version, load }, [{ times }]) {
  console.log(`${slowdown}x CPU slowdown, ${kept} runs, a transcript of ${rows.toLocaleString("en")} rows;`);
  console.log(`Chromium ${version}, load average ${load.toFixed(1)}, ${times.length} samples of each\n`);
}

function printTimes({ name, times, empty }) {
  const [page, base] = [times, empty].map((times) => [0.5, 0.95].map((part) => percentile(times, part)));
  const ratios = page.map((time, index) => time / base[index]);
  const met = ratios.every((ratio) => ratio <= MAX_RATIO);
  row(name, ...[...page, ...base].map(ms), ...ratios.map((ratio) => ratio.toFixed(1)), verdict(met));
  return met;
}

function printFrames({ perSecond, longest, seconds, reads }) {
  const met = perSecond >= MIN_FRAMES;
  row("reads while streaming", perSecond.toFixed(1), ms(longest), reads.toLocaleString("en"), `${seconds.toFixed(1)} s`, "", "", verdict(met));
  return met;
}
