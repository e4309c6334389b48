import type { Page } from "@playwright/test";

import type { Account } from "../harness/demo.ts";
import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { TurnsPage } from "../pages/turns.ts";

const REFUSED = { text: /status of 401/, address: /\/auth\/unlock$/, reason: "the PIN is wrong" };
const PIN = "402817";

/** Signs in by the page as somebody new and chooses a PIN. */
async function begin(page: Page, person: Account, pin: string): Promise<AccountPage> {
  const [own, shell] = [new AccountPage(page), new Shell(page)];
  await new SignInPage(page).send(person.mail, person.password);
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
  await own.setPin(person.password, pin);
  await expect(shell.toast("PIN を決めました")).toBeVisible();
  return own;
}

test("a screen is locked by a tap, and its person goes on where they were", async ({ page, dealer, watch, audit }) => {
  watch.expects(NOBODY_YET, LEAVING, REFUSED);
  watch.expects({ text: /status of 422/, address: /\/me\/pin$/, reason: "the password is not theirs" });
  const person = await dealer.joined();
  const { id } = await dealer.newLead(person, { name: "鍵谷 守", note: "前" });
  const [turns, shell, form] = [new TurnsPage(page), new Shell(page), new LeadForm(page)];
  await page.goto("/account");
  const own = await begin(page, person, PIN);
  await own.setPin(person.password, "123456");
  await expect(own.pin).toHaveAccessibleDescription(/誰もが最初に試す番号/);
  await own.setPin("これではない", "281740");
  await expect(own.pinPassword).toHaveAccessibleDescription("今のパスワードと違います");
  await audit();

  await page.goto(`/leads/${id}/edit`);
  await form.field("メモ").fill("書きかけ");
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto("/account");
  await own.lock.tap();
  await expect(turns.pad).toHaveAccessibleName(`${person.name}さんの PIN`);
  await expect(new SignInPage(page).password).toHaveCount(0);
  await audit();
  await turns.tap("402818");
  await expect(turns.alert).toHaveText("PIN が違います。もう一度入れてください");
  await turns.tap(PIN);
  await own.isShown("アカウント");
  await page.goto(`/leads/${id}/edit`);
  await expect(form.field("メモ")).toHaveValue("書きかけ");

  await page.goto("/account");
  await own.removePin.tap();
  await expect(shell.toast("PIN をやめました")).toBeVisible();
  await expect(own.lock).toHaveCount(0);
});

test("two people take turns on one tablet, each by their PIN", ANY_SIZE, async ({ page, dealer, watch, audit }) => {
  watch.expects(NOBODY_YET, LEAVING, REFUSED);
  const [first, second] = [await dealer.joined(), await dealer.joined("manager")];
  const [turns, form] = [new TurnsPage(page), new LeadForm(page)];
  await page.goto("/account");
  const own = await begin(page, first, PIN);
  await page.goto("/leads/new/full");
  await form.field("お名前").fill("途田 新");
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto("/account");
  await own.lock.tap();
  await turns.byPassword.tap();
  await turns.byPin.tap();
  await expect(turns.pad).toBeVisible();
  await turns.byPassword.tap();
  await begin(page, second, "281740");
  await own.lock.tap();

  await expect(turns.people.getByRole("button")).toHaveCount(2);
  await audit();
  await turns.choose(first.name);
  await turns.type("281740");
  await expect(turns.alert).toHaveText("PIN が違います。もう一度入れてください");
  await turns.type(PIN);
  await expect(page.getByRole("heading", { name: first.name })).toBeVisible();

  // Whoever goes takes nothing along that is another's.
  await own.lock.tap();
  await turns.choose(second.name);
  await turns.type("281740");
  await own.isShown("アカウント");
  await expect(page.getByRole("heading", { name: second.name })).toBeVisible();
  await page.goto("/leads/new/full");
  await expect(form.field("お名前"), "what the first has begun is theirs alone").toHaveValue("");
  await page.goto("/account");
  await own.signOut.tap();
  await turns.type(PIN);
  await own.isShown("アカウント");
  await expect(page.getByRole("heading", { name: first.name })).toBeVisible();
  await page.goto("/leads/new/full");
  await expect(form.field("お名前")).toHaveValue("途田 新");
});

test("the fifth wrong PIN asks for the password", ANY_SIZE, async ({ page, dealer, watch }) => {
  watch.expects(NOBODY_YET, LEAVING, REFUSED);
  const person = await dealer.joined();
  const [turns, signIn] = [new TurnsPage(page), new SignInPage(page)];
  await page.goto("/account");
  const own = await begin(page, person, PIN);
  await own.lock.tap();
  for (const wrong of ["909091", "909092", "909093", "909094"]) {
    await turns.type(wrong);
    await expect(turns.alert).toHaveText("PIN が違います。もう一度入れてください");
    await expect(turns.pad.getByRole("status")).toHaveText("6桁のうち0桁");
  }
  await turns.type("909095");
  await expect(turns.alert).toHaveText("もう一度パスワードでサインインしてください");
  await turns.byPassword.tap();
  await signIn.send(person.mail, person.password);
  await own.isShown("アカウント");
});
