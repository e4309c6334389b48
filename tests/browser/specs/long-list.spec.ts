import { expect, test } from "../harness/test.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";

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
});
