import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { KeyPage, KeysPage } from "../pages/api-clients.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { Shell } from "../pages/shell.ts";

const TOO_LATE = { text: /status of 412/, address: /\/api-clients\//, reason: "the second save comes too late" };
const TAKEN = { text: /status of 409/, address: /\/api-clients$/, reason: "another key has that name" };

test.use({ role: "administrator" });

test("a key is made, shown once, used, replaced and revoked", async ({ page, visit, server, dealer, audit }) => {
  const [keys, key, shell] = [new KeysPage(page), new KeyPage(page), new Shell(page)];
  const name = `中古車ポータル ${Date.now()}`;
  const [store] = await dealer.stores();
  if (store === undefined) throw new Error("the dealer has no stores");
  /** What the key is answered. */
  const ask = async (secret: string, path: string, asked: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json", ...asked.headers };
    return fetch(`${server.url}/api/v1${path}`, { ...asked, headers });
  };

  await visit("/settings/api-clients");
  await expect(keys.heading).toBeVisible();
  await audit();
  await keys.add.tap();
  await keys.create.tap();
  await expect(keys.field("名前")).toHaveAccessibleDescription("名前を入れてください(例: 中古車ポータル)");
  await expect(keys.field("名前")).toBeFocused();
  await expect(keys.group("できること")).toHaveAccessibleDescription("できることを一つは選んでください");
  await audit();
  await keys.field("名前").fill(name);
  await keys.tick("見込み客を送る");
  await keys.tick("店舗を見る");
  await keys.tick(store.name);
  await keys.field("使えるアドレス").fill("どこからでも");
  await keys.field("回数の上限").fill("60");
  await expect(keys.field("使えるアドレス")).toHaveAccessibleDescription(/アドレスの形を確かめてください/);
  await keys.field("使えるアドレス").fill("127.0.0.0/8");
  await keys.create.tap();

  await key.isOf(name);
  await expect(key.dialog).toContainText("キーが表示されるのは、今だけです");
  await expect(key.command).toHaveValue(/^curl -i 'http:\/\/127.0.0.1:\d+\/api\/v1\/stores' -H 'Authorization: Bearer noren_/);
  await audit();
  const first = await key.take();
  await expect(page.locator("body")).not.toContainText(first);
  const lead = { store_id: store.id, profile: { source_code: "phone", name: "連携 送太" } };
  const sent = { method: "POST", body: JSON.stringify(lead), headers: { "idempotency-key": `key-${Date.now()}` } };
  const created = await ask(first, "/leads", sent);
  expect(created.status).toBe(201);
  expect(created.headers.get("ratelimit-policy")).toBe('"api_client";q=60;w=60');
  expect((await ask(first, "/leads")).status, "it may send and not read").toBe(403);

  await page.reload();
  await key.isOf(name);
  await expect(key.dialog).toBeHidden();
  await expect(key.fact("最終利用")).toContainText("今日");
  await expect(key.fact("使えるアドレス")).toHaveText("127.0.0.0/8");
  await audit();
  await key.rotate.tap();
  await expect(key.dialog).toHaveAccessibleName(`「${name}」のキーを再発行しますか`);
  await audit();
  await key.sure("再発行する").tap();
  await expect(key.secret).toHaveValue(/^noren_/);
  const second = await key.take();
  await expect(key.fact("前のキー")).toContainText("まで使えます");
  expect((await ask(first, "/stores")).status, "a day is left to change over").toBe(200);
  expect((await ask(second, "/stores")).status).toBe(200);

  await key.revoke.tap();
  await expect(key.dialog).toContainText("元には戻せません");
  await audit();
  await key.sure("失効させる").tap();
  await expect(shell.toast("キーを失効させました")).toBeVisible();
  await expect(page.getByText("このキーは失効しています")).toBeVisible();
  for (const secret of [first, second]) expect((await ask(secret, "/stores")).status).toBe(401);
  await page.getByRole("link", { name: "戻る" }).tap();
  await expect(keys.row(name)).toContainText("失効");
});

test("what is typed about a key survives a reload and another's edit", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  watch,
  audit,
}) => {
  watch.expects(TOO_LATE, TAKEN);
  const [keys, key, conflict] = [new KeysPage(page), new KeyPage(page), new ConflictPage(page)];
  const { id, name } = await dealer.newApiClient();
  page.on("dialog", (dialog) => dialog.accept());
  await visit("/settings/api-clients/new");
  await keys.field("名前").fill(name);
  await keys.tick("スタッフを見る");
  await keys.tick((await dealer.stores())[0]?.name ?? "");
  await page.reload();
  await expect(keys.field("名前")).toHaveValue(name);
  await keys.create.tap();
  await expect(keys.field("名前")).toHaveAccessibleDescription("この名前は、ほかのキーが使っています");
  await page.getByRole("button", { name: "下書きを捨てる" }).tap();

  await page.goto(`/settings/api-clients/${id}`);
  await key.edit.tap();
  await keys.field("回数の上限").fill("30");
  await dealer.editApiClient(id, { scopes: ["masters.read"], requests_per_minute: 40 });
  await keys.save.tap();
  await expect(conflict.heading).toBeVisible();
  await expect(conflict.version("できること", "きっかけ・タグと郵便番号を見る")).toBeChecked();
  await expect(conflict.version("回数の上限", "30")).toBeChecked();
  await audit();
  await conflict.save.tap();
  await key.isOf(name);
  await expect(key.fact("回数の上限")).toHaveText("1分に30回まで");
  await expect(page.getByText("masters.read", { exact: true })).toBeVisible();
});

test("the guide is read without a script, at every size", async ({ page, audit }) => {
  for (const [address, title] of [
    ["/docs", "Noren API をつかう"],
    ["/docs/en", "Using the Noren API"],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.getByRole("heading", { name: "leads.py" })).toBeVisible();
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overhang, "nothing but code and tables scrolls sideways").toBeLessThanOrEqual(0);
    await audit();
  }
});
