import type { Page } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadsPage } from "../pages/leads.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { NOBODY_YET } from "../harness/watch.ts";

test.use({ serviceWorkers: "allow" });

const CUT = { text: /ERR_INTERNET_DISCONNECTED/, address: /\/api\/v1\//, reason: "the network is cut" };

/** The app is kept on this device. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null) await new Promise((next) => setTimeout(next, 20));
  });

test("after one visit the app starts without a network, says so, and goes on when it is back", async ({
  page,
  context,
  visit,
  account,
  watch,
  audit,
}) => {
  watch.expects(CUT);
  const leads = new LeadsPage(page);
  await visit("/leads");
  await expect(leads.rows.first()).toBeVisible();
  await kept(page);
  await context.setOffline(true);
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: account.name })).toBeVisible();
  for (const path of ["/leads?tab=all", "/leads"]) {
    await page.goto(path);
    await expect(leads.alert).toContainText("見込み客を読み込めませんでした");
    await expect(leads.alert).toContainText("通信がつながっていません");
  }
  await audit();
  await context.setOffline(false);
  await expect(leads.rows.first()).toBeVisible();
});

test("only the app itself is kept, and nothing of what the server says", ANY_SIZE, async ({ page, visit }) => {
  await visit("/leads");
  await expect(new LeadsPage(page).rows.first()).toBeVisible();
  await kept(page);
  const addresses = await page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    const requests = await Promise.all(caches.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(addresses).toContain("/");
  const assets = addresses.filter((path) => path.startsWith("/assets/"));
  expect(assets.filter((path) => !path.startsWith("/assets/later-")), "page, style, script and module").toHaveLength(4);
  expect(assets.length, "and what pages ask for later").toBeGreaterThan(4);
  for (const path of addresses) expect(path).not.toMatch(/^\/(api|public|f)\//);
});

test("a newer version waits until somebody asks for it", ANY_SIZE, async ({ page, visit, audit }) => {
  const leads = new LeadsPage(page);
  await visit("/leads");
  await expect(leads.rows.first()).toBeVisible();
  await kept(page);
  await expect(page.getByText("新しい版があります")).toHaveCount(0);
  // Another address of the worker is another worker to the browser.
  await page.evaluate(async () => {
    document.body.dataset["sameDocument"] = "";
    await navigator.serviceWorker.register("/sw.js?newer");
  });
  const mark = page.getByRole("status").filter({ hasText: "新しい版があります" });
  await expect(mark).toBeVisible();
  await expect(page.locator("[data-same-document]"), "nothing began anew by itself").toHaveCount(1);
  await audit();
  await mark.getByRole("button", { name: "更新する" }).tap();
  await expect(page.locator("[data-same-document]")).toHaveCount(0);
  await expect(leads.rows.first()).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toContain("newer");
});

test("the account says why and how the app gets onto the home screen", async ({ page, visit, audit }) => {
  await visit("/account");
  const card = page.locator("section").filter({ has: page.getByRole("heading", { name: "この端末に入れる" }) });
  await expect(card).toContainText("ブラウザが消すことがあります");
  await expect(card.getByRole("listitem")).toHaveCount(3);
  await audit();
  // Where the browser itself offers it, one tap is enough.
  await page.evaluate(() => {
    const offer = new Event("beforeinstallprompt", { cancelable: true });
    Object.assign(offer, { prompt: () => (document.title = "asked") });
    window.dispatchEvent(offer);
  });
  await card.getByRole("button", { name: "この端末に入れる" }).tap();
  await expect(page).toHaveTitle("asked");
  await expect(card.getByRole("listitem")).toHaveCount(0);
});

test("the manifest names icons of the sizes that they have", ANY_SIZE, async ({ page, watch }) => {
  watch.expects(NOBODY_YET);
  await new SignInPage(page).open();
  const manifest = (await (await page.request.get("/manifest.webmanifest")).json()) as {
    icons: { src: string; sizes: string; type: string }[];
  };
  expect(manifest.icons.length).toBeGreaterThanOrEqual(4);
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await page.request.get(src);
    expect(answer.headers()["content-type"]).toBe(type);
    if (type !== "image/png") continue;
    const header = await answer.body();
    expect(`${header.readUInt32BE(16)}x${header.readUInt32BE(20)}`).toBe(sizes);
  }
  const worker = await page.request.get("/sw.js");
  expect(worker.headers()["cache-control"]).toBe("no-cache");
});
