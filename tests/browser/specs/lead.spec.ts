import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";

test("a lead opened from the list shows what the customer said", async ({ page, visit, dealer, account }) => {
  const words = "7人乗りで、年内に納車できるものを";
  await dealer.newLead(account, { name: "開田 真理", phones: ["090-0011-2233"] }, words);
  const [leads, lead] = [new LeadsPage(page), new LeadPage(page)];
  await visit("/leads");
  await leads.row("開田 真理").tap();
  await expect(lead.heading).toHaveText("開田 真理 様");
  await expect(page).toHaveTitle(/開田 真理/);
  await expect(lead.timeline.filter({ hasText: words })).toBeVisible();
  await expect(lead.pane.getByRole("link", { name: "090-0011-2233" })).toHaveAttribute("href", "tel:09000112233");
  await expect(lead.pane).toMatchAriaSnapshot(`
    - article:
      - heading "開田 真理 様" [level=1]
      - region "初回返信":
        - paragraph: お待たせ時間
        - timer: /^\\d\\d:\\d\\d$/
        - paragraph: /目標 \\d\\d:\\d\\dまで残り/
        - link "電話する"
      - button "担当を変更"
      - heading "これまで" [level=2]
      - list:
        - listitem:
          - paragraph:
            - text: 来店から問い合わせ
            - time: /^今日 \\d?\\d:\\d\\d$/
          - paragraph: 「7人乗りで、年内に納車できるものを」
      - heading "希望の車" [level=2]
      - heading "連絡先" [level=2]
      - definition:
        - link "090-0011-2233"
      - link "編集"
      - button "問い合わせを記録"
      - button "状態を変える"
      - button "対応を始める"
  `);
});

test("beginning to work on a lead stops the customer's wait", async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "待田 健" });
  const [lead, shell] = [new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}`);
  await expect(lead.clock).toHaveText(/^\d\d:\d\d$/);
  await lead.button("対応を始める").tap();
  await expect(shell.toast("対応中にしました")).toBeVisible();
  // No way back leads to 新規: the customer has had an answer.
  await expect(shell.undo).toHaveCount(0);
  await expect(lead.clock).toHaveCount(0);
  await expect(lead.status("対応中")).toBeVisible();
  await expect(lead.timeline.filter({ hasText: "対応中に" })).toContainText("前は新規");
});

test("a move that can be taken back is taken back by one tap", async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "戻田 薫" });
  const [lead, shell] = [new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}`);
  await lead.button("対応を始める").tap();
  await lead.button("育成にまわす").tap();
  await expect(shell.toast("育成中にしました")).toBeVisible();
  await expect(lead.status("育成中")).toBeVisible();
  await shell.undo.tap();
  await expect(shell.toast("対応中にしました")).toBeVisible();
  await expect(lead.status("対応中")).toBeVisible();
});

test("a move whose answer is lost is made once", ANY_SIZE, async ({ page, visit, dealer, account, watch }) => {
  watch.expects({ text: /ERR_FAILED/, address: /\/api\/v1\//, reason: "an answer is lost, and then the network" });
  const { id } = await dealer.newLead(account, { name: "失田 旅人" });
  const [lead, shell] = [new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}`);
  await expect(lead.button("対応を始める")).toBeVisible();
  await page.route(
    `**/leads/${id}/status-changes`,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  // Nor can the page be asked for again, so that its button stays.
  await page.route(`**/api/v1/leads/${id}`, (route) => route.abort(), { times: 1 });
  await lead.button("対応を始める").tap();
  await expect(shell.toast("状態を変えられませんでした")).toBeVisible();
  await expect(lead.pane.getByText("通信がつながっていません")).toBeVisible();
  await lead.button("対応を始める").tap();
  await expect(shell.toast("対応中にしました")).toBeVisible();
  await expect(lead.status("対応中")).toBeVisible();
  await expect(lead.timeline.filter({ hasText: "対応中に" })).toHaveCount(1);
});

const TOO_LATE = { text: /status of 409/, address: /status-changes$/, reason: "somebody else was faster" };

test("a button that came too late makes room for those of the lead as it is", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
  deafen,
}) => {
  watch.expects(TOO_LATE);
  const { id } = await dealer.newLead(account, { name: "遅田 直" });
  const [lead, shell] = [new LeadPage(page), new Shell(page)];
  await deafen();
  await visit(`/leads/${id}`);
  await expect(lead.button("対応を始める")).toBeVisible();
  await dealer.move(id, "working");
  await lead.button("対応を始める").tap();
  await expect(shell.toast("今の状態からは変えられません")).toBeVisible();
  await expect(lead.button("対応を始める")).toHaveCount(0);
  await expect(lead.status("対応中")).toBeVisible();
});

test("a sheet that came too late closes and says why", ANY_SIZE, async ({ page, visit, dealer, account, watch, deafen }) => {
  watch.expects(TOO_LATE);
  const { id } = await dealer.newLead(account, { name: "遅田 紙" });
  const [lead, shell] = [new LeadPage(page), new Shell(page)];
  await deafen();
  await visit(`/leads/${id}`);
  await lead.button("状態を変える").tap();
  await lead.choose("対象外にする");
  await lead.dialog.getByLabel("理由").fill("他店で購入された");
  await dealer.move(id, "nurturing");
  await lead.confirm("変える");
  await expect(shell.toast("今の状態からは変えられません")).toBeVisible();
  await expect(lead.status("育成中")).toBeVisible();
  await expect(lead.button("対応中に戻す")).toBeVisible();
});

test("a lead is closed only with a reason", async ({ page, visit, dealer, account, audit }) => {
  const { id } = await dealer.newLead(account, { name: "閉田 仁" });
  const [lead, shell] = [new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}`);
  await lead.button("状態を変える").tap();
  await audit();
  await lead.choose("対象外にする");
  await lead.dialog.getByRole("button", { name: "変える", exact: true }).tap();
  await expect(lead.dialog.getByLabel("理由")).toHaveAccessibleDescription(/対象外にする理由を入れてください/);
  await audit();
  await lead.dialog.getByLabel("理由").fill("他店で購入された");
  await lead.confirm("変える");
  await expect(shell.toast("対象外にしました")).toBeVisible();
  await expect(lead.timeline.filter({ hasText: "理由: 他店で購入された" })).toBeVisible();
});

test("a person takes a lead over", async ({ page, visit, dealer, account, audit }) => {
  const { id } = await dealer.newLead(account, { name: "任田 光" });
  const [lead, shell] = [new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}`);
  await expect(lead.pane.getByText("担当なし")).toBeVisible();
  await lead.button("担当を変更").tap();
  await audit();
  await lead.choose(`${account.name}(自分)`);
  await lead.confirm("決める");
  await expect(shell.toast("担当を変更しました")).toBeVisible();
  await expect(lead.timeline.filter({ hasText: `担当が${account.name}に` })).toBeVisible();
  await expect(lead.pane.getByText("担当なし")).toHaveCount(0);
});

test("what the customer says later is added to the history", async ({ page, visit, dealer, account, audit }) => {
  const { id } = await dealer.newLead(account, { name: "再田 恵" });
  const lead = new LeadPage(page);
  await visit(`/leads/${id}`);
  await lead.button("問い合わせを記録").tap();
  await audit();
  await lead.dialog.getByLabel("お客様の言葉").fill("試乗は土曜の午前に");
  await lead.confirm("記録する");
  await expect(lead.timeline.first()).toContainText("試乗は土曜の午前に");
});
