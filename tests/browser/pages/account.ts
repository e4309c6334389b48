import { expect, type Locator, type Page } from "@playwright/test";

export class AccountPage {
  readonly signOut: Locator;
  /** What is not sent yet, asked about before signing out. */
  readonly unsent: Locator;

  /** Where one is signed in. */
  readonly sessions: Locator;
  readonly endOthers: Locator;
  readonly passwords: Locator;
  readonly pin: Locator;
  readonly pinPassword: Locator;
  readonly lock: Locator;
  readonly removePin: Locator;

  constructor(private readonly page: Page) {
    const card = (title: string) => page.locator("section").filter({ has: page.getByRole("heading", { name: title }) });
    this.sessions = card("サインイン中の端末").getByRole("listitem");
    this.endOthers = card("サインイン中の端末").getByRole("button", { name: "ほかの端末をすべて終える" });
    this.passwords = card("パスワード");
    const pins = card("画面ロックの PIN");
    this.pin = pins.getByLabel("新しい PIN(6桁の数字)");
    this.pinPassword = pins.getByLabel("今のパスワード", { exact: true });
    this.lock = pins.getByRole("button", { name: "画面をロック" });
    this.removePin = pins.getByRole("button", { name: "PIN をやめる" });
    this.signOut = page.getByRole("button", { name: "サインアウト", exact: true });
    this.unsent = page.getByRole("dialog", { name: "まだ送っていない入力があります" });
  }

  async isShown(title: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }

  /** Ends every other session, where there is one. */
  async aloneHere(): Promise<void> {
    await expect(this.sessions.first()).toBeVisible();
    if (!(await this.endOthers.isVisible())) return;
    await this.endOthers.tap();
    const sure = this.page.getByRole("dialog", { name: "ほかの端末のサインインをすべて終えますか" });
    await sure.getByRole("button", { name: "ほかの端末をすべて終える" }).tap();
    await expect(this.sessions).toHaveCount(1);
  }

  password(label: "今のパスワード" | "新しいパスワード"): Locator {
    return this.passwords.getByLabel(label, { exact: true });
  }

  async changePassword(current: string, fresh: string): Promise<void> {
    await this.password("今のパスワード").fill(current);
    await this.password("新しいパスワード").fill(fresh);
    await this.passwords.getByRole("button", { name: "パスワードを変える" }).tap();
  }

  async setPin(password: string, pin: string): Promise<void> {
    await this.pinPassword.fill(password);
    await this.pin.fill(pin);
    await this.pin.press("Enter");
  }

  async signOutAnyway(): Promise<void> {
    await this.signOut.tap();
    await this.unsent.getByRole("button", { name: "消してサインアウト" }).tap();
  }

  radio(group: string, name: string): Locator {
    return this.page.getByRole("group", { name: group }).getByRole("radio", { name });
  }

  async choose(group: string, name: string): Promise<void> {
    await this.page.getByRole("group", { name: group }).getByText(name, { exact: true }).tap();
  }

  /** Chooses English, and waits until the server has it: a page that is opened before would still speak Japanese. */
  async speakEnglish(): Promise<void> {
    const taken = this.page.waitForResponse(/\/me\/language$/);
    await this.choose("ことば", "English");
    await taken;
  }
}
