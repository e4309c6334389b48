/** EXTREME連携 where there is no EXTREME. */

import { expect, test } from "../harness/test.ts";
import { ExtremePage } from "../pages/extreme.ts";

test.use({ role: "administrator" });

test("without an EXTREME the page says how to come by one", async ({ page, visit }) => {
  const extreme = new ExtremePage(page);
  await visit("/settings/extreme");
  await expect(extreme.state).toHaveText("EXTREMEはまだつながっていません");
  await expect(page.getByText("NOREN_EXTREME_URL")).toBeVisible();
  await expect(extreme.mark).toHaveCount(0);
});
