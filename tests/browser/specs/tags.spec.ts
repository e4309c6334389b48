import { randomUUID } from "node:crypto";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { SettingsPage } from "../pages/settings.ts";
import { Shell } from "../pages/shell.ts";
import { TagsPage } from "../pages/tags.ts";

/** Another one each time, of at most 20 characters. */
const called = (what: string) => `${what} ${randomUUID().slice(0, 6)}`;

test("an administrator makes a tag, a salesperson gives it to a lead and finds the lead by it", ANY_SIZE, async ({
  page,
  visit,
  colleague,
  dealer,
  account,
  audit,
}) => {
  const name = called("展示車希望");
  const { id } = await dealer.newLead(account, { name: "札木 透" });
  const other = await dealer.newLead(account, { name: "無印 渚" });

  const office = await colleague(dealer.someone("administrator"), "/settings");
  const [settings, tags] = [new SettingsPage(office), new TagsPage(office)];
  await settings.search.fill("たぐ");
  await settings.way("タグ").tap();
  await expect(tags.heading).toBeVisible();
  await expect(tags.rows.first()).toBeVisible();
  const before = await tags.rows.count();
  await tags.add.tap();
  const row = tags.rows.nth(before);
  await tags.name(row).fill(name);
  await row.getByLabel("色").selectOption({ label: "松葉" });
  await row.getByRole("button", { name: `${name}を上へ` }).tap();
  await expect(tags.name(tags.rows.nth(before - 1))).toHaveValue(name);
  await tags.save.tap();
  await expect(new Shell(office).toast("保存しました")).toBeVisible();

  const [leads, lead, form] = [new LeadsPage(page), new LeadPage(page), new LeadForm(page)];
  await visit(`/leads/${id}/edit`);
  await form.isEdit();
  await form.tapTag(name);
  await expect(form.tag(name)).toBeChecked();
  await audit();
  await form.save.tap();
  await expect(lead.pane.getByText(name, { exact: true }).first()).toBeVisible();
  await expect(lead.timeline.first()).toContainText(name);

  await page.goto("/leads?tab=all");
  await expect(leads.rowOf(id)).toContainText(name);
  await leads.filters.tap();
  await leads.filterSheet.getByLabel("タグ").selectOption({ label: name });
  await leads.filterSheet.getByRole("button", { name: "一覧を見る" }).tap();
  await leads.showsOnly("札木 透");
  await expect(leads.rowOf(other.id)).toHaveCount(0);
  await expect(page).toHaveURL(/[?&]tag=[0-9a-f-]{36}/);
  await page.reload();
  await leads.showsOnly("札木 透");
});

test("tags of a new lead survive a reload, and a row shows two of them", async ({ page, visit, dealer, audit }) => {
  const names = ["甲", "乙", "丙"].map(called);
  for (const name of names) await dealer.newTag(name);
  const [leads, lead, form] = [new LeadsPage(page), new LeadPage(page), new LeadForm(page)];
  page.on("dialog", (dialog) => dialog.accept());
  await visit("/leads/new/full");
  await form.field("お名前").fill("荷札 佳代");
  await form.field("きっかけ").selectOption({ label: "来店" });
  for (const name of names) await form.tapTag(name);
  await page.reload();
  for (const name of names) await expect(form.tag(name)).toBeChecked();
  await audit();
  await form.register.tap();
  await lead.id();
  for (const name of names) await expect(lead.pane.getByText(name, { exact: true }).first()).toBeVisible();
  await page.goto("/leads");
  const row = leads.row("荷札 佳代");
  await expect(row).toContainText(names[1] ?? "");
  await expect(row).toContainText("+1");
  await expect(row).not.toContainText(names[2] ?? "");
});

test("two people who give a lead tags choose between them by name", async ({ page, visit, colleague, dealer, account, watch }) => {
  watch.expects({ text: /status of 412/, address: /\/leads\//, reason: "the second save comes too late" });
  const [mine, theirs] = [await dealer.newTag(called("私")), await dealer.newTag(called("相手"))];
  const { id } = await dealer.newLead(account, { name: "札掛 新" });
  const [form, conflict, lead] = [new LeadForm(page), new ConflictPage(page), new LeadPage(page)];
  await visit(`/leads/${id}/edit`);
  await form.tapTag(mine.name);
  const faster = new LeadForm(await colleague(dealer.someone("administrator"), `/leads/${id}/edit`));
  await faster.tapTag(theirs.name);
  await faster.save.tap();
  await expect(faster.save).toHaveCount(0);
  await form.save.tap();
  await expect(conflict.heading).toBeVisible();
  await expect(conflict.version("タグ", mine.name)).toBeChecked();
  await expect(conflict.version("タグ", theirs.name)).not.toBeChecked();
  await conflict.save.tap();
  await expect(lead.pane.getByText(mine.name, { exact: true }).first()).toBeVisible();
});
