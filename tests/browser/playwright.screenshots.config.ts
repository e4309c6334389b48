import { defineConfig } from "@playwright/test";

import { common } from "./playwright.config.ts";

/** Pictures for the README and for the eye, in `docs/screenshots/`. They judge nothing, so `test` leaves them out. */
export default defineConfig({
  ...common,
  testDir: "screenshots",
});
