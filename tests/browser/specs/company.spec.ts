import { expect, test } from "../harness/test.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { Shell } from "../pages/shell.ts";

const TOO_LATE = { text: /status of 412/, address: /\/company$/, reason: "the second save comes too late" };
/** Two pixels of indigo. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGNQN8sDIgAFBgGX6cSrAwAAAABJRU5ErkJggg==",
  "base64",
);

test.use({ role: "administrator" });

test("the company is edited by two people, and its number is read while it is typed", async ({
  page,
  visit,
  dealer,
  watch,
  audit,
}) => {
  watch.expects(TOO_LATE);
  const [shell, conflict] = [new Shell(page), new ConflictPage(page)];
  const field = (label: string) => page.locator("form").getByLabel(label, { exact: true });
  const save = page.getByRole("button", { name: "保存する" });
  await dealer.editCompany({ name: "株式会社のれん自動車", trade_name: null, invoice_number: null, phone: "027-000-0101" });
  await visit("/settings/company");
  await expect(field("会社名")).toHaveValue("株式会社のれん自動車");
  await audit();
  await field("インボイス登録番号").fill("T6000012050002");
  await expect(page.getByText(/法人番号としては検査用の数字が合いません/)).toBeVisible();
  await field("インボイス登録番号").fill("6000012050002");
  await field("屋号").fill("のれんオート");
  await expect(field("インボイス登録番号")).toHaveAccessibleDescription(/T と13桁の数字で入れてください/);
  await save.tap();
  await expect(field("インボイス登録番号")).toBeFocused();
  await field("インボイス登録番号").fill("t7000-0120-50002");
  await expect(page.getByText("法人番号として正しい形です")).toBeVisible();
  await dealer.editCompany({ trade_name: "のれんの車", phone: "027-999-9999" });
  await save.tap();
  await expect(conflict.heading).toBeVisible();
  await expect(conflict.version("電話", "027-999-9999")).toBeChecked();
  await conflict.choose("屋号", "のれんオート");
  await audit();
  await conflict.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  const { profile } = await dealer.company();
  expect(profile).toMatchObject({
    trade_name: "のれんオート",
    phone: "027-999-9999",
    invoice_number: "T7000012050002",
  });
});

test("a logo is shown at the head of the forms and taken off again", async ({ page, visit, visitor, dealer, account, audit }) => {
  const shell = new Shell(page);
  await visit("/settings/company");
  const chooser = page.locator("#logo");
  await chooser.setInputFiles({ name: "logo.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  await expect(page.getByRole("alert")).toContainText("PNG、JPEG、WebP の画像を選んでください");
  await chooser.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: PNG });
  await expect(shell.toast("ロゴを保存しました")).toBeVisible();
  await expect(page.getByRole("img", { name: "ロゴ" })).toBeVisible();
  await audit();
  // The form goes on from the new version.
  await page.locator("form").getByLabel("会社名", { exact: true }).fill("株式会社のれん自動車");
  const form = await dealer.newForm(account);
  const theirs = await visitor(form.path);
  await expect(theirs.locator(".sign img")).toHaveJSProperty("naturalWidth", 2);
  await expect(theirs.locator(".sign")).toContainText("のれん");
  await page.getByRole("button", { name: "ロゴを外す" }).tap();
  await expect(shell.toast("ロゴを外しました")).toBeVisible();
  expect((await dealer.company()).logo).toBeNull();
});
