import type { FrameLocator, Locator, Page } from "@playwright/test";

/** Between two keys, in milliseconds. What is filled in within three seconds is taken for a machine's work. */
const KEY_MS = 120;

/** A form as the public sees it, on its own page or in a frame of another site. */
export class HostedForm {
  readonly heading: Locator;
  readonly send: Locator;
  readonly fillAddress: Locator;
  readonly consent: Locator;
  readonly sent: Locator;
  readonly alert: Locator;

  constructor(private readonly place: Page | FrameLocator) {
    this.heading = place.getByRole("heading", { level: 1 });
    this.send = place.getByRole("button", { name: "送信する" });
    this.fillAddress = place.getByRole("button", { name: "住所を入れる" });
    this.consent = place.getByRole("checkbox", { name: "同意する" });
    this.sent = place.getByRole("heading", { name: "送信しました" });
    this.alert = place.getByRole("alert");
  }

  /** The mark 必須 or 任意 stands within the label. */
  field(label: string): Locator {
    return this.place.getByLabel(new RegExp(`^${label}`));
  }

  /** Types as a person does, one key after the other, for four seconds at least. */
  async typeAsAPerson(name: string, phone: string, message: string): Promise<void> {
    for (const [label, words] of [["お名前", name], ["電話番号", phone], ["お問い合わせの内容", message]] as const) {
      await this.field(label).pressSequentially(words, { delay: KEY_MS });
    }
  }
}
