import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { AuditPage } from "../pages/audit.ts";
import { SettingsPage } from "../pages/settings.ts";
import { Shell } from "../pages/shell.ts";

const newName = () => `監査 ${randomUUID().slice(0, 8)}`;

test.use({ role: "administrator" });

test("who changed what is found, read in words and taken along as a file", async ({ page, visit, dealer, audit }) => {
  const [trail, shell, name] = [new AuditPage(page), new Shell(page), newName()];
  const lead = await dealer.newLead(dealer.someone(), { name });
  await dealer.move(lead.id, "working");
  await visit(`/leads/${lead.id}`);
  await page.getByRole("link", { name: "変更の記録" }).tap();
  await expect(trail.heading).toHaveText("監査");
  await expect(trail.narrowed).toContainText(name);
  await expect(trail.entries).toHaveCount(2);
  await trail.unfold("状態を変更");
  await expect(trail.entry("状態を変更").locator("dl")).toContainText(/状態.*新規.*対応中/s);
  await audit();

  const file = await trail.export("CSVに書き出す");
  expect(file.suggestedFilename()).toMatch(/^変更の記録-\d{8}-\d{6}\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text.startsWith("\ufeff日時,操作した人,")).toBe(true);
  expect(text).toContain(name);
  await expect(shell.toast("書き出しました")).toBeVisible();

  await trail.everything.tap();
  await trail.filter("内容").selectOption("監査");
  await expect(trail.entry("変更の記録を書き出し")).toBeVisible();
  await trail.filter("この日まで").fill("2020-01-01");
  await expect(page.getByText("条件に合う記録がありません")).toBeVisible();
  await page.getByRole("button", { name: "条件をすべて外す" }).tap();
  await expect(trail.entries.first()).toBeVisible();
  await audit();
});

test("who looked at whom is recorded, unless that kind is switched off", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  colleague,
  audit,
}) => {
  const [trail, shell, name] = [new AuditPage(page), new Shell(page), newName()];
  const sales = dealer.someone();
  const lead = await dealer.newLead(sales, { name });
  const other = await colleague(sales, `/leads/${lead.id}`);
  await expect(other.getByRole("heading", { level: 1 })).toContainText(name);
  await expect.poll(() => dealer.looksAt(lead.id)).toContain("lead_detail");

  await visit(`/settings/audit/access?subject_id=${lead.id}`);
  await expect(trail.narrowed).toContainText(name);
  await expect(trail.entry("見込み客の詳細")).toContainText(sales.name);
  await trail.unfold("見込み客の詳細");
  await expect(trail.entry("見込み客の詳細").getByRole("link", { name })).toHaveAttribute("href", `/leads/${lead.id}`);
  await audit();

  await trail.settings.tap();
  await expect(trail.heading).toHaveText("記録するアクセス");
  await trail.switch("見込み客の検索").setChecked(false, { force: true });
  await page.reload();
  await expect(trail.restored).toBeVisible();
  await expect(trail.switch("見込み客の検索")).not.toBeChecked();
  await audit();
  await trail.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await trail.way("変更の記録").tap();
  await trail.unfold("アクセス記録の設定を変更");
  await expect(trail.entry("アクセス記録の設定を変更")).toContainText(/記録する.*記録しない/s);
});

test("the record of changes is verified on screen", ANY_SIZE, async ({ page, visit, audit }) => {
  const [trail, settings] = [new AuditPage(page), new SettingsPage(page)];
  await visit("/settings");
  await settings.search.fill("改ざん");
  await settings.way("監査").tap();
  await trail.way("検証").tap();
  await trail.verify.tap();
  await expect(page.getByText("異常なし").first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/件中\d+件が正常/).first()).toBeVisible();
  await audit();
});
