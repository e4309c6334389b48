import type { Route } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";

/** Far fewer than the demo dealer's 300. */
const IN_THE_TREE = 60;

// The administrator sees every store.
test.describe("the administrator", () => {
  test.use({ role: "administrator" });

  test("three hundred leads scroll to the oldest with few rows in the tree", async ({ page, visit, dealer }) => {
    const oldest = await dealer.oldestLead();
    const leads = new LeadsPage(page);
    await visit("/leads?tab=all");
    expect(await leads.count("全員")).toBeGreaterThanOrEqual(300);
    await leads.rows.first().hover();
    await expect(async () => {
      await page.mouse.wheel(0, 3_000);
      expect(await leads.rows.count()).toBeLessThan(IN_THE_TREE);
      expect(await leads.rowOf(oldest.id).isVisible()).toBe(true);
    }).toPass({ intervals: [50], timeout: 30_000 });
    await leads.rowOf(oldest.id).tap();
    await expect(new LeadPage(page).timeline.first()).toBeVisible();
  });

  test("a page that comes after the list was fetched again changes nothing", ANY_SIZE, async ({
    page,
    visit,
    dealer,
    account,
  }) => {
    const { id } = await dealer.newLead(account, { name: "後田 追" });
    const [leads, lead, shell] = [new LeadsPage(page), new LeadPage(page), new Shell(page)];
    await visit(`/leads/${id}?tab=all`);
    await expect(leads.rowOf(id)).toBeVisible();
    const length = () => leads.pane.locator("ul.rows").evaluate((list) => list.clientHeight);
    const short = await length();
    await leads.rows.first().hover();
    const further = /\/api\/v1\/leads\?.*after=/;
    const held = new Promise<Route>((hold) => page.route(further, hold, { times: 1 }));
    await page.mouse.wheel(0, 3_000);
    const late = await held;
    const again = page.waitForResponse(/\/api\/v1\/leads\?/);
    await lead.button("対応を始める").tap();
    await expect(shell.toast("対応中にしました")).toBeVisible();
    await again;
    await leads.rows.first().hover();
    await page.mouse.wheel(0, 500);
    await expect.poll(length).toBeGreaterThan(short);
    const long = await length();
    const arrived = page.waitForEvent("requestfinished", (request) => request === late.request());
    await late.continue();
    await arrived;
    // Whatever follows the answer has been drawn.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    expect(await length()).toBe(long);
  });
});
