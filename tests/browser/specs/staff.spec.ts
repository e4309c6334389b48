import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { JoinPage } from "../pages/join.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { PersonPage, StaffForm, StaffList } from "../pages/staff.ts";
import { TurnsPage } from "../pages/turns.ts";
import { japaneseIn } from "../pages/words.ts";

const TOO_LATE = { text: /status of 412/, address: /\/staff\//, reason: "the second save comes too late" };
const TAKEN = { text: /status of 409/, address: /\/staff$/, reason: "somebody else has that mail address" };
const HAS_LEADS = { text: /status of 409/, address: /\/staff\//, reason: "leads are left at the store" };
const ENDED = { text: /status of 410/, address: /\/auth\/(invitation|join)$/, reason: "the invitation has ended" };
const REFUSED = { text: /status of 422/, address: /\/auth\/join$/, reason: "the password is easy to guess" };

test.use({ role: "administrator" });

test("somebody new is added, joins by a link, and opens the tablet by a PIN", async ({
  page,
  visit,
  visitor,
  dealer,
  auditor,
  audit,
  watch,
}) => {
  watch.expects(NOBODY_YET, LEAVING);
  const [list, form, person, shell] = [new StaffList(page), new StaffForm(page), new PersonPage(page), new Shell(page)];
  const somebody = dealer.somebody();
  const [home, other] = await dealer.stores();
  if (home === undefined || other === undefined) throw new Error("the dealer has fewer than two stores");
  await visit("/settings/staff");
  await expect(list.heading).toBeVisible();
  await audit();
  await list.add.tap();
  await form.create.tap();
  await form.says("名前", "名前を入れてください(例: 小林 直樹)");
  await expect(form.field("名前")).toBeFocused();
  await audit();
  await form.fill({ ...somebody, kana: "あらた かお" });
  await form.chooseRole("店長");
  await form.tapStore(other.name);
  await form.tapStore(home.name);
  await page.getByRole("button", { name: `${home.name}を所属にする` }).tap();
  await audit();
  await form.create.tap();

  await expect(shell.toast("追加しました。次は招待です")).toBeVisible();
  await person.isOf(somebody.name);
  await expect(person.fact("役割")).toHaveText("店長");
  await expect(person.fact("所属")).toHaveText(home.name);
  await expect(person.fact("ほかの店舗")).toHaveText(other.name);
  await expect(page.getByText("未参加")).toBeVisible();
  await audit();
  await person.invite.tap();
  await expect(person.slip).toContainText(somebody.mail);
  await audit();
  const { code, address } = await person.takeCode();
  expect(address).toMatch(new RegExp(`/join#${code}$`));
  await expect(person.fact("招待")).toContainText("有効");
  await expect(page.getByText(code)).toHaveCount(0);

  const theirs = await visitor(address);
  const join = new JoinPage(theirs);
  await join.isFor(somebody.name);
  await expect(theirs, "the code stands no longer in the address").toHaveURL(/\/join$/);
  await expect(join.mail).toHaveValue(somebody.mail);
  await auditor.audit(theirs);
  await join.choose(somebody.password);
  await expect(new LeadsPage(theirs).heading).toBeVisible();
  await expect(theirs).toHaveURL(/\/leads$/);
  await expect(new Shell(theirs).toast(`ようこそ、${somebody.name}さん`)).toBeVisible();

  const [own, turns] = [new AccountPage(theirs), new TurnsPage(theirs)];
  await theirs.goto("/account");
  await own.setPin(somebody.password, "402817");
  await expect(new Shell(theirs).toast("PIN を決めました")).toBeVisible();
  await own.lock.tap();
  await expect(turns.pad).toHaveAccessibleName(`${somebody.name}さんの PIN`);
  await auditor.audit(theirs);
  await turns.tap("402817");
  await own.isShown("アカウント");

  await page.reload();
  await expect(person.newCode).toBeVisible();
  await expect(page.getByText("未参加")).toHaveCount(0);
});

test("a code is typed in any form, and serves once", ANY_SIZE, async ({ page, dealer, watch, audit }) => {
  watch.expects(NOBODY_YET, ENDED, REFUSED);
  const person = await dealer.newPerson();
  const { code } = await dealer.invite(person.id);
  const [signIn, join, leads] = [new SignInPage(page), new JoinPage(page), new LeadsPage(page)];
  await signIn.open();
  await page.getByRole("link", { name: "招待コードをお持ちの方" }).tap();
  await expect(join.heading).toBeVisible();
  await join.type("H7KM");
  await expect(join.code).toHaveAccessibleDescription(/招待コードは英数字16文字です/);
  await expect(join.code).toBeFocused();
  await audit();
  await join.type("AAAA-BBBB-CCCC-DDDD");
  await expect(join.alert).toContainText("この招待コードは使えません");
  await expect(join.alert).toContainText("お店の管理者に新しい招待を頼んでください");
  await audit();
  await join.type(code.toLowerCase().replaceAll("-", " "));
  await join.isFor(person.name);
  await join.join.tap();
  await expect(join.password).toHaveAccessibleDescription("入れてください");
  await join.choose("short");
  await expect(join.password).toHaveAccessibleDescription("15文字以上にしてください");
  await join.choose("aaaaaaaaaaaaaaaa");
  await expect(join.password).toHaveAccessibleDescription(/推測されやすいパスワードです/);
  await expect(join.password).toBeFocused();
  await audit();
  await join.choose(person.password);
  await expect(leads.heading).toBeVisible();
  await page.context().clearCookies();
  await page.goto(`/join#${code}`);
  await expect(join.alert).toContainText("この招待コードは使えません");
  await expect(join.code).toHaveValue(code);
});

test("whoever forgot the password gets a new code, which ends the one before", ANY_SIZE, async ({
  page,
  visit,
  visitor,
  dealer,
  watch,
  audit,
}) => {
  watch.expects(NOBODY_YET, ENDED);
  const { id, name, password } = await dealer.newPerson();
  const before = await dealer.invite(id);
  const person = new PersonPage(page);
  await visit(`/settings/staff/${id}`);
  await person.newCode.tap();
  await expect(person.dialog).toContainText("前に渡したコードは使えなくなります");
  await audit();
  await person.sure("コードを出す").tap();
  const { code } = await person.takeCode();
  const theirs = await visitor(before.url);
  const join = new JoinPage(theirs);
  await expect(join.alert).toContainText("この招待コードは使えません");
  await join.type(code);
  await join.isFor(name);
  await join.choose(password);
  await expect(new LeadsPage(theirs).heading).toBeVisible();

  await page.reload();
  await person.newCode.tap();
  await expect(person.dialog).toContainText("今のパスワードのままです");
  await person.sure("やめる").tap();
  await expect(person.dialog).toBeHidden();
});

test("only the slip is printed", ANY_SIZE, async ({ page, visit, dealer }) => {
  const { id } = await dealer.newPerson();
  const person = new PersonPage(page);
  await visit(`/settings/staff/${id}`);
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute("data-printed", "");
  });
  await person.invite.tap();
  await expect(person.code).toBeVisible();
  await person.sure("印刷する").tap();
  await expect(page.locator("html")).toHaveAttribute("data-printed");
  await page.emulateMedia({ media: "print" });
  await expect(person.code).toBeVisible();
  for (const unseen of [person.sure("印刷する"), person.address, page.getByRole("navigation", { name: "メイン" })]) {
    await expect(unseen).toBeHidden();
  }
  await page.emulateMedia({ media: "screen" });
});

test("the leads of who leaves are handed over, store by store, before they retire", async ({
  page,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects(HAS_LEADS);
  const leaving = await dealer.newPerson();
  const successor = await dealer.newPerson();
  const leads = await Promise.all(
    ["去年 一郎", "去年 次郎"].map((name) => dealer.newLead(leaving, { name })),
  );
  for (const { id } of leads) await dealer.assign(id, leaving);
  const [person, shell] = [new PersonPage(page), new Shell(page)];
  await visit(`/settings/staff/${leaving.id}`);
  await person.isOf(leaving.name);
  const way = page.getByRole("link", { name: `${leaving.store.name}の担当中の見込み客 2件を一覧で見る` });
  await expect(way).toHaveAttribute("href", new RegExp(`assignee=${leaving.id}`));
  await audit();
  await person.retire.tap();
  await expect(person.dialog).toContainText("担当中の見込み客 2件を、だれに引き継ぎますか");
  const at = new RegExp(leaving.store.name);
  await expect(person.dialog.getByRole("combobox", { name: at })).toBeVisible();
  await person.sure("引き継いで退職にする").tap();
  await expect(person.dialog).toContainText(`${leaving.store.name}の引き継ぎ先を選んでください`);
  await audit();
  await person.handTo(at, successor.name);
  // The answer waits, so that one sees how far it has come.
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.route("**/hand-over", async (route) => {
    await held;
    await route.continue();
  });
  await person.sure("引き継いで退職にする").tap();
  await expect(person.dialog).toContainText("2件のうち0件を引き継ぎました");
  await expect(person.dialog.getByRole("progressbar")).toBeVisible();
  await expect(person.sure("ここで止める")).toBeVisible();
  await audit();
  goOn();
  await expect(shell.toast("退職にしました")).toBeVisible();
  await expect(person.dialog).toBeHidden();
  await expect(page.getByText("退職", { exact: true })).toBeVisible();
  await expect(person.edit).toBeVisible();
  expect((await dealer.person(leaving.id)).status).toBe("retired");
  expect((await dealer.person(successor.id)).open_leads).toEqual([{ store_id: leaving.store.id, leads: 2 }]);
  expect(account.role).toBe("administrator");
});

test("who is suspended cannot come in until they are reinstated", ANY_SIZE, async ({ page, visit, visitor, dealer, watch, audit }) => {
  watch.expects(NOBODY_YET, ENDED, { text: /status of 401/, address: /./, reason: "the session ends with it" });
  const { id, name, password } = await dealer.newPerson();
  const theirs = await visitor((await dealer.invite(id)).url);
  await new JoinPage(theirs).choose(password);
  await expect(new LeadsPage(theirs).heading).toBeVisible();
  const [person, shell] = [new PersonPage(page), new Shell(page)];
  await visit(`/settings/staff/${id}`);
  await person.suspend.tap();
  await expect(person.dialog).toHaveAccessibleName(`${name}さんを停止しますか`);
  await audit();
  await person.sure("停止する").tap();
  await expect(shell.toast("停止しました")).toBeVisible();
  await expect(page.getByText("停止中", { exact: true })).toBeVisible();
  await audit();
  await theirs.reload();
  await expect(new SignInPage(theirs).heading).toBeVisible();
  await person.reinstate.tap();
  await expect(person.suspend).toBeVisible();
});

test("people are found as one types, and narrowed", async ({ page, visit, dealer, audit }) => {
  const { id, name, code, store } = await dealer.newPerson("manager");
  const list = new StaffList(page);
  await visit("/settings/staff");
  await list.search.fill(code.toLowerCase());
  await expect(list.rows).toHaveCount(1);
  await expect(list.row(name)).toBeVisible();
  await list.search.fill("あらた");
  await expect(list.row(name)).toBeVisible();
  await list.search.fill(code);
  await list.narrow("役割", "営業");
  await expect(page.getByText("条件に合うスタッフがいません")).toBeVisible();
  await audit();
  await list.narrow("役割", "店長");
  await list.narrow("店舗", store.name);
  await expect(list.row(name)).toBeVisible();
  await list.narrow("状態", "退職");
  await expect(list.row(name)).toHaveCount(0);
  await page.getByRole("button", { name: "条件をすべて外す" }).tap();
  await expect(list.search).toHaveValue("");
  await expect(page).toHaveURL(/\/settings\/staff$/);
  await list.search.fill(code);
  await list.row(name).tap();
  await expect(page).toHaveURL(new RegExp(`/settings/staff/${id}$`));
});

test("two people who edit one person choose between both versions", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  watch,
  audit,
}) => {
  watch.expects(TOO_LATE);
  const { id, store } = await dealer.newPerson();
  const [form, conflict, shell, person] = [
    new StaffForm(page),
    new ConflictPage(page),
    new Shell(page),
    new PersonPage(page),
  ];
  await visit(`/settings/staff/${id}`);
  await person.edit.tap();
  await form.field("名前").fill("自分の 入力");
  await dealer.editPerson(id, { name: "相手の 入力", role: "manager" });
  await form.save.tap();
  await expect(conflict.heading).toBeVisible();
  await expect(conflict.version("名前", "自分の 入力")).toBeChecked();
  await expect(conflict.version("役割", "店長")).toBeChecked();
  await audit();
  await conflict.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await person.isOf("自分の 入力");
  await expect(person.fact("役割")).toHaveText("店長");
  expect((await dealer.person(id)).profile.store_ids).toEqual([store.id]);
});

test("what is typed survives a reload, and what is wrong is said beside its field", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects(TAKEN);
  const form = new StaffForm(page);
  const somebody = dealer.somebody();
  page.on("dialog", (dialog) => dialog.accept());
  await visit("/settings/staff/new");
  await form.fill({ ...somebody, mail: account.mail });
  await form.tapStore((await dealer.stores())[0]?.name ?? "");
  await page.reload();
  await expect(form.restored).toBeVisible();
  await expect(form.field("名前")).toHaveValue(somebody.name);
  await form.create.tap();
  await form.says("メールアドレス", "このメールアドレスは、ほかの人が使っています");
  await expect(form.field("メールアドレス")).toBeFocused();
  await audit();
  await page.getByRole("button", { name: "下書きを捨てる" }).tap();
  await expect(form.field("名前")).toHaveValue("");
});

test("a store with open leads is not left before they are handed over", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  watch,
}) => {
  watch.expects(HAS_LEADS);
  const person = await dealer.newPerson();
  const lead = await dealer.newLead(person, { name: "残間 一郎" });
  await dealer.assign(lead.id, person);
  const other = (await dealer.stores())[1]?.name ?? "";
  const form = new StaffForm(page);
  await visit(`/settings/staff/${person.id}/edit`);
  await form.tapStore(other);
  await form.tapStore(person.store.name);
  await form.save.tap();
  await expect(page.getByRole("alert")).toContainText("担当中の見込み客が残っている店舗があります");
  await expect(form.store(other), "nothing typed is lost").toBeChecked();
});

test("an invitation waits until whoever is signed in has signed out", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects(NOBODY_YET, { text: /status of 401/, address: /./, reason: "the session has ended" });
  const person = await dealer.newPerson();
  const { url } = await dealer.invite(person.id);
  const [join, leads] = [new JoinPage(page), new LeadsPage(page)];
  await visit("/leads");
  await expect(leads.heading).toBeVisible();
  await page.goto(url);
  await expect(page.getByText(`この端末には${account.name}さんがサインインしています`)).toBeVisible();
  await expect(join.password).toHaveCount(0);
  await audit();
  await page.getByRole("button", { name: "サインアウト" }).tap();
  await join.isFor(person.name);
  await join.choose(person.password);
  await expect(leads.heading).toBeVisible();
});

test("nobody suspends or retires themselves", ANY_SIZE, async ({ page, visit, account }) => {
  const [list, person] = [new StaffList(page), new PersonPage(page)];
  await visit("/settings/staff");
  await list.search.fill(account.name);
  await list.row(account.name).tap();
  await person.isOf(account.name);
  await expect(page.getByText("自分自身の停止と退職は、ほかの管理者に頼んでください")).toBeVisible();
  await expect(person.suspend).toHaveCount(0);
  await expect(person.retire).toHaveCount(0);
});

test("in English staff and invitations say nothing in Japanese", ANY_SIZE, async ({ page, visit, visitor, dealer, watch }) => {
  watch.expects(NOBODY_YET, ENDED);
  const { id, name, kana } = await dealer.newPerson();
  const everybody = await dealer.names();
  const kanas = await dealer.kanas();
  const names = [...everybody, ...kanas, name, kana, "日本語"].toSorted((one, other) => other.length - one.length);
  const isEnglish = async (shown = page) => expect(await japaneseIn(shown, names)).toEqual([]);
  await visit("/account");
  await new AccountPage(page).speakEnglish();
  await page.goto("/settings/staff");
  await expect(page.getByRole("listitem").getByRole("link").filter({ hasText: name })).toBeVisible();
  await isEnglish();
  await page.goto("/settings/staff/new");
  await page.getByRole("button", { name: "Add", exact: true }).tap();
  await expect(page.getByText("Choose at least one store")).toBeVisible();
  const named = [...names, "コバヤシ ナオキ"];
  expect(await japaneseIn(page, named)).toEqual([]);
  await page.goto(`/settings/staff/${id}`);
  await page.getByRole("button", { name: "Invite", exact: true }).tap();
  await expect(page.getByRole("article")).toBeVisible();
  await isEnglish();
  await page.getByRole("button", { name: "Handed over" }).tap();
  await page.getByRole("button", { name: "They leave", exact: true }).tap();
  await expect(page.getByRole("dialog")).toBeVisible();
  await isEnglish();
  const theirs = await visitor("/join");
  await theirs.getByRole("button", { name: "English" }).tap();
  await isEnglish(theirs);
  await theirs.getByLabel("Invitation code").fill("AAAABBBBCCCCDDDD");
  await theirs.getByRole("button", { name: "Next" }).tap();
  await expect(theirs.getByRole("alert")).toContainText("This invitation code cannot be used");
  await isEnglish(theirs);
});

test.describe("a manager", () => {
  test.use({ role: "manager" });

  test("is told who settles the staff", ANY_SIZE, async ({ page, visit, account }) => {
    await visit("/settings/staff");
    await expect(page.getByText("スタッフの設定は、管理者が行います")).toBeVisible();
    expect(account.role).toBe("manager");
  });
});
