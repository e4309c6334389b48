/** The pictures of a dealer whose EXTREME can only write files. */

import { cp932 } from "../harness/cp932.ts";
import { expect, test } from "../harness/test.ts";
import { CustomerPage } from "../pages/customers.ts";
import { IntakePage } from "../pages/intake.ts";
import { picture } from "./picture.ts";

test.use({ role: "administrator", settings: { NOREN_EXTREME_FOLDER_SECONDS: "0" } });

const HEADINGS = "管理番号,店舗コード,状態,メーカー,車名,グレード,初度登録,走行距離(km),修復歴,車検満了日,車体色,支払総額";

test("files are handed in, and one is refused with its reasons", async ({ page, visit }) => {
  const intake = new IntakePage(page);
  const row = (at: number) => `S-${at},001,展示中,ﾄﾖﾀ,ﾌﾟﾘｳｽ,Ｚ,R5.4,"12,345",無,令和9年4月30日,ﾊﾟｰﾙﾎﾜｲﾄ,"￥${1_000_000 + at * 1_000}"`;
  const good = [HEADINGS, ...Array.from({ length: 40 }, (_, at) => row(at + 1)), ""].join("\r\n");
  const bad = good.replaceAll(/^(S-1\d,\d+,展示中,.*)R5\.4/gmu, "$1R5.13").replace("￥1005000", "応相談");
  await visit("/settings/extreme");
  await intake.handIn("vehicles_20261121.csv", cp932(good));
  await expect(intake.row("vehicles_20261121.csv").first()).toContainText("取込済み", { timeout: 20_000 });
  await intake.handIn("vehicles_20261122.csv", cp932(bad));
  const refused = intake.row("vehicles_20261122.csv").first();
  await expect(refused).toContainText("取り込めません", { timeout: 20_000 });
  await refused.scrollIntoViewIfNeeded();
  await picture(page, "extreme-files");
  await refused.tap();
  await expect(intake.reasons.first()).toBeVisible();
  await picture(page, "extreme-file");
});

test("what cannot be sent is a list to type from", async ({ page, visit }) => {
  const [intake, one] = [new IntakePage(page), new CustomerPage(page)];
  const customers = [
    "顧客コード,氏名,フリガナ,携帯電話,店舗コード,登録日",
    "C-000412,齋藤 美咲,ｻｲﾄｳ ﾐｻｷ,9012345678,001,H30.4.1",
    "C-001208,有限会社 髙𣘺自動車整備工業所,ﾀｶﾊｼｼﾞﾄﾞｳｼｬ,9012345679,001,H30.4.1",
    "",
  ].join("\r\n");
  await visit("/settings/extreme");
  await intake.handIn("customers_20261122.csv", Buffer.from(customers));
  await expect(intake.row("customers_20261122.csv").first()).toContainText("取込済み", { timeout: 20_000 });
  for (const [code, building] of [
    ["C-000412", "松原ハイツ305"],
    ["C-001208", "第2工場"],
  ] as const) {
    await visit(`/customers/${code}`);
    await one.card("修正依頼").getByRole("button", { name: "修正を依頼する" }).tap();
    await one.dialog.locator("label").filter({ hasText: "建物・部屋" }).tap();
    await one.dialog.getByLabel("建物・部屋").last().fill(building);
    await one.dialog.locator("label").filter({ hasText: "電話番号" }).first().tap();
    await one.dialog.getByLabel("電話番号").last().fill("090-1111-2222");
    await one.dialog.getByLabel("理由").fill("転居。ご本人より電話。");
    await one.dialog.getByRole("button", { name: "依頼する", exact: true }).tap();
    await expect(one.dialog).toBeHidden();
  }
  await visit("/settings/extreme");
  await expect(intake.byHand.getByRole("listitem")).toHaveCount(2);
  await intake.byHand.evaluate((part) => part.scrollIntoView());
  await picture(page, "manual-entries");
});
