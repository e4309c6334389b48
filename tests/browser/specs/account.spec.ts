import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { AccountPage } from "../pages/account.ts";

test("the account says who is signed in", async ({ page, visit, account }) => {
  await visit("/account");
  await expect(page.getByRole("heading", { name: account.name })).toBeVisible();
  await expect(page.getByText(account.mail)).toBeVisible();
});

test("English stays after a reload", ANY_SIZE, async ({ page, visit }) => {
  const account = new AccountPage(page);
  await visit("/account");
  await account.choose("ことば", "English");
  await account.isShown("Account");
  await page.reload();
  await account.isShown("Account");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(account.radio("Language", "English")).toBeChecked();
});

test("the colours of the night stay after a reload", ANY_SIZE, async ({ page, visit }) => {
  const account = new AccountPage(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await visit("/account");
  const day = await ground();
  await account.choose("明るさ", "夜の色");
  await expect.poll(ground).not.toBe(day);
  const night = await ground();
  await page.reload();
  await account.isShown("アカウント");
  expect(await ground()).toBe(night);
  await expect(account.radio("明るさ", "夜の色")).toBeChecked();
});
