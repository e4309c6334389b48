import { expect, type Locator, type Page } from "@playwright/test";

/** API連携 in the settings: the keys, and the form that makes one. */
export class KeysPage {
  readonly heading: Locator;
  readonly rows: Locator;
  readonly add: Locator;
  readonly create: Locator;
  readonly save: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "API連携" });
    this.rows = page.getByRole("main").getByRole("listitem").getByRole("link");
    this.add = page.getByRole("link", { name: "キーを作る" });
    this.create = page.getByRole("button", { name: "キーを作る" });
    this.save = page.getByRole("button", { name: "保存する" });
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  /** Ticks a scope or a store, or takes the tick away. */
  async tick(name: string): Promise<void> {
    await this.page.getByRole("main").locator("label.option").filter({ hasText: name }).first().tap();
  }

  group(name: string): Locator {
    return this.page.getByRole("group", { name, exact: true });
  }
}

/** The page of one key, and what can be done there. */
export class KeyPage {
  readonly edit: Locator;
  readonly rotate: Locator;
  readonly revoke: Locator;
  readonly dialog: Locator;
  readonly secret: Locator;
  readonly command: Locator;

  constructor(private readonly page: Page) {
    const button = (name: string) => page.getByRole("main").getByRole("button", { name, exact: true });
    this.edit = page.getByRole("link", { name: "編集" });
    this.rotate = button("再発行する");
    this.revoke = button("失効させる");
    this.dialog = page.getByRole("dialog");
    this.secret = this.dialog.getByLabel("キー", { exact: true });
    this.command = this.dialog.getByLabel("試すコマンド");
  }

  async isOf(name: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  fact(name: string): Locator {
    return this.page.locator(`dt:text-is("${name}") + dd`);
  }

  sure(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** The key, which is nowhere once it was looked at. */
  async take(): Promise<string> {
    const secret = await this.secret.inputValue();
    await this.sure("控えました").tap();
    await expect(this.dialog).toBeHidden();
    return secret;
  }
}
