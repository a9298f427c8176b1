import { defineConfig } from "@playwright/test";

// The browsers are the system's own: whoever starts the tests says where they are.
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const firefox = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // A test that passes only when it is repeated is one that fails.
  retries: 0,
  reporter: [["list"]],
  // Bounds for what hangs, so that they hold on a slow machine, too: no test passes by them.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: { viewport: { width: 1280, height: 800 }, locale: "en-US", trace: "retain-on-failure" },
  projects: [
    {
      name: "chromium",
      use: {
        launchOptions: {
          executablePath: chromium,
          // Chromium's sandbox does not start as root, as CI runs it; the pages are our own.
          args: [
            ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
          ],
        },
      },
    },
    {
      // The main paths. The system's Firefox is driven by WebDriver BiDi; Playwright's protocol of
      // its own needs a Firefox that it has changed.
      name: "firefox",
      grep: /@main/,
      use: {
        browserName: "firefox",
        channel: "moz-firefox",
        launchOptions: { executablePath: firefox },
      },
    },
  ],
});
