import { expect, type Locator, type Page } from "@playwright/test";

/** スタッフ in the settings: everybody, found as one types. */
export class StaffList {
  readonly heading: Locator;
  readonly rows: Locator;
  readonly search: Locator;
  readonly add: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "スタッフ", exact: true });
    this.rows = page.getByRole("main").getByRole("listitem").getByRole("link");
    this.search = page.getByRole("searchbox", { name: "スタッフをさがす" });
    this.add = page.getByRole("link", { name: "スタッフを追加" });
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  async narrow(filter: "店舗" | "役割" | "状態", choice: string): Promise<void> {
    await this.page.getByRole("combobox", { name: filter }).selectOption({ label: choice });
  }
}

/** The page of one person, and what can be done there. */
export class PersonPage {
  readonly edit: Locator;
  readonly invite: Locator;
  readonly newCode: Locator;
  readonly mailInvite: Locator;
  /** The slip with the code. */
  readonly slip: Locator;
  readonly code: Locator;
  readonly address: Locator;
  readonly suspend: Locator;
  readonly reinstate: Locator;
  readonly retire: Locator;
  readonly dialog: Locator;

  constructor(private readonly page: Page) {
    const button = (name: string) => page.getByRole("main").getByRole("button", { name, exact: true });
    this.edit = page.getByRole("link", { name: "編集" });
    this.invite = button("招待する");
    this.newCode = button("新しいコードを出す");
    this.mailInvite = button("招待メールを送る");
    this.dialog = page.getByRole("dialog");
    this.slip = page.getByRole("article");
    this.code = this.slip.getByText(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
    this.address = page.getByLabel("開くだけで使えるURL");
    this.suspend = button("停止する");
    this.reinstate = button("再開する");
    this.retire = button("退職にする");
  }

  async isOf(name: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  fact(name: string): Locator {
    return this.page.locator(`dt:text-is("${name}") + dd`);
  }

  /** In the dialog that is open. */
  sure(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** Asks for a code and gives both forms of it; the dialog is closed afterwards. */
  async takeCode(): Promise<{ code: string; address: string }> {
    await expect(this.code).toBeVisible();
    const taken = { code: await this.code.innerText(), address: await this.address.inputValue() };
    await this.sure("渡しました").tap();
    await expect(this.dialog).toBeHidden();
    return taken;
  }

  async handTo(store: RegExp, colleague: string): Promise<void> {
    await this.dialog.getByRole("combobox", { name: store }).selectOption({ label: colleague });
  }
}

export class StaffForm {
  readonly create: Locator;
  readonly save: Locator;
  readonly restored: Locator;

  constructor(private readonly page: Page) {
    this.create = page.getByRole("button", { name: "追加する" });
    this.save = page.getByRole("button", { name: "保存する" });
    this.restored = page.getByText("下書きを復元しました");
  }

  field(label: string): Locator {
    return this.page.locator("form").getByLabel(label, { exact: true });
  }

  role(name: string): Locator {
    return this.page.getByRole("group", { name: "役割" }).getByRole("radio", { name: new RegExp(`^${name}`) });
  }

  store(name: string): Locator {
    return this.page.getByRole("group", { name: "働く店舗" }).getByRole("checkbox", { name });
  }

  /** Taps the words of the choice, as a finger does. */
  async chooseRole(name: string): Promise<void> {
    await this.page.getByRole("group", { name: "役割" }).getByText(name, { exact: true }).tap();
    await expect(this.role(name)).toBeChecked();
  }

  /** Takes the person into a store, or out of it. */
  async tapStore(name: string): Promise<void> {
    await this.page.getByRole("group", { name: "働く店舗" }).locator("label").filter({ hasText: name }).tap();
  }

  async fill(person: { name: string; kana: string; code: string; mail: string }): Promise<void> {
    await this.field("名前").fill(person.name);
    await this.field("ふりがな").fill(person.kana);
    await this.field("スタッフコード").fill(person.code);
    await this.field("メールアドレス").fill(person.mail);
  }

  /** The field says this of itself, to the eye and to a screen reader. */
  async says(label: string, words: string | RegExp): Promise<void> {
    await expect(this.field(label)).toHaveAttribute("aria-invalid", "true");
    await expect(this.field(label)).toHaveAccessibleDescription(words);
  }
}
