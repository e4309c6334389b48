import { Demo } from "../harness/demo.ts";
import { expect, test } from "../harness/test.ts";
import { NOBODY_YET } from "../harness/watch.ts";

const WRONG_CODE = { text: /status of 422/, address: /\/api\/v1\/setup$/, reason: "the code is mistyped first" };
const PASSWORD = "velvet walnut pebble 38";

test("an empty house is set up step by step, and goes on where one was", async ({ page, watch, audit, context }) => {
  test.setTimeout(180_000);
  watch.expects(NOBODY_YET, WRONG_CODE);
  const house = await Demo.empty();
  const field = (label: string) => page.locator("form, .form").getByLabel(label, { exact: true });
  const heading = (name: string) => page.getByRole("heading", { level: 1, name });
  const next = page.getByRole("button", { name: "次へ", exact: true });
  const address = house.server.wrote("/setup#")?.trim() ?? "";

  // Whoever comes without the address is led there, and comes no further.
  await page.goto(house.server.url);
  await expect(heading("はじめての設定")).toBeVisible();
  await expect(field("初期設定コード")).toHaveValue("");
  await audit();
  await page.getByRole("button", { name: "決めて次へ" }).tap();
  await expect(field("初期設定コード")).toHaveAttribute("aria-invalid", "true");
  await field("初期設定コード").fill("H7KM-2QWX-9RTD-4NPC");
  await field("お名前").fill("狩野 千恵子");
  await field("ふりがな").fill("かのう ちえこ");
  await field("メールアドレス").fill("kano@dealer.example");
  await field("パスワード").fill(PASSWORD);
  await page.getByRole("button", { name: "決めて次へ" }).tap();
  await expect(field("初期設定コード")).toHaveAccessibleDescription(/コードが違います/);

  await page.goto("about:blank");
  await page.goto(address);
  await expect(field("初期設定コード")).toHaveValue(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/);
  await field("お名前").fill("狩野 千恵子");
  await field("ふりがな").fill("かのう ちえこ");
  await field("メールアドレス").fill("kano@dealer.example");
  await field("パスワード").fill(PASSWORD);
  await page.getByRole("button", { name: "決めて次へ" }).tap();

  await expect(heading("会社を登録")).toBeVisible();
  expect(page.url()).not.toContain("#");
  await field("会社名").fill("株式会社のれん自動車");
  await field("インボイス登録番号").fill("Ｔ７０００");
  await expect(page.getByText("あと9桁です")).toBeVisible();
  await field("インボイス登録番号").fill("Ｔ７０００−０１２０−５０００２");
  await field("屋号").focus();
  await expect(field("インボイス登録番号")).toHaveValue("T7000012050002");
  await audit();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(field("会社名")).toHaveValue("株式会社のれん自動車");
  await next.tap();

  await expect(heading("最初の店舗を登録")).toBeVisible();
  await expect(page.getByText("3 / 5")).toBeVisible();
  await next.tap();
  await expect(field("店舗名")).toBeFocused();
  await field("店舗名").fill("前橋店");
  await field("郵便番号").fill("371-0024");
  await page.locator("form").getByRole("status").getByRole("button").first().tap();
  await expect(field("市区町村")).toHaveValue("前橋市");
  await audit();
  await next.tap();

  await expect(heading("スタッフを招待")).toBeVisible();
  for (const [name, kana, mail] of [
    ["佐久間 涼", "さくま りょう", "sakuma@dealer.example"],
    ["茂木 翔", "もてぎ しょう", "motegi@dealer.example"],
  ] as const) {
    await field("名前").fill(name);
    await field("ふりがな").fill(kana);
    await field("メールアドレス").fill(mail);
    await page.getByRole("button", { name: "追加して招待する" }).tap();
    await expect(page.getByRole("article").filter({ hasText: name })).toContainText(/[A-Z2-9]{4}(-[A-Z2-9]{4}){3}/);
    await expect(field("名前")).toHaveValue("");
  }
  await audit();
  await page.reload();
  await expect(heading("スタッフを招待")).toBeVisible();
  await next.tap();

  await expect(heading("フォームを作る")).toBeVisible();
  await page.getByRole("button", { name: "フォームを作る" }).tap();
  const form = await page.getByRole("textbox", { name: "ページのURL" }).inputValue();
  const visitor = await context.newPage();
  await visitor.goto(form);
  await expect(visitor.getByText("株式会社のれん自動車")).toBeVisible();
  await visitor.close();
  await audit();
  await page.getByRole("button", { name: "設定を終える" }).tap();

  await expect(heading("準備ができました")).toBeVisible();
  await audit();
  await page.getByRole("link", { name: "見込み客を書きとめる" }).tap();
  await expect(page).toHaveURL(/\/leads\/new$/);
  await page.goto(`${house.server.url}/settings`);
  await expect(page.getByRole("link", { name: "会社" }).first()).toBeVisible();
  await expect(page.getByText("初期設定が途中です")).toHaveCount(0);
  await audit();
  await page.goto("about:blank");
  await house.close();
  await page.setContent("<!doctype html><html lang='ja'><title>終</title><main><h1>終</h1></main></html>");
});
