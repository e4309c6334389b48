import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { FactorPage, SecondStep } from "../pages/factor.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { TurnsPage } from "../pages/turns.ts";

const REFUSED = { text: /status of 401/, address: /\/auth\/second-factor$/, reason: "the code is not right" };

test.use({ settings: { host: "localhost" } });

test("an authenticator app is set up, and asked for after the password, or a code on paper instead", async ({
  page,
  dealer,
  watch,
  audit,
}) => {
  test.setTimeout(120_000);
  watch.expects(NOBODY_YET, LEAVING, REFUSED);
  const person = await dealer.joined();
  const [own, signIn, factor, step] = [new AccountPage(page), new SignInPage(page), new FactorPage(page), new SecondStep(page)];
  await page.goto("/account");
  await signIn.send(person.mail, person.password);
  await own.isShown("アカウント");
  const { app, codes } = await factor.setUpApp(audit);
  await expect(page.getByText("残り10個")).toBeVisible();
  await audit();

  await own.signOut.tap();
  await signIn.send(person.mail, person.password);
  await expect(step.code).toBeFocused();
  await audit();
  await step.show("000000");
  await expect(step.code).toHaveAccessibleDescription(/違います/);
  await step.byPaper.tap();
  await step.showPaper(codes[0] ?? "");
  await own.isShown("アカウント");
  await expect(page.getByText("残り9個")).toBeVisible();

  await own.signOut.tap();
  await signIn.send(person.mail, person.password);
  await step.show(await app.code());
  await own.isShown("アカウント");
  await factor.button("解除する").tap();
  await factor.inDialog("解除する").tap();
  await expect(new Shell(page).toast("解除しました")).toBeVisible();
  await expect(page.getByText("まだありません")).toBeVisible();
});

test("a passkey is made, signs in without a password, and opens a locked screen", ANY_SIZE, async ({ page, dealer, watch, audit }) => {
  watch.expects(NOBODY_YET, LEAVING, REFUSED);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const person = await dealer.joined();
  const [own, signIn, factor, step] = [new AccountPage(page), new SignInPage(page), new FactorPage(page), new SecondStep(page)];
  const [shell, turns] = [new Shell(page), new TurnsPage(page)];
  await page.goto("/account");
  await signIn.send(person.mail, person.password);
  await own.setPin(person.password, "402817");
  await expect(shell.toast("PIN を決めました")).toBeVisible();
  await factor.button("パスキーを作る").tap();
  await factor.dialog.getByLabel("パスキーの名前").fill("店のiPad");
  await audit();
  await factor.inDialog("作る").tap();
  await expect(factor.codes).toHaveCount(10);
  await factor.inDialog("しまいました").tap();
  await expect(page.getByText("店のiPad")).toBeVisible();

  await own.lock.tap();
  await expect(turns.pad).toBeVisible();
  await audit();
  await page.getByRole("button", { name: "パスキーでサインイン" }).tap();
  await own.isShown("アカウント");
  await own.removePin.tap();
  await expect(shell.toast("PIN をやめました")).toBeVisible();
  // Without a PIN, what is locked is opened by the passkey alone.
  await own.lock.tap();
  await expect(turns.pad).toBeHidden();
  await page.getByRole("button", { name: "パスキーでサインイン" }).tap();
  await own.isShown("アカウント");

  await own.signOut.tap();
  await page.getByRole("button", { name: "パスキーでサインイン" }).tap();
  await own.isShown("アカウント");
  await own.signOut.tap();
  await signIn.send(person.mail, person.password);
  await step.byPasskey.tap();
  await own.isShown("アカウント");
  await expect(page.getByText("最後に使ったのは今日")).toBeVisible();

  // A device that cannot tell whose finger it is helps nobody.
  await own.signOut.tap();
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.getByRole("button", { name: "パスキーでサインイン" }).tap();
  await expect(page.getByRole("alert")).toContainText("パスキーを使えませんでした");
  await page.getByRole("button", { name: "はじめからやり直す" }).tap();
  await expect(signIn.mail).toBeVisible();
});
