import { createHash, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { common, SIZES } from "../playwright.config.ts";
import { Demo } from "../harness/demo.ts";
import { Server } from "../harness/server.ts";
import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { NOBODY_YET } from "../harness/watch.ts";
import { LeadsPage } from "../pages/leads.ts";
import { SignInPage } from "../pages/sign-in.ts";

const HOST = "shop.test";
/** Browsers heed this header over TLS alone, and say so on the way there. */
const ON_THE_WAY = {
  text: /Cross-Origin-Opener-Policy header has been ignored/,
  address: /\/leads$/,
  reason: "plain http is where one comes from",
};

/** What the browser takes for trusted, as a tablet that has installed the authority does. */
async function trusted(folder: string): Promise<string> {
  const authority = new X509Certificate(await readFile(join(folder, "tls/authority.crt")));
  const key = authority.publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}

test("a tablet is led to trust the shop's own authority, and works over TLS from then on", ANY_SIZE, async ({
  page,
  auditor,
  watch,
}) => {
  watch.expects(NOBODY_YET, ON_THE_WAY);
  const demo = await Demo.copy();
  const { server, address } = await Server.startWithTls(demo.folder, HOST);
  const { executablePath, args } = common.use.launchOptions;
  const own = [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`, `--ignore-certificate-errors-spki-list=${await trusted(demo.folder)}`];
  const browser = await chromium.launch({ executablePath, args: [...args, ...own] });
  try {
    await page.setViewportSize(SIZES.phone);
    await page.goto(`${server.url}/trust/qr`);
    await expect(page.getByRole("img", { name: /QRコード/ })).toBeVisible();
    await auditor.audit(page);
    await page.goto(`${server.url}/trust`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("この端末でNorenを使う準備");
    await expect(page.locator(".fingerprint")).toContainText(/^([0-9A-F]{2}:?){32}/);

    const { locale, timezoneId } = common.use;
    const context = await browser.newContext({ locale, timezoneId, hasTouch: true, serviceWorkers: "allow" });
    await watch.over(context);
    const tablet = await context.newPage();
    // Who types the plain address comes to the same place.
    await tablet.goto(`${server.url.replace("127.0.0.1", HOST)}/leads`);
    expect(new URL(tablet.url()).origin).toBe(address);
    const [signIn, leads] = [new SignInPage(tablet), new LeadsPage(tablet)];
    await expect(signIn.heading).toBeVisible();
    const account = demo.accounts.find(({ role }) => role === "salesperson");
    await signIn.send(account?.mail ?? "", account?.password ?? "");
    await expect(leads.rows.first()).toBeVisible();
    const [cookie] = (await context.cookies()).filter(({ name }) => name === "__Host-noren_refresh");
    expect(cookie).toMatchObject({ domain: HOST, secure: true, httpOnly: true, sameSite: "Strict" });
    // The app is kept on the device, which plain http allows on no other machine than one's own.
    expect(await tablet.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.scriptURL))).toBe(`${address}/sw.js`);
    await tablet.reload();
    await expect(leads.rows.first(), "the cookie came back").toBeVisible();
  } finally {
    await browser.close();
    await server.stop();
    await demo.remove();
  }
});
