import type { Page } from "@playwright/test";

import type { Form } from "../harness/dealer.ts";
import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { HostedForm } from "../pages/hosted-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";

/** From the server's answer to the visitor until staff see the lead. */
const AT_ONCE = { timeout: 1_000 };
const WITHOUT_SCRIPTS = { javaScriptEnabled: false };

/** Staff have the list before them when the public comes. */
async function open(page: Page, visit: (path: string) => Promise<void>): Promise<void> {
  await visit("/leads");
  await expect(new LeadsPage(page).rows.first()).toBeVisible();
}

/** The line by which the form's page says that it is embedded. */
const lineOf = ({ embed }: Form): string => `<main><p>お気軽にどうぞ。</p>${embed}</main>`;

async function frameOf(page: Page, { key }: Form) {
  await expect(page.locator("iframe")).toHaveCount(1);
  const frame = page.frames().find((frame) => frame.url().includes(`/f/${key}`));
  if (frame === undefined) throw new Error("the form is in no frame");
  return frame;
}

test("a form that is sent without scripts is a lead in the open list within a second", async ({
  page,
  visit,
  visitor,
  dealer,
  account,
}) => {
  const form = await dealer.newForm(account);
  const leads = new LeadsPage(page);
  await open(page, visit);
  const customer = await visitor(form.path, WITHOUT_SCRIPTS);
  const hosted = new HostedForm(customer);
  await hosted.typeAsAPerson("公開 太郎", "090-1234-5678", "週末に実車を見たいです");
  await hosted.consent.check();
  await hosted.send.tap();
  await customer.waitForURL("**/thanks");
  await expect(leads.row("公開 太郎")).toBeVisible(AT_ONCE);
  await expect(hosted.sent).toBeVisible();
});

test("what is missing is said without scripts, and what was typed stays", ANY_SIZE, async ({
  page,
  visit,
  visitor,
  dealer,
  account,
  watch,
}) => {
  watch.expects({ text: /status of 422/, address: /\/submissions$/, reason: "the form is not filled in" });
  const form = await dealer.newForm(account);
  await open(page, visit);
  const hosted = new HostedForm(await visitor(form.path, WITHOUT_SCRIPTS));
  await hosted.field("お名前").fill("公開 不足");
  // Return sends, although the button beside the postal code comes first.
  await hosted.field("お名前").press("Enter");
  await expect(hosted.alert).toContainText("入力を確かめてください");
  await expect(hosted.alert).toContainText("同意のしるし");
  await expect(hosted.field("お名前")).toHaveValue("公開 不足");
  expect(await dealer.named("公開 不足")).toEqual([]);
});

test("the postal code fills the address without scripts", ANY_SIZE, async ({ page, visit, visitor, dealer, account }) => {
  const form = await dealer.newForm(account);
  await open(page, visit);
  const hosted = new HostedForm(await visitor(form.path, WITHOUT_SCRIPTS));
  await hosted.field("お名前").fill("公開 住子");
  await hosted.field("郵便番号").fill("371-0024");
  await hosted.fillAddress.tap();
  await expect(hosted.field("都道府県")).toHaveValue("群馬県");
  await expect(hosted.field("市区町村")).toHaveValue("前橋市");
  await expect(hosted.field("町名")).toHaveValue("表町");
  await expect(hosted.field("お名前")).toHaveValue("公開 住子");
});

test("the hosted form is for everybody, with scripts too", async ({ page, visit, visitor, dealer, account, auditor }) => {
  const form = await dealer.newForm(account, { intro: "お車のご相談を承ります。" });
  await open(page, visit);
  const customer = await visitor(form.path);
  const hosted = new HostedForm(customer);
  await expect(hosted.heading).toHaveText("お問い合わせ");
  await auditor.audit(customer);
  await hosted.field("郵便番号").fill("3710024");
  await expect(hosted.field("都道府県")).toHaveValue("群馬県");
  await expect(customer.locator("body")).toMatchAriaSnapshot(`
    - main:
      - heading "お問い合わせ" [level=1]
      - paragraph: お車のご相談を承ります。
      - textbox "お名前 必須"
      - textbox "電話番号 任意"
      - group "ご住所 任意":
        - textbox "郵便番号": "3710024"
        - button "住所を入れる"
      - textbox "お問い合わせの内容 任意"
      - group "個人情報の取扱い":
        - checkbox "同意する"
      - button "送信する"
  `);
  const wider = await customer.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wider, "nothing sticks out at the side").toBe(false);
});

test("a page of another site embeds the form by one line, and what is sent there is a lead within a second", async ({
  page,
  visit,
  visitor,
  site,
  dealer,
  account,
  auditor,
}) => {
  const form = await dealer.newForm(account, { origins: [site.origin] });
  site.body = lineOf(form);
  const [leads, lead] = [new LeadsPage(page), new LeadPage(page)];
  await open(page, visit);
  const shop = await visitor(`${site.origin}/harrier?utm_source=google&color=red`);
  const hosted = new HostedForm(shop.frameLocator("iframe"));
  await hosted.typeAsAPerson("埋込 花子", "090-1234-5678", "試乗できますか");
  const inFrame = await frameOf(shop, form);
  await auditor.audit(inFrame);
  await hosted.consent.check();
  await hosted.send.tap();
  await inFrame.waitForURL("**/thanks");
  await expect(leads.row("埋込 花子")).toBeVisible(AT_ONCE);
  await expect(hosted.sent).toBeInViewport();
  await leads.row("埋込 花子").tap();
  await expect(lead.timeline.first()).toContainText("試乗できますか");
  const via = await dealer.inquiryVia(await lead.id());
  expect(via).toMatchObject({ visit: { landing_page: `${site.origin}/harrier`, campaign: { utm_source: "google" } } });
});

test("the frame is as high as what stands in it, and no higher afterwards", async ({
  page,
  visit,
  visitor,
  site,
  dealer,
  account,
}) => {
  const form = await dealer.newForm(account, { origins: [site.origin] });
  site.body = lineOf(form);
  await open(page, visit);
  const shop = await visitor(site.origin);
  const hosted = new HostedForm(shop.frameLocator("iframe"));
  await expect(hosted.send).toBeVisible();
  const frame = await frameOf(shop, form);
  const [height, wanted] = [
    () => shop.locator("iframe").evaluate((frame) => frame.clientHeight),
    () => frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height)),
  ];
  await expect.poll(async () => (await height()) - (await wanted())).toBe(0);
  const asAForm = await height();
  await hosted.field("お名前").fill("埋込 高");
  await hosted.field("電話番号").fill("090-1234-5678");
  await hosted.consent.check();
  await hosted.send.tap();
  await expect(hosted.sent).toBeInViewport();
  await expect.poll(async () => (await height()) - (await wanted())).toBe(0);
  expect(await height()).toBeLessThan(asAForm / 2);
});

test("a page of a site that is not the form's can neither show it nor send to it", ANY_SIZE, async ({
  page,
  visit,
  visitor,
  site,
  dealer,
  account,
  watch,
}) => {
  const reason = "the site is not the form's";
  watch.expects({ text: /frame-ancestors/, address: /.*/, reason });
  watch.expects({ text: /CORS policy/, address: /.*/, reason });
  watch.expects({ text: /Failed to load resource/, address: /\/(submissions|f\/)/, reason });
  const held = await dealer.held();
  const form = await dealer.newForm(account, { origins: ["https://www.dealer.example"] });
  site.body = lineOf(form);
  await open(page, visit);
  const shop = await visitor(site.origin);
  await expect(shop.locator("iframe")).toHaveCount(1);
  await expect.poll(() => shop.frames().map((frame) => frame.url())).toContain("chrome-error://chromewebdata/");
  await expect(new HostedForm(shop.frameLocator("iframe")).send).toHaveCount(0);
  const script = new URL(await shop.locator("script").getAttribute("src") ?? "");
  const sent = await shop.evaluate(async (address) => {
    const body = new URLSearchParams({ name: "よその 誰", phone: "090-1234-5678", consent: "1" });
    const answer = await fetch(address, { method: "POST", body }).catch(() => undefined);
    return answer?.status ?? "refused";
  }, `${script.origin}/public/v1/forms/${form.key}/submissions`);
  expect(sent).toBe("refused");
  expect(await dealer.named("よその 誰")).toEqual([]);
  expect(await dealer.held()).toBe(held);
});
