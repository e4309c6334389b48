/** `test` with a server of the worker's own, and with what every journey ends with. */

import { type BrowserContext, type BrowserContextOptions, type Page, test as base } from "@playwright/test";

import { Auditor } from "./audit.ts";
import { Dealer } from "./dealer.ts";
import { type Account, Demo } from "./demo.ts";
import { Extreme } from "./extreme.ts";
import { Mailbox } from "./mailbox.ts";
import { Server, type Settings } from "./server.ts";
import { Site } from "./site.ts";
import { Sessions } from "./sign-in.ts";
import { Watch } from "./watch.ts";

interface OfWorker {
  settings: Settings;
  /** Whether the dealer has an EXTREME; journeys that are about it say so. */
  linked: boolean;
  /** The dealer's EXTREME, where there is one. */
  extreme: Extreme | undefined;
  demo: Demo;
  server: Server;
  dealer: Dealer;
  /** What the server has sent. */
  mailbox: Mailbox;
  sessions: Sessions;
  auditor: Auditor;
}

interface OfTest {
  watch: Watch;
  role: Account["role"];
  /** Who sits at `page`: somebody of the `role`, a salesperson unless said otherwise. */
  account: Account;
  /** Opens an address on `page`, signed in. */
  visit: (path: string) => Promise<void>;
  /** From now on `page` hears nothing of what others do. */
  deafen: () => Promise<void>;
  /** Another person at another tablet, signed in and at an address. */
  colleague: (account: Account, path: string) => Promise<Page>;
  /** A visitor of the dealer's public pages, who has no account, at an address. */
  visitor: (address: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Another site than the server's. */
  site: Site;
  /** Audits `page` as it is now; every journey ends with it. */
  audit: () => Promise<void>;
}

export const test = base.extend<OfTest, OfWorker>({
  demo: [
    async ({}, use) => {
      const demo = await Demo.copy();
      await use(demo);
      await demo.remove();
    },
    { scope: "worker" },
  ],

  settings: [{}, { scope: "worker", option: true }],

  linked: [false, { scope: "worker", option: true }],

  extreme: [
    async ({ linked }, use) => {
      const extreme = linked ? await Extreme.start() : undefined;
      await use(extreme);
      await extreme?.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  server: [
    async ({ demo, settings, extreme }, use) => {
      const server = await Server.start(demo.folder, undefined, { ...extreme?.settings, ...settings });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  dealer: [
    async ({ server, demo }, use) => {
      await use(new Dealer(server.url, demo.accounts));
    },
    { scope: "worker" },
  ],

  mailbox: [
    async ({ demo }, use) => {
      await use(new Mailbox(demo.folder));
    },
    { scope: "worker" },
  ],

  sessions: [
    async ({ server }, use) => {
      await use(new Sessions(server.url));
    },
    { scope: "worker" },
  ],

  auditor: [
    async ({}, use) => {
      await use(new Auditor());
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => {
    await use(server.url);
  },

  audit: async ({ page, auditor }, use) => {
    await use(() => auditor.audit(page));
  },

  watch: [
    async ({ context, audit }, use, testInfo) => {
      const watch = new Watch();
      await watch.over(context);
      await use(watch);
      // After a failure the page is not where the journey ends.
      if (testInfo.errors.length > 0) return;
      await audit();
      watch.nothingAmiss();
    },
    { auto: true },
  ],

  role: ["salesperson", { option: true }],

  account: async ({ dealer, role }, use) => {
    await use(dealer.someone(role));
  },

  visit: async ({ context, page, account, sessions }, use) => {
    let known = false;
    await use(async (path) => {
      if (!known) await sessions.enter(context, account);
      known = true;
      await page.goto(path);
    });
    if (known) await sessions.leave(context, account);
  },

  deafen: async ({ page }, use) => {
    // Never answered: the page goes on waiting for its stream.
    await use(async () => {
      await page.route("**/api/v1/events", () => undefined);
    });
  },

  colleague: async ({ browser, contextOptions, viewport, hasTouch, locale, timezoneId, server, sessions, watch }, use) => {
    const contexts = new Map<BrowserContext, Account>();
    await use(async (account, path) => {
      const options = { ...contextOptions, viewport, hasTouch, locale, timezoneId, baseURL: server.url };
      const context = await browser.newContext(options as BrowserContextOptions);
      contexts.set(context, account);
      await watch.over(context);
      await sessions.enter(context, account);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    });
    for (const [context, account] of contexts) {
      await sessions.leave(context, account);
      await context.close();
    }
  },

  visitor: async ({ browser, contextOptions, viewport, hasTouch, locale, timezoneId, server, dealer, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (address, more = {}) => {
      const extraHTTPHeaders = { "x-forwarded-for": dealer.address() };
      const options = { ...contextOptions, viewport, hasTouch, locale, timezoneId, baseURL: server.url, extraHTTPHeaders };
      const context = await browser.newContext({ ...options, ...more } as BrowserContextOptions);
      contexts.push(context);
      await watch.over(context);
      const page = await context.newPage();
      await page.goto(address);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  site: async ({}, use) => {
    const site = await Site.open();
    await use(site);
    await site.close();
  },
});

/** A journey that goes the same way at every size: it is run at the first only. */
export const ANY_SIZE = { tag: "@any-size" };

export { expect } from "@playwright/test";
