import { expect, test } from "../harness/test.ts";
import { NOBODY_YET } from "../harness/watch.ts";
import { JoinPage } from "../pages/join.ts";
import { LeadsPage } from "../pages/leads.ts";
import { OutboxPage } from "../pages/outbox.ts";
import { RecoverPage } from "../pages/recover.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { PersonPage } from "../pages/staff.ts";

test("whoever forgot the password gets a link by mail, and is told of the change", async ({
  page,
  dealer,
  mailbox,
  audit,
  watch,
}) => {
  watch.expects(NOBODY_YET);
  const person = await dealer.joined();
  const [signIn, recover, join] = [new SignInPage(page), new RecoverPage(page), new JoinPage(page)];
  await signIn.open();
  await audit();
  await signIn.forgot.tap();
  await expect(recover.heading).toBeVisible();
  await recover.ask("nobody");
  await expect(recover.mail).toHaveAccessibleDescription(/メールアドレス/);
  await expect(recover.mail).toBeFocused();
  await audit();
  await recover.ask(person.mail);
  await expect(recover.asked).toBeFocused();
  await expect(recover.answer).toContainText(`${person.mail} で登録されている方がいれば`);
  await audit();

  const mail = await mailbox.newest(person.mail);
  expect(mail.subject).toBe("【Noren】パスワードの再設定");
  await page.goto(mail.link);
  await expect(join.again).toBeVisible();
  await join.isFor(person.name);
  await expect(page, "the code stands no longer in the address").toHaveURL(/\/join$/);
  await audit();
  const chosen = `${person.password} again`;
  await join.choose(chosen);
  await expect(new LeadsPage(page).heading).toBeVisible();
  const told = await mailbox.newest(person.mail, 2);
  expect(told.subject).toBe("【Noren】パスワードが変わりました");
  await page.context().clearCookies();
  await signIn.open();
  await signIn.send(person.mail, chosen);
  await expect(new LeadsPage(page).heading).toBeVisible();
});

test.describe("an administrator", () => {
  test.use({ role: "administrator" });

  test("an invitation goes by mail, and waits in the outbox while it cannot be sent", async ({
    page,
    visit,
    visitor,
    dealer,
    mailbox,
    audit,
    watch,
  }) => {
    watch.expects(NOBODY_YET);
    watch.expects({ text: /status of 412/, address: /\/outbox-messages\//, reason: "the worker may try it before the tap arrives" });
    const person = await dealer.newPerson();
    const [theirs, outbox, shell] = [new PersonPage(page), new OutboxPage(page), new Shell(page)];
    const giveBack = await mailbox.shut();
    await visit(`/settings/staff/${person.id}`);
    await theirs.mailInvite.tap();
    await expect(theirs.dialog).toContainText(person.mail);
    await audit();
    await theirs.sure("送る").tap();
    await expect(shell.toast("招待メールを送ります。届いたかどうかは「設定 → 送信箱」で確かめられます")).toBeVisible();
    await expect(theirs.fact("招待")).toContainText("有効");

    await page.goto("/settings");
    await page.getByRole("link", { name: /^送信箱/ }).tap();
    await expect(outbox.heading).toBeVisible();
    const waiting = outbox.to(person.name);
    await expect(async () => {
      await outbox.refresh.tap();
      await expect(waiting).toContainText("メールを入れるフォルダに書き込めませんでした", { timeout: 1_000 });
    }).toPass();
    await audit();
    await giveBack();
    await expect(async () => {
      await outbox.refresh.tap();
      // By itself it may be tried before somebody taps.
      const now = outbox.button(person.name, "今すぐ試す");
      if ((await now.count()) > 0) await now.tap({ timeout: 1_000 });
      await expect(waiting).toHaveCount(0, { timeout: 1_000 });
    }).toPass();
    await outbox.show("済んだもの");
    await expect(waiting).toContainText("送りました");
    await audit();

    const mail = await mailbox.newest(person.mail);
    expect(mail.subject).toBe("【Noren】ご招待のお知らせ");
    const join = new JoinPage(await visitor(mail.link));
    await join.isFor(person.name);
    await join.choose(person.password);
  });

  test("what nobody wants sent any more is discarded", async ({ page, visit, dealer, mailbox, audit, watch }) => {
    watch.expects({ text: /status of 412/, address: /\/discard$/, reason: "it was tried again meanwhile" });
    const person = await dealer.newPerson();
    const outbox = new OutboxPage(page);
    const giveBack = await mailbox.shut();
    await dealer.inviteByMail(person.id);
    await visit("/settings/outbox");
    await expect(outbox.to(person.name)).toContainText("待っています");
    await expect(async () => {
      await outbox.refresh.tap();
      await outbox.button(person.name, "破棄する").tap({ timeout: 1_000 });
      await outbox.sure("破棄する").tap({ timeout: 1_000 });
      await expect(outbox.to(person.name)).toHaveCount(0, { timeout: 1_000 });
    }).toPass();
    await giveBack();
    await outbox.show("済んだもの");
    await expect(outbox.to(person.name)).toContainText("やめました");
    await audit();
  });
});
