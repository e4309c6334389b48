import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadsPage } from "../pages/leads.ts";

for (const { what, path, sizes } of [
  { what: "an unknown lead", path: "/leads/0192f0c1-2345-7abc-8def-0123456789ab", sizes: {} },
  { what: "an edit of an unknown lead", path: "/leads/0192f0c1-2345-7abc-8def-0123456789ab/edit", sizes: ANY_SIZE },
  { what: "an id that is none", path: "/leads/42", sizes: ANY_SIZE },
  { what: "an unknown address", path: "/cars/1", sizes: {} },
]) {
  test(`${what} is told as not found, with a way on`, sizes, async ({ page, visit, watch }) => {
    watch.expects({ text: /status of 404/, address: /\/api\/v1\/leads\//, reason: "there is no such lead" });
    await visit(path);
    await expect(page.getByRole("heading", { level: 1, name: "見つかりません" })).toBeVisible();
    await expect(page).toHaveTitle(/見つかりません/);
    const wayOn = page.getByRole("main").getByRole("link", { name: "見込み客の一覧へ" });
    await expect(wayOn).toBeVisible();
    await wayOn.tap();
    await expect(new LeadsPage(page).rows.first()).toBeVisible();
  });
}
