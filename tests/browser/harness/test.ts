/** `test` with a server of the worker's own, and with what every journey ends with. */

import { type Browser, type BrowserContextOptions, type Page, test as base } from "@playwright/test";

import { SignInPage } from "../pages/sign-in.ts";
import { Assets } from "./assets.ts";
import { Dealer } from "./dealer.ts";
import { type Account, Server } from "./server.ts";
import { audit, Watch } from "./watch.ts";

interface OfWorker {
  server: Server;
  dealer: Dealer;
  assets: Assets;
}

interface OfTest {
  watch: Watch;
  role: Account["role"];
  /** Who sits at `page`: somebody of the `role`, a salesperson unless said otherwise. */
  account: Account;
  /** Opens an address on `page`, by way of the sign-in page the first time. */
  visit: (path: string) => Promise<void>;
  /** Another person at another tablet, signed in and at an address. */
  colleague: (account: Account, path: string) => Promise<Page>;
}

export const test = base.extend<OfTest, OfWorker>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  dealer: [
    async ({ server }, use) => {
      await use(new Dealer(server));
    },
    { scope: "worker" },
  ],

  assets: [
    async ({}, use) => {
      await use(new Assets());
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => {
    await use(server.url);
  },

  watch: [
    async ({ context, page, assets }, use, testInfo) => {
      const watch = new Watch();
      await watch.over(context);
      await assets.serve(context);
      await use(watch);
      // After a failure the page is not where the journey ends.
      if (testInfo.errors.length > 0) return;
      await audit(page);
      watch.nothingAmiss();
    },
    { auto: true },
  ],

  role: ["salesperson", { option: true }],

  account: async ({ dealer, role }, use) => {
    await use(dealer.someone(role));
  },

  visit: async ({ page, account }, use) => {
    let known = false;
    await use(async (path) => {
      await page.goto(path);
      if (known) return;
      await new SignInPage(page).pass(account);
      known = true;
    });
  },

  colleague: async ({ browser, contextOptions, viewport, hasTouch, locale, timezoneId, baseURL, watch, assets }, use) => {
    const contexts: Awaited<ReturnType<Browser["newContext"]>>[] = [];
    await use(async (account, path) => {
      const options = { ...contextOptions, viewport, hasTouch, locale, timezoneId, baseURL } as BrowserContextOptions;
      const context = await browser.newContext(options);
      contexts.push(context);
      await watch.over(context);
      await assets.serve(context);
      const page = await context.newPage();
      await page.goto(path);
      await new SignInPage(page).pass(account);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect } from "@playwright/test";
