import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";

const asRoot = process.getuid?.() === 0;

/** The sizes that every screen is made for; the journeys and the pictures share them. */
export const SIZES = {
  "tablet-landscape": { width: 1180, height: 820 },
  "tablet-portrait": { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
} as const;

export const common = {
  // A shared machine of two cores; nothing here waits by the clock, so this only bounds what hangs.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: "list",
  globalSetup: "./harness/demo.ts",
  use: {
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    hasTouch: true,
    // The journeys are about the app; those of the service worker have one.
    serviceWorkers: "block",
    actionTimeout: 20_000,
    screenshot: "only-on-failure",
    launchOptions: {
      // The system's browser: nothing is downloaded.
      executablePath: process.env["NOREN_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        ...(asRoot ? ["--no-sandbox"] : []),
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: Object.entries(SIZES).map(([name, viewport], at) => ({
    name,
    use: { viewport },
    ...(at === 0 ? {} : { grepInvert: /@any-size/ }),
  })),
} satisfies PlaywrightTestConfig;

export default defineConfig({
  ...common,
  testDir: "specs",
  forbidOnly: true,
});
