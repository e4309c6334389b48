import type { Page } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { AccountPage } from "../pages/account.ts";
import { tabTo } from "../pages/keys.ts";
import { LeadPage } from "../pages/lead.ts";
import { MentionsPage } from "../pages/mentions.ts";
import { Composer } from "../pages/notes.ts";
import { Shell } from "../pages/shell.ts";

/** What others do is seen this soon. */
const AT_ONCE = { timeout: 1_000 };

const MENTIONS = /\/api\/v1\/me\/mentions(\?|$)/;

/** The name that calls somebody, as a timeline marks it. */
const marked = (page: Page, name: string) => page.locator("ol mark").filter({ hasText: name });

test("whoever is called in a note sees it counted within a second, and opens it", async ({
  page,
  visit,
  colleague,
  dealer,
  account,
  audit,
}) => {
  const { id } = await dealer.newLead(account, { name: "宛田 呼" });
  const writer = dealer.someone("administrator");
  const theirPage = await colleague(writer, `/leads/${id}`);
  const [theirs, theirLead] = [new Composer(theirPage), new LeadPage(theirPage)];
  const [shell, mentions, lead] = [new Shell(page), new MentionsPage(page), new LeadPage(page)];
  await visit("/leads");
  await expect(shell.mentions).toBeVisible();
  await expect(shell.mentions).not.toContainText("未読");

  await theirs.callByTap(account.name);
  await theirs.area.pressSequentially("18時以降に電話をお願いします");
  await theirs.send();
  await expect(shell.mentions).toContainText("未読 1件", AT_ONCE);
  await expect(shell.toast(`${writer.name}さんがメモであなたを呼んでいます`)).toBeVisible();
  await audit();
  await expect(theirLead.timeline.first()).toContainText(`@${account.name} 18時以降に電話をお願いします`);
  await expect(marked(theirPage, account.name)).toHaveText(`@${account.name}`);

  await shell.mentions.tap();
  await expect(mentions.heading).toBeVisible();
  const row = mentions.row("宛田 呼 様");
  await expect(row).toContainText("未読");
  await expect(row).toContainText("18時以降に電話をお願いします");
  await expect(row).toContainText(`${writer.name}さん`);
  await audit();
  await row.tap();
  await expect(page).toHaveURL(new RegExp(id));
  await expect(lead.heading).toHaveText("宛田 呼 様");
  await expect(marked(page, account.name)).toBeVisible();
  await expect(shell.mentions).not.toContainText("未読");
  await page.goBack();
  await expect(row).toBeVisible();
  await expect(row).not.toContainText("未読");
});

test("the notice of a call leads to the lead", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "宛田 報" });
  const [shell, lead] = [new Shell(page), new LeadPage(page)];
  await visit("/account");
  await new AccountPage(page).isShown("アカウント");
  await dealer.note(id, "至急", account);
  await page.getByRole("status").getByRole("link", { name: "開く" }).tap();
  await expect(lead.heading).toHaveText("宛田 報 様");
  await expect(lead.timeline.first()).toContainText("至急");
  // Who is called without being named in the text is named below it.
  await expect(lead.timeline.first()).toContainText(`${account.name}さんへ`);
  await expect(shell.mentions).not.toContainText("未読");
});

test("a call on the lead that one looks at is seen at once", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "宛田 見" });
  const [shell, lead] = [new Shell(page), new LeadPage(page)];
  await visit(`/leads/${id}`);
  await expect(lead.timeline).toHaveCount(1);
  const seen = page.waitForResponse(/see-mentions$/);
  await dealer.note(id, `@${account.name} 今どこですか`, account);
  await expect(lead.timeline.first()).toContainText("今どこですか", AT_ONCE);
  expect((await seen).status()).toBe(204);
  await expect(shell.mentions).not.toContainText("未読");
  await expect(shell.toast("メモであなたを呼んでいます")).toBeVisible();
  await expect(page.getByRole("status").getByRole("link", { name: "開く" })).toHaveCount(0);
});

test("a colleague is called and the note saved by the keyboard alone", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  demo,
  audit,
}) => {
  const { id } = await dealer.newLead(account, { name: "鍵野 記" });
  // Not somebody whose journey begins with nothing unread.
  const name = demo.accounts.find(({ role }) => role === "administrator")?.name ?? "";
  const [composer, lead] = [new Composer(page), new LeadPage(page)];
  const { keyboard } = page;
  await visit(`/leads/${id}`);
  await tabTo(page, composer.area);
  await keyboard.type("@");
  await expect(composer.offers.first()).toHaveAttribute("aria-selected", "true");
  const count = await composer.offers.count();
  expect(count).toBeGreaterThan(1);
  await expect(composer.area).toHaveAttribute("aria-activedescendant", "callable-0");
  await audit();
  await keyboard.press("Escape");
  await expect(composer.offers).toHaveCount(0);
  await keyboard.press("Backspace");
  await keyboard.type("@");
  await expect(composer.offers).toHaveCount(count);
  const place = (await composer.offers.locator("span").allInnerTexts()).indexOf(name);
  expect(place, "an administrator may be called too").toBeGreaterThanOrEqual(0);
  for (let row = 0; row < place; row += 1) await keyboard.press("ArrowDown");
  await expect(composer.offers.nth(place)).toHaveAttribute("aria-selected", "true");
  await keyboard.press("Enter");
  await expect(composer.area).toHaveValue(`@${name} `);
  await expect(composer.offers).toHaveCount(0);
  await keyboard.type("一行目");
  await keyboard.press("Enter");
  await keyboard.type("二行目");
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/notes"));
  await keyboard.press("Control+Enter");
  const { body, mentions } = (await sent).postDataJSON() as { body: string; mentions: string[] };
  expect(body).toBe(`@${name} 一行目\n二行目`);
  expect(mentions).toHaveLength(1);
  await expect(lead.timeline.first()).toContainText("二行目");
  await expect(marked(page, name)).toBeVisible();
  await expect(composer.area).toHaveValue("");
  await expect(composer.area).toBeFocused();
});

test("people are found by their reading, and whoever is not at the store is not offered", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
}) => {
  const { id } = await dealer.newLead(account, { name: "読田 仮" });
  const composer = new Composer(page);
  await visit(`/leads/${id}`);
  await composer.call.tap();
  await expect(composer.area).toBeFocused();
  await expect(composer.offers.first()).toBeVisible();
  await expect(composer.offers.filter({ hasText: account.name }), "nobody calls themself").toHaveCount(0);
  const [name, kana] = [
    await composer.offers.first().locator("span").innerText(),
    await composer.offers.first().locator("small").innerText(),
  ];
  const hiragana = [...kana].map((sign) => (/[ァ-ヶ]/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) - 0x60) : sign));
  await composer.area.pressSequentially(hiragana.join("").split(" ")[0] ?? "");
  await expect(composer.offers.filter({ hasText: name })).toBeVisible();
  await composer.area.pressSequentially("ぬぬ");
  await expect(composer.offers).toHaveCount(0);
});

test("a note in work survives a reload, and is of its lead alone", async ({ page, visit, dealer, account, audit }) => {
  const { id } = await dealer.newLead(account, { name: "下田 書" });
  const other = await dealer.newLead(account, { name: "下田 空" });
  const [composer, lead] = [new Composer(page), new LeadPage(page)];
  await visit(`/leads/${id}`);
  await composer.area.fill("まだ書いている\n途中");
  await page.reload();
  await expect(composer.area).toHaveValue("まだ書いている\n途中");
  await audit();
  await page.goto(`/leads/${other.id}`);
  await expect(lead.heading).toHaveText("下田 空 様");
  await expect(composer.area).toHaveValue("");
  await page.goto(`/leads/${id}`);
  await composer.send();
  await expect(lead.timeline.first()).toContainText("まだ書いている");
  await page.reload();
  await expect(lead.timeline).toHaveCount(2);
  await expect(composer.area).toHaveValue("");
});

test("a note whose answer was lost is there once, however often it is sent", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects({ text: /ERR_FAILED/, address: /\/notes$/, reason: "the answer is lost" });
  const { id } = await dealer.newLead(account, { name: "一田 度" });
  const [composer, lead] = [new Composer(page), new LeadPage(page)];
  await visit(`/leads/${id}`);
  await page.route(
    "**/notes",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await composer.area.fill("一度だけ");
  await composer.save.tap();
  await expect(composer.alert).toContainText("メモを残せませんでした。入力は残っています");
  await expect(composer.area).toHaveValue("一度だけ");
  await audit();
  await page.reload();
  await expect(composer.area).toHaveValue("一度だけ");
  await composer.send();
  await expect(lead.timeline).toHaveCount(2);
  await expect(lead.timeline.first()).toContainText("一度だけ");
});

test("what is wrong with a note stands at its field", ANY_SIZE, async ({ page, visit, dealer, account, audit }) => {
  const { id } = await dealer.newLead(account, { name: "長田 文" });
  const composer = new Composer(page);
  await visit(`/leads/${id}`);
  await composer.save.tap();
  await composer.says("メモを書いてください");
  await composer.area.fill("あ".repeat(3_601));
  await expect(composer.area).toHaveAccessibleDescription("あと399文字書けます");
  await composer.area.fill("あ".repeat(4_001));
  await composer.save.tap();
  await composer.says("4000文字までにしてください");
  await audit();
  await composer.area.fill("あ".repeat(4_000));
  await composer.send();
});

test("a colleague who may not be called any more is named", ANY_SIZE, async ({ page, visit, dealer, account, watch }) => {
  watch.expects({ text: /status of 422/, address: /\/notes$/, reason: "the colleague has left meanwhile" });
  const { id } = await dealer.newLead(account, { name: "去田 去" });
  const composer = new Composer(page);
  await visit(`/leads/${id}`);
  await composer.call.tap();
  const name = await composer.offers.first().locator("span").innerText();
  await composer.offers.first().tap();
  const errors = [{ field: "mentions.0", code: "mention.elsewhere" }];
  await page.route("**/notes", (route) =>
    route.fulfill({
      status: 422,
      contentType: "application/problem+json",
      json: { type: "about:blank", title: "invalid", status: 422, code: "invalid", instance: "0192f0c1-beef", errors },
    }),
  );
  await composer.save.tap();
  await composer.says(`${name}さんはこの見込み客を見られません。名前の前の @ を消してください`);
});

test("no calls, many calls, and calls that could not be read", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects({ text: /ERR_FAILED/, address: MENTIONS, reason: "the server is away for a moment" });
  const { id } = await dealer.newLead(account, { name: "多田 呼" });
  const [mentions, shell] = [new MentionsPage(page), new Shell(page)];
  await page.route(MENTIONS, (route) => route.fulfill({ json: { items: [], next: null } }), { times: 1 });
  await visit("/mentions");
  await expect(mentions.empty).toBeVisible();
  await audit();
  // An open list would follow each of them, and one of its questions would be the one that fails.
  await page.goto("/account");
  for (let number = 0; number < 53; number += 1) await dealer.note(id, `${number}番目のメモ`, account);
  await page.route(MENTIONS, (route) => route.abort(), { times: 1 });
  await page.goto("/mentions");
  await expect(mentions.alert).toContainText("あなた宛てのメモを読み込めませんでした");
  await audit();
  await mentions.retry.tap();
  await expect(mentions.rows).toHaveCount(50);
  await expect(mentions.rows.first()).toContainText("52番目のメモ");
  await expect(shell.mentions).toContainText("未読 53件");
  await mentions.more.tap();
  await expect(mentions.row("多田 呼").last()).toContainText("0番目のメモ");
  await expect(mentions.more).toHaveCount(0);
  await dealer.note(id, "あとから", account);
  await expect(mentions.rows.first()).toContainText("あとから", AT_ONCE);
  await mentions.rows.first().tap();
  await expect(shell.mentions).not.toContainText("未読");
});
