/** 外部連携コード: an administrator names another system, a manager tells its code, and a button leads there. */

import { expect, test } from "../harness/test.ts";
import { Shell } from "../pages/shell.ts";
import { VehiclePage } from "../pages/stock.ts";

test.use({ linked: true, role: "administrator" });

const REFUSED = { text: /status of 422/, address: /\/external-codes\//, reason: "the code is none" };

test.beforeEach(async ({ dealer }) => {
  await expect.poll(() => dealer.carsForSale(), { message: "cars of EXTREME", timeout: 40_000 }).toBeGreaterThan(20);
});

test("another system is settled, a car's code is told, and a button opens it there", async ({
  page,
  visit,
  dealer,
  colleague,
  watch,
  audit,
}) => {
  watch.expects(REFUSED);
  const tag = Date.now() % 1_000_000;
  await visit("/settings/external-systems");
  await page.getByRole("button", { name: "システムを追加" }).tap();
  const row = page.getByRole("main").getByRole("listitem").last();
  await row.getByLabel("日本語の名前").fill(`グー${tag}`);
  await row.getByLabel("英語の名前").fill(`Goo ${tag}`);
  await row.getByLabel("キー").fill(`goo_${tag}`);
  await row.getByLabel("アドレス").fill("http://example.jp/{code}");
  await page.getByRole("button", { name: "保存する" }).tap();
  await expect(row.getByText("https:// で始まるアドレスにしてください")).toBeVisible();
  await audit();
  await row.getByLabel("アドレス").fill("https://example.jp/cars/{code}");
  await page.getByRole("button", { name: "保存する" }).tap();
  await expect(page).toHaveURL(/\/settings$/);

  const [car] = await dealer.cars("limit=1");
  const vehicle = new VehiclePage(page);
  await page.goto(`/stock/${car?.stock_number}`);
  await expect(vehicle.heading).toBeVisible();
  const button = vehicle.pane.getByRole("link", { name: `グー${tag}` });
  await expect(button).toHaveCount(0);
  await vehicle.pane.getByRole("button", { name: "コードを編集" }).tap();
  const dialog = page.getByRole("dialog", { name: "コードを編集" });
  await dialog.getByLabel(`グー${tag}`).fill("..");
  await dialog.getByRole("button", { name: "保存する" }).tap();
  await expect(dialog.getByLabel(`グー${tag}`)).toHaveAccessibleDescription("この番号は使えません");
  await dialog.getByLabel(`グー${tag}`).fill("A/1 2");
  await dialog.getByRole("button", { name: "保存する" }).tap();
  await expect(new Shell(page).toast("コードを保存しました")).toBeVisible();
  await expect(button).toHaveAttribute("href", "https://example.jp/cars/A%2F1%202");
  await expect(button).toHaveAttribute("target", "_blank");
  await expect(button).toHaveAttribute("rel", "noopener noreferrer");
  await audit();

  // A salesperson has the button and nothing to edit.
  const theirs = await colleague(dealer.someone("salesperson"), `/stock/${car?.stock_number}`);
  await expect(theirs.getByRole("link", { name: `グー${tag}` })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "コードを編集" })).toHaveCount(0);
});
