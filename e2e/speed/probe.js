// Measures in the page how long it takes from an input event to the painted frame that shows it.
//
// The clock starts at `event.timeStamp`, which is when the browser received the input and not when
// the page got to handle it. It stops after the frame that shows the change: a MutationObserver
// waits for the change itself, for Yew renders in a microtask or, after a long rendering, in a timer,
// and the frame after the event may still show the old state. The observer's callback asks for the
// next frame with `requestAnimationFrame`. That callback runs in the task that also computes style
// and layout, paints and hands the frame to the compositor, so that a message posted from it
// arrives when this task is over. A change of hundreds of elements is not observed: each painted frame
// is looked at until one shows it. What follows (rasterizing, the screen) is the same for every page.
//
// The Event Timing API is no substitute: it rounds to 8 ms, leaves out what is shorter than 16 ms,
// and measures up to the first frame after the event whether that shows the change or not.

/** How long a change may take to be painted, in milliseconds. */
const LIMIT_MS = 20_000;

/** Installs the probe in every document that `context` opens. */
export function install(context) {
  return context.addInitScript(probe);
}

/**
 * Performs `act`, a real input, and returns how many milliseconds later the change is painted.
 * `event` is the input event's type, `watched` the element in which the change appears, and `shows`
 * which change that is: a key of `changes` below.
 */
export async function timeToPaint({ event, watched, shows }, act) {
  await watched.evaluate((element, [event, shows]) => window.probe.arm(event, element, shows), [event, shows]);
  await act();
  // Not through `watched`: to look for it by its role would take the page's time while it paints.
  const painted = watched.page().evaluate((limit) => window.probe.painted(limit), LIMIT_MS);
  return painted.catch((error) => {
    throw new Error(`${event}, ${shows}: ${error.message}`);
  });
}

/**
 * Counts the page's frames until its status contains `text`: how many there were in a second, and
 * the longest time between two of them, in milliseconds. `start` starts what is to be counted.
 */
export async function framesUntil(page, text, start) {
  await page.evaluate((text) => window.probe.countFrames(text), text);
  await start();
  const times = await page.evaluate(() => window.probe.frames);
  const gaps = times.slice(1).map((time, index) => time - times[index]);
  const seconds = (times.at(-1) - times[0]) / 1000;
  return { perSecond: gaps.length / seconds, longest: Math.max(...gaps), seconds };
}

/** What runs in the page; it refers to nothing outside of itself. */
function probe() {
  const all = { subtree: true, childList: true, characterData: true, attributes: true };

  /**
   * Whether a mutation belongs to the change; or, of one that has hundreds, each of which an observer would
   * have the page record, whether the painted page shows all of it.
   */
  const changes = {
    /** Anything inside the element. */
    anything: { is: () => true },
    /** The class of what the pointer came to, or of an element around it. */
    highlight: {
      is: ({ attributeName, target }, event) => attributeName === "class" && target.contains(event.target),
    },
    /** The rows of another place: the pane is scrolled, and they fill it from top to bottom. */
    rows: {
      isComplete: (pane, scrollTop) => {
        if (pane.scrollTop === scrollTop) return false;
        const { left, top, width } = pane.getBoundingClientRect();
        const ends = [top + 3, top + pane.clientHeight - 3].filter((y) => y < innerHeight);
        const hits = ends.map((y) => document.elementFromPoint(left + width / 3, y));
        return hits.every((hit) => pane.contains(hit) && hit.clientHeight < pane.clientHeight / 2);
      },
    },
  };

  const paintedFrame = (done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage(null);
    });

  const measure = (type, element, change) =>
    new Promise((resolve) => {
      const { scrollTop } = element;
      const onInput = (event) => {
        const end = (at) => resolve(at - event.timeStamp);
        // Without a change to wait for, the browser itself shows the input in the next frame.
        if (!change) return paintedFrame(end);
        if (change.isComplete) {
          const look = (at) => (change.isComplete(element, scrollTop) ? end(at) : paintedFrame(look));
          return paintedFrame(look);
        }
        const observer = new MutationObserver((mutations) => {
          if (!mutations.some((mutation) => change.is(mutation, event))) return;
          observer.disconnect();
          paintedFrame(end);
        });
        observer.observe(element, all);
      };
      // Before the page's own listeners. Passive, so that scrolling does not wait for it.
      addEventListener(type, onInput, { capture: true, once: true, passive: true });
    });

  window.probe = {
    arm(type, element, shows) {
      this.measured = measure(type, element, changes[shows]);
    },
    painted(limit) {
      const late = new Promise((_, reject) =>
        setTimeout(() => reject(new Error(`no such change in ${limit} ms`)), limit),
      );
      return Promise.race([this.measured, late]);
    },
    countFrames(text) {
      const times = [];
      this.frames = new Promise((resolve) => {
        const onFrame = () => {
          times.push(performance.now());
          const isOver = document.querySelector("[role=status]")?.textContent.includes(text);
          if (isOver) resolve(times);
          else requestAnimationFrame(onFrame);
        };
        requestAnimationFrame(onFrame);
      });
    },
  };
}
