import type { Page, Route } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { QueuePage } from "../pages/queue.ts";
import { QuickForm } from "../pages/quick.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";

const CUT = { text: /ERR_(INTERNET_DISCONNECTED|FAILED)/, address: /\/(api\/v1\/.*|favicon\.svg)$/, reason: "the network is cut" };

/** Writes a lead down while there is no network. */
async function write(page: Page, name: string): Promise<void> {
  const [quick, shell] = [new QuickForm(page), new Shell(page)];
  await shell.newLead.tap();
  await quick.write(name);
  await quick.register.tap();
  await expect(shell.toast("通信が戻ったら登録します")).toBeVisible();
}

test.describe("with the app kept on the device", () => {
  test.use({ serviceWorkers: "allow" });

  test("five minutes without a network, with a reload between, lose nothing and double nothing", async ({
    page,
    context,
    visit,
    dealer,
    watch,
    audit,
  }) => {
    watch.expects(CUT);
    const [leads, queue, shell] = [new LeadsPage(page), new QueuePage(page), new Shell(page)];
    const names = [`断田 ${test.info().project.name} 一`, `断田 ${test.info().project.name} 二`] as const;
    await page.clock.install();
    await visit("/leads");
    await expect(leads.rows.first()).toBeVisible();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await context.setOffline(true);
    await write(page, names[0]);
    await expect(queue.mark).toContainText("1件");
    await page.clock.fastForward("02:30");

    await page.goto("/leads/queue");
    await expect(queue.entry(names[0])).toBeVisible();
    await write(page, names[1]);
    await queue.open();
    await expect(queue.entries).toHaveCount(2);
    await expect(queue.entries.first()).toContainText(names[0]);
    await audit();
    await page.clock.fastForward("02:30");
    await expect(queue.entries).toHaveCount(2);

    await context.setOffline(false);
    await expect(queue.empty).toBeVisible();
    await expect(queue.mark).toHaveCount(0);
    for (const name of names) expect(await dealer.named(name)).toEqual([name]);
    // Whoever began without a network has everything again, names of colleagues too.
    await shell.leads.tap();
    await expect(leads.row(names[1])).toBeVisible();
  });
});

test("what one person left waiting is neither seen nor sent by another on the same tablet", ANY_SIZE, async ({
  page,
  context,
  visit,
  sessions,
  dealer,
  account,
  watch,
}) => {
  watch.expects(CUT);
  watch.expects(NOBODY_YET);
  watch.expects({ text: /status of 401/, address: /\/api\/v1\//, reason: "the session of the first is gone" });
  const [leads, queue, signIn, own] = [
    new LeadsPage(page),
    new QueuePage(page),
    new SignInPage(page),
    new AccountPage(page),
  ];
  const other = dealer.someone("administrator");
  await visit("/leads/new");
  await expect(new QuickForm(page).heading).toBeVisible();
  await context.setOffline(true);
  await write(page, "先田 残");
  await expect(queue.mark).toBeVisible();
  await sessions.end(context);
  await context.setOffline(false);
  await page.goto("/leads");
  await expect(signIn.heading).toBeVisible();
  await signIn.send(other.mail, other.password);
  await expect(leads.rows.first()).toBeVisible();
  await expect(queue.mark).toHaveCount(0);
  await page.goto("/leads/queue");
  await expect(queue.empty).toBeVisible();
  expect(await dealer.named("先田 残")).toEqual([]);

  await page.goto("/account");
  await own.signOut.tap();
  await expect(signIn.heading).toBeVisible();
  await signIn.send(account.mail, account.password);
  await expect(own.signOut.or(leads.rows.first())).toBeVisible();
  await expect(queue.mark).toHaveCount(0);
  await expect.poll(() => dealer.named("先田 残")).toEqual(["先田 残"]);
});

const refusal = (route: Route) =>
  route.fulfill({
    status: 422,
    contentType: "application/problem+json",
    json: {
      type: "about:blank",
      title: "invalid",
      status: 422,
      code: "invalid",
      instance: "0",
      errors: [{ field: "profile.source_code", code: "source.unknown" }],
    },
  });

test("what the server refuses stays with the reason, and is mended and sent", async ({
  page,
  context,
  visit,
  dealer,
  watch,
  audit,
}) => {
  watch.expects(CUT);
  watch.expects({ text: /status of 422/, address: /\/api\/v1\/leads$/, reason: "the server refuses" });
  const name = `拒田 ${test.info().project.name}`;
  const [queue, form, lead] = [new QueuePage(page), new LeadForm(page), new LeadPage(page)];
  await visit("/leads/new");
  await expect(new QuickForm(page).heading).toBeVisible();
  await context.setOffline(true);
  await write(page, name);
  const send = (route: Route) => (route.request().method() === "POST" ? refusal(route) : route.fallback());
  await page.route("**/api/v1/leads", send);
  await context.setOffline(false);
  await expect(queue.mark).toContainText("登録できていない見込み客が1件あります");
  await page.unroute("**/api/v1/leads", send);
  await queue.open();
  await expect(queue.entry(name)).toContainText("登録できません");
  await expect(queue.entry(name)).toContainText("きっかけ: このきっかけは使えません。選び直してください");
  await audit();
  await queue.entry(name).getByRole("link", { name: "開く" }).tap();
  await form.says("きっかけ", "このきっかけは使えません。選び直してください");
  await form.field("きっかけ").selectOption({ label: "電話" });
  // It is kept as it is written, and not sent before it is saved.
  await page.goto("/leads/queue");
  await expect(queue.entry(name)).toContainText("書きかけ");
  await queue.entry(name).getByRole("link", { name: "開く" }).tap();
  await expect(form.field("きっかけ")).toHaveValue("phone");
  await form.register.tap();
  await expect(lead.heading).toHaveText(`${name} 様`);
  await expect(queue.mark).toHaveCount(0);
  expect(await dealer.named(name)).toEqual([name]);
});

test("throwing away what waits asks first, and so does signing out", ANY_SIZE, async ({
  page,
  context,
  visit,
  dealer,
  watch,
  audit,
}) => {
  watch.expects(CUT);
  const [queue, shell, own] = [new QueuePage(page), new Shell(page), new AccountPage(page)];
  // Without a service worker, what was never opened cannot be opened without a network.
  await visit("/account");
  await own.isShown("アカウント");
  await shell.newLead.tap();
  await expect(new QuickForm(page).heading).toBeVisible();
  await context.setOffline(true);
  await write(page, "捨田 要");
  await shell.account.tap();
  await own.signOut.tap();
  await expect(own.unsent.getByRole("link", { name: "捨田 要" })).toBeVisible();
  await own.unsent.getByRole("button", { name: "やめておく" }).tap();

  await queue.open();
  await queue.entry("捨田 要").getByRole("button", { name: "捨てる" }).tap();
  await expect(queue.asked).toContainText("捨田 要 様の入力は、まだどこにも登録されていません");
  await audit();
  await queue.asked.getByRole("button", { name: "残しておく" }).tap();
  await expect(queue.entries).toHaveCount(1);
  await queue.entry("捨田 要").getByRole("button", { name: "捨てる" }).tap();
  await queue.asked.getByRole("button", { name: "捨てる" }).tap();
  await expect(queue.empty).toBeVisible();
  await context.setOffline(false);
  await expect(shell.offline).toHaveCount(0);
  expect(await dealer.named("捨田 要")).toEqual([]);
});

test("what waited longer than the server remembers is not sent before somebody has looked", ANY_SIZE, async ({
  page,
  context,
  visit,
  dealer,
  watch,
}) => {
  watch.expects(CUT);
  const queue = new QueuePage(page);
  await visit("/leads/new");
  await expect(new QuickForm(page).heading).toBeVisible();
  await context.setOffline(true);
  await write(page, "旧田 古");
  // As if it had been saved thirty days ago; the session would not live so long.
  // While nothing is being sent, which would arrive as it was.
  await page.evaluate(() =>
    navigator.locks.request("noren.queue", () => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("noren.queue.")) ?? "";
      const older = key.replace(/\d{13}/, (at) => String(Number(at) - 30 * 86_400_000));
      localStorage.setItem(older, localStorage.getItem(key) ?? "");
      localStorage.removeItem(key);
    }),
  );
  await context.setOffline(false);
  await expect(queue.mark).toContainText("登録できていない見込み客が1件あります");
  await queue.open();
  await expect(queue.entry("旧田 古")).toContainText("もう登録されているかもしれません");
  expect(await dealer.named("旧田 古")).toEqual([]);
  await queue.entry("旧田 古").getByRole("button", { name: "それでも送る" }).tap();
  await expect(queue.empty).toBeVisible();
  expect(await dealer.named("旧田 古")).toEqual(["旧田 古"]);
});
