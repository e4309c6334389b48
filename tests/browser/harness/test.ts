/** `test` with a server of the worker's own, and with what every journey ends with. */

import { type Browser, type BrowserContextOptions, type Page, test as base } from "@playwright/test";

import { SignInPage } from "../pages/sign-in.ts";
import { Dealer } from "./dealer.ts";
import { type Account, Server } from "./server.ts";
import { audit, Watch } from "./watch.ts";

interface OfWorker {
  server: Server;
  dealer: Dealer;
}

interface OfTest {
  watch: Watch;
  /** A salesperson, who is signed in on `page` by `signedIn`. */
  account: Account;
  signedIn: Page;
  /** Another person at another tablet, signed in. */
  colleague: (account: Account) => Promise<Page>;
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

  baseURL: async ({ server }, use) => {
    await use(server.url);
  },

  watch: [
    async ({ context, page }, use, testInfo) => {
      const watch = new Watch();
      await watch.over(context);
      await use(watch);
      // After a failure the page is not where the journey ends.
      if (testInfo.errors.length > 0) return;
      await audit(page);
      watch.nothingAmiss();
    },
    { auto: true },
  ],

  account: async ({ dealer }, use) => {
    await use(dealer.someone());
  },

  signedIn: async ({ page, account, watch: _watching }, use) => {
    await new SignInPage(page).enter(account);
    await use(page);
  },

  colleague: async ({ browser, contextOptions, viewport, hasTouch, locale, timezoneId, baseURL, watch }, use) => {
    const contexts: Awaited<ReturnType<Browser["newContext"]>>[] = [];
    await use(async (account) => {
      const options = { ...contextOptions, viewport, hasTouch, locale, timezoneId, baseURL } as BrowserContextOptions;
      const context = await browser.newContext(options);
      contexts.push(context);
      await watch.over(context);
      const page = await context.newPage();
      await new SignInPage(page).enter(account);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect } from "@playwright/test";
