import { randomUUID } from "node:crypto";

import { expect, test } from "../harness/test.ts";
import { Proof } from "../pages/factor.ts";
import { LeadPage } from "../pages/lead.ts";
import { Shell } from "../pages/shell.ts";

const STALE = { text: /status of 403/, address: /\/erase$/, reason: "the sign-in is too old for it" };
const NAMED = { text: /status of 422/, address: /\/erase$/, reason: "the note names the person" };
const ASK = "個人情報を消去…";

test.use({ role: "administrator", settings: { NOREN_FRESH_SECONDS: "1" } });

test("a closed lead's person is erased for a reason, and is gone from every screen", async ({
  context,
  page,
  visit,
  account,
  dealer,
  sessions,
  colleague,
  audit,
  watch,
}) => {
  watch.expects(STALE, NAMED);
  const [lead, shell, proof] = [new LeadPage(page), new Shell(page), new Proof(page)];
  const sales = dealer.someone();
  const name = `清水 ${randomUUID().slice(0, 8)}`;
  const words = "家族でキャンプに行ける車を";
  const { id } = await dealer.newLead(sales, { name, phones: ["090-0055-6677"], wanted_car: { model: "デリカ" } }, words);
  await dealer.note(id, "奥様の希望は白");
  await sessions.age(context, account);
  await visit(`/leads/${id}`);
  await expect(lead.heading).toContainText(name);
  await expect(lead.button(ASK), "somebody still works on it").toHaveCount(0);
  await dealer.move(id, "disqualified", "他店で購入された");
  const other = await colleague(sales, `/leads/${id}`);
  await expect(other.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(new LeadPage(other).button(ASK)).toHaveCount(0);

  await lead.button(ASK).tap();
  const erase = lead.dialog.getByRole("button", { name: "消去する", exact: true });
  await expect(lead.dialog).toContainText("消えるもの");
  await expect(lead.dialog).toContainText("残るもの");
  await audit();
  await erase.tap();
  const note = lead.dialog.getByLabel(/^本人確認などのメモ/);
  await expect(note).toBeFocused();
  await expect(note).toHaveAccessibleDescription(/本人であることをどう確かめたか/);
  await note.fill(`${name}様の免許証`);
  await erase.tap();
  const sure = lead.dialog.getByRole("checkbox", { name: new RegExp(name) });
  await expect(sure).toBeFocused();
  await expect(sure).toHaveAccessibleDescription("確かめたら、印を付けてください");
  await sure.check();
  await erase.tap();
  await proof.give(account.password);
  await expect(note).toHaveAccessibleDescription(/本人が分かることが入っています/);
  await audit();
  await note.fill("運転免許証を窓口で確認");
  await erase.tap();
  // The second proof is asked for where the first is no longer fresh.
  const done = shell.toast("個人情報を消去しました");
  await expect(proof.password.or(done)).toBeVisible();
  if (await proof.password.isVisible()) await proof.give(account.password);
  await expect(done).toBeVisible();

  for (const screen of [page, other]) {
    const shown = new LeadPage(screen);
    await expect(shown.heading).toHaveText("消去済み");
    await expect(shown.timeline.first()).toContainText("個人情報を消去");
    await expect(shown.timeline.first()).toContainText("運転免許証を窓口で確認");
    for (const gone of [name, words, "奥様", "他店で購入", "090-0055-6677", "デリカ"]) {
      await expect(shown.pane, gone).not.toContainText(gone);
    }
    await expect(shown.pane.getByRole("button", { name: "対応中に戻す" })).toHaveCount(0);
    await expect(shown.pane.getByRole("textbox")).toHaveCount(0);
  }
  await expect(lead.button(ASK)).toHaveCount(0);
  expect(await dealer.named(name)).toEqual([]);
});
