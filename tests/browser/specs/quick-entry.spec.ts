import type { Page } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { tabTo } from "../pages/keys.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { QuickForm } from "../pages/quick.ts";
import { Shell } from "../pages/shell.ts";

const idOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1) ?? "";

/** Notes every touch of the page by what it met. */
async function countTaps(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const taps: string[] = [];
    Object.assign(window, { taps });
    const note = ({ target }: Event) => {
      const met = (target as Element).closest("a, button, label, input, select");
      taps.push(met instanceof HTMLInputElement ? met.name : (met?.textContent.trim() ?? "nothing"));
    };
    addEventListener("pointerdown", note, true);
  });
  return () => page.evaluate(() => (window as unknown as { taps: string[] }).taps);
}

test("six taps and a name make a lead", async ({ page, visit, dealer }) => {
  const [shell, quick, lead] = [new Shell(page), new QuickForm(page), new LeadPage(page)];
  const taps = await countTaps(page);
  await visit("/leads");
  await shell.newLead.tap();
  await quick.chip("来店").tap();
  await quick.chip("ミニバン").tap();
  await quick.chip("〜300万").tap();
  await quick.chip("今月").tap();
  await quick.name.tap();
  await page.keyboard.insertText("六田");
  await quick.register.tap();
  await expect(lead.heading).toHaveText("六田 様");
  const met = await taps();
  expect(met.filter((what) => what === "name")).toHaveLength(1);
  expect(met.filter((what) => what !== "name")).toEqual(["走り書き", "来店", "ミニバン", "〜300万", "今月", "見込み客に登録"]);
  const { profile } = await dealer.lead(idOf(page));
  expect(profile).toMatchObject({
    source_code: "walk_in",
    temperature: "this_month",
    wanted_car: { body_type: "ミニバン", budget: 3_000_000 },
  });
});

test("all of it fits the screen, under a finger", async ({ page, visit, audit }) => {
  const quick = new QuickForm(page);
  await visit("/leads/new");
  await expect(quick.chip("軽")).toBeVisible();
  const [content, room] = await quick.body.evaluate((body) => [body.scrollHeight, body.clientHeight]);
  expect(content).toBeLessThanOrEqual(room ?? 0);
  for (const target of await page.locator("form :is(label.chip, select, input:not([type=radio]), .btn)").all()) {
    const box = await target.boundingBox();
    expect(Math.min(box?.height ?? 0, box?.width ?? 0), await target.innerText()).toBeGreaterThanOrEqual(44);
  }
  await expect(quick.field("電話")).toHaveAttribute("inputmode", "tel");
  await audit();
  await quick.register.tap();
  await expect(quick.name).toBeFocused();
  await expect(quick.name).toHaveAccessibleDescription("お名前か会社名を入れてください(姓だけでもかまいません)");
  await expect(page.getByRole("group", { name: "きっかけ" })).toHaveAccessibleDescription("選んでください");
});

test("a chosen chip is taken back by the same tap, and the rarer sources are in a list", ANY_SIZE, async ({
  page,
  visit,
}) => {
  const quick = new QuickForm(page);
  await visit("/leads/new");
  await quick.chip("SUV").tap();
  await expect(quick.radio("SUV")).toBeChecked();
  await expect(quick.progress).toHaveAccessibleName("5項目のうち1項目を入力");
  await quick.chip("SUV").tap();
  await expect(quick.radio("SUV")).not.toBeChecked();
  await expect(quick.progress).toHaveAccessibleName("5項目のうち0項目を入力");
  await quick.chip("SUV").tap();
  await expect(quick.radio("SUV")).toBeChecked();
  await quick.chip("セダン").tap();
  await expect(quick.radio("SUV")).not.toBeChecked();
  await expect(quick.radio("セダン")).toBeChecked();

  await quick.chip("電話").tap();
  await quick.others.selectOption({ label: "展示会" });
  await expect(quick.radio("電話")).not.toBeChecked();
  await quick.chip("電話").tap();
  await expect(quick.others).toHaveValue("");
  await quick.chip("セダン").tap();
  await quick.chip("電話").tap();
  await expect(quick.progress).toHaveAccessibleName("5項目のうち0項目を入力");
});

/** An input method that composes a name by these steps and commits the last. */
async function compose(page: Page, steps: readonly string[]): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  for (const text of steps) {
    await browser.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await browser.send("Input.insertText", { text: steps.at(-1) ?? "" });
  await browser.detach();
}

test("the reading fills in while the name is typed, and what is written by hand stays", ANY_SIZE, async ({
  page,
  visit,
}) => {
  const quick = new QuickForm(page);
  await visit("/leads/new");
  await quick.name.focus();
  await compose(page, ["お", "おの", "おので", "おのでら", "小野寺"]);
  await expect(quick.name).toHaveValue("小野寺");
  await expect(quick.kana).toHaveValue("オノデラ");
  await page.keyboard.type(" ");
  await compose(page, ["さk", "さき", "さきこ", "咲子", "﨑子"]);
  await expect(quick.name).toHaveValue("小野寺 﨑子");
  await expect(quick.kana).toHaveValue("オノデラ サキコ");

  await quick.name.fill("");
  await expect(quick.kana).toHaveValue("");
  await quick.name.focus();
  await compose(page, ["なかた", "中田"]);
  await quick.kana.fill("ナカダ");
  await quick.name.focus();
  await page.keyboard.press("End");
  await compose(page, ["ひろし", "博"]);
  await expect(quick.name).toHaveValue("中田博");
  await expect(quick.kana).toHaveValue("ナカダ");
});

test("more fields take along what is there, and a reload too", ANY_SIZE, async ({ page, visit }) => {
  const [quick, form, lead] = [new QuickForm(page), new LeadForm(page), new LeadPage(page)];
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return dialog.accept();
  });
  await visit("/leads/new");
  await quick.write("長田 引");
  await quick.chip("〜150万").tap();
  await quick.field("電話").fill("09011112222");
  await page.reload();
  await expect(quick.restored).toBeVisible();
  await expect(quick.radio("来店")).toBeChecked();
  await quick.inFull.tap();
  await expect(form.field("お名前")).toHaveValue("長田 引");
  await expect(form.field("ご予算")).toHaveValue("150");
  await expect(form.field("電話")).toHaveValue("09011112222");
  expect(asked, "only the reload asked").toEqual(["beforeunload"]);
  await form.field("建物・部屋").fill("ハイツ201");
  // What the quick form does not show is never sent from there unseen.
  await page.goto("/leads/new");
  await expect(form.field("建物・部屋")).toHaveValue("ハイツ201");
  await form.register.tap();
  await expect(lead.heading).toHaveText("長田 引 様");
});

test("a keyboard alone is enough", ANY_SIZE, async ({ page, visit }) => {
  const [quick, lead] = [new QuickForm(page), new LeadPage(page)];
  await visit("/leads/new");
  await tabTo(page, quick.name);
  await page.keyboard.insertText("鍵盤 一");
  await tabTo(page, quick.radio("来店"));
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await expect(quick.radio("電話")).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(lead.heading).toHaveText("鍵盤 一 様");
});
