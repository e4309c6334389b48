import { randomUUID } from "node:crypto";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { SettingsPage } from "../pages/settings.ts";
import { Shell } from "../pages/shell.ts";

test.use({ role: "administrator" });

test("a source is added, put in its place and retired, and a draft of it survives a reload", async ({ page, visit, audit }) => {
  const [settings, shell] = [new SettingsPage(page), new Shell(page)];
  const code = `video_${randomUUID().slice(0, 8)}`;
  const save = page.getByRole("button", { name: "保存する" });
  await visit("/settings");
  await settings.search.fill("カーセンサー");
  await settings.way("きっかけ").tap();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("きっかけ");
  const rows = page.getByRole("main").getByRole("listitem");
  await expect(rows.first()).toBeVisible();
  const before = await rows.count();
  await page.getByRole("button", { name: "きっかけを追加" }).tap();
  const row = rows.nth(before);
  await row.getByLabel("日本語の名前").fill(`動画 ${code}`);
  await row.getByLabel("英語の名前").fill("Video");
  await save.tap();
  await expect(row.getByText("入れてください")).toBeVisible();
  await audit();
  await row.getByLabel("コード").fill(code);
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect(rows.nth(before).getByLabel("日本語の名前")).toHaveValue(`動画 ${code}`);
  await rows.nth(before).getByRole("button", { name: `動画 ${code}を上へ` }).tap();
  await expect(rows.nth(before - 1).getByLabel("日本語の名前")).toHaveValue(`動画 ${code}`);
  await save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();

  await page.goto("/settings/lead-sources");
  const settled = rows.filter({ hasText: code });
  await expect(settled, "its code stands from now on").toHaveCount(1);
  await settled.getByLabel("選べる").uncheck();
  await save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await page.goto("/leads/new/full");
  const choices = page.getByLabel("きっかけ").locator("option");
  await expect(choices.filter({ hasText: "来店" })).toHaveCount(1);
  await expect(choices.filter({ hasText: code })).toHaveCount(0);
});

test("an administrator sees what runs and how it fares", ANY_SIZE, async ({ page, visit }) => {
  await visit("/settings/about");
  await expect(page.getByRole("listitem").filter({ hasText: "データベースにつながる" })).toContainText("問題なし");
  await expect(page.getByRole("definition").filter({ hasText: "SQLite" })).toBeVisible();
  await expect(page.getByRole("link", { name: "API の説明書を開く" })).toHaveAttribute("href", "/docs/");
});
