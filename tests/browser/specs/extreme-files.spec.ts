/** A dealer whose EXTREME can only write files. */

import { cp932 } from "../harness/cp932.ts";
import { expect, test } from "../harness/test.ts";
import { CustomerPage } from "../pages/customers.ts";
import { IntakePage } from "../pages/intake.ts";
import { Shell } from "../pages/shell.ts";

// A server of its own: what comes by a file stays.
test.use({ role: "administrator", settings: { NOREN_EXTREME_FOLDER_SECONDS: "0" } });

const HEADINGS = "管理番号,店舗コード,状態,メーカー,車名,グレード,初度登録,走行距離(km),修復歴,車検満了日,車体色,支払総額,仕入担当メモ";

function cars(mark: string, count: number): string {
  const row = (at: number) =>
    `${mark}-${at},001,展示中,ﾄﾖﾀ,ﾌﾟﾘｳｽ,Ｚ,R5.4,"12,345",無,令和9年4月30日,ﾊﾟｰﾙﾎﾜｲﾄ,"￥${1_000_000 + at * 1_000}",①髙`;
  return [HEADINGS, ...Array.from({ length: count }, (_, at) => row(at + 1)), ""].join("\r\n");
}

test("a file in CP932 with three bad rows is mended and taken", async ({ page, visit, audit }) => {
  const [intake, shell] = [new IntakePage(page), new Shell(page)];
  const mark = `F${Date.now() % 1_000_000}`;
  const good = cars(mark, 5);
  const bad = good.replace("R5.4", "R5.13").replace(`${mark}-3,001`, `${mark}-3,渋谷店`).replace("￥1005000", "応相談");
  await visit("/settings/extreme");
  await expect(intake.part).toBeVisible();
  await intake.handIn("vehicles_1.csv", cp932(bad));
  await expect(shell.toast("受け取りました")).toBeVisible();
  await expect(intake.row("vehicles_1.csv").first()).toContainText("取り込めません", { timeout: 20_000 });
  await audit();

  await intake.row("vehicles_1.csv").first().tap();
  await expect(page.getByRole("heading", { level: 1, name: "vehicles_1.csv" })).toBeVisible();
  await expect(intake.reasons).toHaveCount(3);
  await expect(intake.reasons.nth(0)).toContainText("初度登録");
  await expect(intake.reasons.nth(0)).toContainText("R5.13");
  await expect(intake.reasons.nth(1)).toContainText("この店舗はありません");
  await expect(intake.reasons.nth(2)).toContainText("数字として読めません");
  const report = page.waitForEvent("download");
  await intake.report.tap();
  expect((await report).suggestedFilename()).toMatch(/^取込の結果-.*\.csv$/);
  await audit();

  await intake.back.tap();
  await intake.handIn("vehicles_2.csv", cp932(good));
  await expect(intake.row("vehicles_2.csv").first()).toContainText("取込済み", { timeout: 20_000 });
  await expect(intake.row("vehicles_2.csv").first()).toContainText("新しい 5");
  await expect(page.getByRole("region", { name: "データの流れ" })).toContainText("在庫");
  await intake.handIn("vehicles_3.csv", cp932(good));
  await expect(intake.row("vehicles_3.csv").first()).toContainText("取込済みと同じ", { timeout: 20_000 });

  await visit("/stock");
  await expect(page.getByText("プリウス").first()).toBeVisible();
  await expect(page.getByText(/^ファイル・/).first()).toBeVisible();
});

test("an administrator says which column is which field", async ({ page, visit }) => {
  const [intake, shell] = [new IntakePage(page), new Shell(page)];
  const text = cars(`M${Date.now() % 1_000_000}`, 2).replace("管理番号", "整理票");
  await visit("/settings/extreme");
  await intake.handIn("vehicles_map.csv", cp932(text));
  await expect(intake.row("vehicles_map.csv").first()).toContainText("取り込めません", { timeout: 20_000 });
  await intake.row("vehicles_map.csv").first().tap();
  await expect(intake.reasons).toContainText(["管理番号"]);
  await page.getByRole("link", { name: "在庫の列の対応" }).tap();
  await expect(page.getByText("「管理番号」の列がありません")).toBeVisible();
  await expect(page.getByText("仕入担当メモ", { exact: true }).first()).toBeVisible();
  await page.getByLabel("管理番号", { exact: true }).selectOption({ label: "整理票" });
  await page.getByRole("button", { name: "列の対応を保存" }).tap();
  await expect(shell.toast("保存しました。次のファイルから使います")).toBeVisible();
  await expect(page.getByText("必要な列は、すべて見つかっています")).toBeVisible();
  await intake.back.tap();
  await intake.handIn("vehicles_map.csv", cp932(text));
  await expect(intake.row("vehicles_map.csv").first()).toContainText("取込済み", { timeout: 20_000 });
  // As it was, for whoever comes next.
  await visit("/settings/extreme/columns/vehicles");
  await page.getByLabel("管理番号", { exact: true }).selectOption("automatic");
  await page.getByRole("button", { name: "列の対応を保存" }).tap();
  await expect(shell.toast("保存しました。次のファイルから使います")).toBeVisible();
});

test("what cannot be sent is typed into EXTREME from a list", async ({ page, visit, audit }) => {
  const [intake, shell] = [new IntakePage(page), new Shell(page)];
  const code = `H-${Date.now() % 1_000_000}`;
  const customers = `顧客コード,氏名,フリガナ,携帯電話,店舗コード,登録日\r\n${code},齋藤 手入力,ｻｲﾄｳ ﾃﾆﾕｳﾘｮｸ,9012345678,001,H30.4.1\r\n`;
  await visit("/settings/extreme");
  await intake.handIn("customers_1.csv", cp932(customers));
  await expect(intake.row("customers_1.csv").first()).toContainText("取込済み", { timeout: 20_000 });
  await visit(`/customers/${code}`);
  const one = new CustomerPage(page);
  await one.card("修正依頼").getByRole("button", { name: "修正を依頼する" }).tap();
  await one.dialog.locator("label").filter({ hasText: "建物・部屋" }).tap();
  await one.dialog.getByLabel("建物・部屋").last().fill("松原ハイツ305");
  await one.dialog.getByRole("button", { name: "依頼する", exact: true }).tap();
  await expect(one.dialog).toBeHidden();

  await visit("/settings/extreme");
  const entry = intake.byHand.getByRole("listitem").filter({ hasText: code });
  await expect(entry).toContainText("松原ハイツ305");
  await audit();
  const table = page.waitForEvent("download");
  await intake.byHand.getByRole("button", { name: "CSVで保存" }).tap();
  expect((await table).suggestedFilename()).toMatch(/^EXTREMEへの手入力-.*\.csv$/);
  await entry.getByRole("button", { name: "入れた" }).tap();
  await expect(entry).toBeHidden();
  await page.getByRole("button", { name: "元に戻す" }).tap();
  await expect(entry).toBeVisible();
  await entry.getByRole("button", { name: "入れた" }).tap();
  await expect(shell.toast("齋藤 手入力さんの修正を、入れたことにしました")).toBeVisible();
  await intake.byHand.getByText("入れたもの", { exact: true }).tap();
  await expect(entry).toContainText("が入れました");
});
