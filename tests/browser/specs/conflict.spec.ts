import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { Shell } from "../pages/shell.ts";

const TOO_LATE = { text: /status of 412/, address: /\/leads\//, reason: "the second save comes too late" };

type Typed = Readonly<Record<string, string>>;

async function save(form: LeadForm, typed: Typed): Promise<void> {
  for (const [label, words] of Object.entries(typed)) await form.field(label).fill(words);
  await form.save.tap();
}

/** Both have the form open, and the other saves first. */
async function saveBoth(theirs: LeadForm, first: Typed, mine: LeadForm, second: Typed): Promise<void> {
  await expect(mine.field("メモ")).toHaveValue("電話は夜");
  await save(theirs, first);
  await expect(theirs.save).toHaveCount(0);
  await save(mine, second);
}

test("two people who edit the same lead keep what both chose", async ({
  page,
  visit,
  colleague,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects(TOO_LATE);
  const { id } = await dealer.newLead(account, { name: "争田 梓", note: "電話は夜", wanted_car: { model: "SUV" } });
  const manager = dealer.someone("administrator");
  const theirs = new LeadForm(await colleague(manager, `/leads/${id}/edit`));
  const [form, conflict, lead, shell] = [new LeadForm(page), new ConflictPage(page), new LeadPage(page), new Shell(page)];

  await visit(`/leads/${id}/edit`);
  await saveBoth(theirs, { 車種: "ミニバン", メモ: "電話は昼" }, form, { メモ: "電話は朝", ご予算: "250" });
  await expect(conflict.heading).toBeVisible();
  await expect(conflict.explanation).toContainText(manager.name);
  await expect(conflict.fields).toHaveCount(3);
  // What I changed is mine and what only the other person changed is theirs, until I say otherwise.
  await expect(conflict.version("メモ", "電話は朝")).toBeChecked();
  await expect(conflict.version("車種", "ミニバン")).toBeChecked();
  await expect(conflict.version("ご予算", "250万円")).toBeChecked();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading /二人が同時に編集しました/ [level=1]
      - alert: /が 今日 \\d?\\d:\\d\\d に先に保存しています。 項目ごとに、残すほうを選んでください。/
      - list:
        - listitem:
          - group "車種":
            - radio /^自分の入力/
            - radio /の保存した内容 ミニバン$/ [checked]
        - listitem:
          - group "ご予算":
            - radio "自分の入力 250万円" [checked]
            - radio /の保存した内容/
        - listitem:
          - group "メモ":
            - radio "自分の入力 電話は朝" [checked]
            - radio /の保存した内容 電話は昼$/
      - paragraph:
        - button "すべて相手の内容にする"
      - button "編集に戻る"
      - button "選んだほうで保存"
  `);
  await audit();

  await conflict.choose("メモ", "電話は昼");
  await conflict.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await expect(lead.heading).toHaveText("争田 梓 様");
  await expect(lead.pane.getByText("250万円").first()).toBeVisible();
  const { profile } = await dealer.lead(id);
  expect(profile.note).toBe("電話は昼");
  expect(profile.wanted_car).toMatchObject({ model: "ミニバン", budget: 2_500_000 });
});

test("going back from two versions leaves the form as it was typed", ANY_SIZE, async ({
  page,
  visit,
  colleague,
  dealer,
  account,
  watch,
}) => {
  watch.expects(TOO_LATE);
  const { id } = await dealer.newLead(account, { name: "譲田 渚", note: "電話は夜" });
  const theirs = new LeadForm(await colleague(dealer.someone("administrator"), `/leads/${id}/edit`));
  const [form, conflict] = [new LeadForm(page), new ConflictPage(page)];
  await visit(`/leads/${id}/edit`);
  await saveBoth(theirs, { メモ: "電話は昼" }, form, { メモ: "電話は朝" });
  await expect(conflict.heading).toBeVisible();
  await page.getByRole("button", { name: "編集に戻る" }).tap();
  await expect(form.field("メモ")).toHaveValue("電話は朝");
});

test("an assignment meanwhile is no second version to choose from", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
}) => {
  watch.expects(TOO_LATE);
  const { id } = await dealer.newLead(account, { name: "渡田 任", note: "電話は夜" });
  const [form, lead, shell] = [new LeadForm(page), new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}/edit`);
  await form.field("メモ").fill("電話は朝");
  await dealer.assign(id, account);
  await form.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await expect(lead.timeline.filter({ hasText: `担当が${account.name}に` })).toBeVisible();
  expect((await dealer.lead(id)).profile.note).toBe("電話は朝");
});
