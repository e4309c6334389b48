/** Prepares what a journey begins from, through the API, as the administrator of the demo dealer. */

import { randomUUID } from "node:crypto";

import type { Account } from "./demo.ts";

export interface Profile {
  source_code: string;
  name: string | null;
  kana: string | null;
  company: string | null;
  phones: string[];
  mails: string[];
  address: Record<string, string | null>;
  wanted_car: Record<string, string | number | null>;
  temperature: string | null;
  tag_ids: string[];
  note: string | null;
}

export interface Lead {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly profile: Profile;
}

export interface FormContent {
  name: string;
  title: string;
  language?: string;
  intro: string | null;
  fields: { kind: string; required: boolean; label?: string }[];
  origins: string[];
  consent: string | null;
  active: boolean;
}

export interface Form {
  readonly id: string;
  readonly key: string;
  /** The path of the hosted page. */
  readonly path: string;
  readonly embed: string;
  readonly version: number;
  readonly content: FormContent;
}

export interface Tag {
  readonly id: string;
  readonly name: string;
}

interface TagMaster {
  readonly version: number;
  readonly content: { readonly tags: readonly Tag[] };
}

export interface StoreProfile {
  code: string;
  name: string;
  address: Record<string, string | null>;
  phone: string | null;
  hours: { weekday: string; opens: string; closes: string }[];
  holidays: { from: string; to: string; name: string | null }[];
}

export interface Company {
  readonly version: number;
  readonly profile: Record<string, unknown>;
  readonly logo: { readonly url: string } | null;
}

export interface StoreDetail {
  readonly id: string;
  readonly version: number;
  readonly profile: StoreProfile;
}

interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly store_ids: readonly string[];
}

export interface Store {
  readonly id: string;
  readonly name: string;
}

/** Somebody who works for the dealer and has no password yet. */
export interface NewPerson extends Account {
  readonly id: string;
  readonly kana: string;
  readonly code: string;
  readonly store: Store;
}

export interface Person {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly joined: boolean;
  readonly profile: { name: string; mail: string; role: string; store_ids: string[] };
  readonly open_leads: { store_id: string; leads: number }[];
}

/** A car of the stock, as a row of the list. */
export interface Car {
  readonly stock_number: string;
  readonly status: string;
  readonly maker: string;
  readonly model_name: string;
  readonly hold: object | null;
  readonly photos: number;
}

/** A customer of EXTREME, as a row of the list. */
export interface Customer {
  readonly customer_code: string;
  readonly name: string;
  readonly kana: string | null;
  readonly phone: string | null;
  readonly store_id: string | null;
}

interface Token {
  readonly value: string;
  readonly until: number;
}

/** A sign-in counts against an account's limit of ten in 15 minutes, so a token is used for most of its 5 minutes. */
const TOKEN_MS = 240_000;
const MERGE_PATCH = "application/merge-patch+json";

export class Dealer {
  private token: Token | undefined;
  private staff: readonly StaffMember[] | undefined;
  private addresses = 0;
  private readonly turns = new Map<string, number>();

  constructor(
    private readonly url: string,
    private readonly accounts: readonly Account[],
  ) {}

  /** Another account than the last times, so that journeys are seldom in each other's way. */
  someone(role: Account["role"] = "salesperson"): Account {
    const usable = this.accounts.filter((account) => account.role === role);
    const used = (account: Account) => this.turns.get(account.mail) ?? 0;
    const account = usable.toSorted((one, other) => used(one) - used(other))[0];
    if (account === undefined) throw new Error(`there is no ${role}`);
    this.turns.set(account.mail, used(account) + 1);
    return account;
  }

  /** A salesperson who works at none of the person's stores. */
  async somebodyElsewhere(than: Account): Promise<Account> {
    const stores = (name: string, of: readonly StaffMember[]) => of.find((staff) => staff.name === name)?.store_ids ?? [];
    const colleagues = await this.colleagues();
    const own = stores(than.name, colleagues);
    for (let tries = 0; tries < this.accounts.length; tries += 1) {
      const other = this.someone();
      if (!stores(other.name, colleagues).some((store) => own.includes(store))) return other;
    }
    throw new Error("everybody works at one store");
  }

  /** A new lead in the person's own store, with nobody in charge. */
  async newLead(of: Account, profile: Partial<Profile> & { name: string }, inquiry?: string): Promise<Lead> {
    const colleague = (await this.colleagues()).find((staff) => staff.name === of.name);
    const body = {
      store_id: colleague?.store_ids[0],
      inquiry: inquiry ?? null,
      profile: {
        source_code: "walk_in",
        kana: null,
        company: null,
        phones: [],
        mails: [],
        address: {},
        wanted_car: {},
        temperature: null,
        tag_ids: [],
        note: null,
        ...profile,
      },
    };
    return this.call<Lead>("POST", "/leads", body);
  }

  /** Somebody else gives the lead to a person meanwhile. */
  async assign(id: string, to: Account): Promise<void> {
    const { version } = await this.lead(id);
    const colleague = (await this.colleagues()).find((staff) => staff.name === to.name);
    await this.call("POST", `/leads/${id}/assign`, { assignee_id: colleague?.id }, { "if-match": `"${version}"` });
  }

  /** Somebody else moves the lead meanwhile. */
  async move(id: string, to: string, reason?: string): Promise<void> {
    await this.call("POST", `/leads/${id}/status-changes`, { to, reason: reason ?? null });
  }

  /** Somebody writes a note that calls people. */
  async note(id: string, body: string, ...called: Account[]): Promise<void> {
    const colleagues = await this.colleagues();
    const mentions = called.map(({ name }) => colleagues.find((staff) => staff.name === name)?.id);
    await this.call("POST", `/leads/${id}/notes`, { body, mentions });
  }

  /** A new form of the person's own store. */
  async newForm(of: Account, content: Partial<FormContent> = {}): Promise<Form> {
    const colleague = (await this.colleagues()).find((staff) => staff.name === of.name);
    const kinds = ["name", "phone", "address", "message"];
    const usual = {
      store_id: colleague?.store_ids[0],
      source_code: "own_site",
      name: `自社HP ${randomUUID().slice(0, 8)}`,
      title: "お問い合わせ",
      intro: null,
      fields: kinds.map((kind) => ({ kind, required: kind === "name" })),
      origins: [],
      consent: "ご返答のためだけに使います。",
      active: true,
    };
    const form = await this.call<Form>("POST", "/forms", { content: { ...usual, ...content } });
    return { ...form, path: `/f/${form.key}` };
  }

  async form(id: string): Promise<Form> {
    return this.call<Form>("GET", `/forms/${id}`);
  }

  /** A tag more in the master. */
  async newTag(name: string): Promise<Tag> {
    const master = await this.call<TagMaster>("GET", "/tag-master");
    const tags = [...master.content.tags, { id: null, name, tone: "accent", active: true }];
    const patch = { content: { tags } };
    const settled = await this.call<TagMaster>("PATCH", "/tag-master", patch, { "if-match": `"${master.version}"` });
    return settled.content.tags.find((tag) => tag.name === name) as Tag;
  }

  async newStore(profile: Partial<StoreProfile>): Promise<StoreDetail> {
    return this.call<StoreDetail>("POST", "/stores", { profile });
  }

  async store(id: string): Promise<StoreDetail> {
    return this.call<StoreDetail>("GET", `/stores/${id}`);
  }

  async storeCalled(name: string): Promise<StoreDetail> {
    const { items } = await this.call<{ items: { id: string; name: string }[] }>("GET", "/stores");
    const found = items.find((store) => store.name === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return this.store(found.id);
  }

  /** Somebody else edits the store meanwhile. */
  async editStore(id: string, profile: Partial<StoreProfile>): Promise<void> {
    const { version } = await this.store(id);
    await this.call("PATCH", `/stores/${id}`, { profile }, { "if-match": `"${version}"`, "content-type": MERGE_PATCH });
  }

  async company(): Promise<Company> {
    return this.call("GET", "/company");
  }

  /** Somebody else edits the company meanwhile. */
  async editCompany(profile: Record<string, unknown>): Promise<void> {
    const { version } = await this.company();
    await this.call("PATCH", "/company", { profile }, { "if-match": `"${version}"`, "content-type": MERGE_PATCH });
  }

  /** What the dealer's forms are called and begin with. */
  async formTexts(): Promise<string[]> {
    const { items } = await this.call<{ items: Form[] }>("GET", "/forms");
    return items.flatMap(({ content: { name, title } }) => [name, title]);
  }

  /** Somebody else edits the form meanwhile. */
  async editForm(id: string, content: Partial<FormContent>): Promise<void> {
    const { version } = await this.form(id);
    await this.call("PATCH", `/forms/${id}`, { content }, { "if-match": `"${version}"`, "content-type": MERGE_PATCH });
  }

  /** Something sent to the form that nobody has opened a page for: it is held. */
  async machineSends(form: Form, name: string, message = "はじめまして"): Promise<void> {
    const answers = { name, phone: "090-1234-5678", message };
    const answer = await fetch(`${this.url}/public/v1/forms/${form.key}/submissions`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": this.address() },
      body: JSON.stringify({ answers, consent: true }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }

  /** How many submissions wait for a person. */
  async held(): Promise<number> {
    return (await this.call<{ held: number }>("GET", "/form-submission-counts")).held;
  }

  /** Somebody else dismisses what was held: what came in this name, or everything. */
  async dismissHeld(name?: string): Promise<void> {
    type Held = { id: string; answers: { name?: string } };
    const { items } = await this.call<{ items: Held[] }>("GET", "/form-submissions?state=held&limit=200");
    const meant = items.filter(({ answers }) => name === undefined || answers.name === name);
    for (const { id } of meant) await this.call("POST", `/form-submissions/${id}/dismiss`, {});
  }

  /** Which form the newest inquiry of a lead came by. */
  async inquiryVia(lead: string): Promise<unknown> {
    const { items } = await this.call<{ items: { event: { kind: string; via?: unknown } }[] }>(
      "GET",
      `/leads/${lead}/timeline`,
    );
    return items.find(({ event }) => event.kind === "inquiry")?.event.via;
  }

  /** An address that has sent nothing yet, as the proxy tells it: one address may send ten times a minute. */
  address(): string {
    this.addresses += 1;
    return `10.0.${this.addresses >> 8}.${this.addresses & 255}`;
  }

  async stores(): Promise<Store[]> {
    return (await this.call<{ items: Store[] }>("GET", "/stores")).items;
  }

  /** A new person at the dealer's first store. Nobody else is called so. */
  async newPerson(role: Account["role"] = "salesperson", known: Partial<NewPerson> = {}): Promise<NewPerson> {
    const store = (await this.stores())[0];
    if (store === undefined) throw new Error("the dealer has no stores");
    const person = { ...this.somebody(), role, ...known };
    const { name, kana, code, mail } = person;
    const profile = { name, kana, code, mail, role, store_ids: [store.id] };
    const { id } = await this.call<Person>("POST", "/staff", { profile });
    this.staff = undefined;
    return { ...person, id, store };
  }

  /** A new person who has chosen their password. */
  async joined(role: Account["role"] = "salesperson", known: Partial<NewPerson> = {}): Promise<Account> {
    const person = await this.newPerson(role, known);
    const { code } = await this.invite(person.id);
    await this.call("POST", "/auth/join", { code, password: person.password });
    return person;
  }

  /** What is to be known of somebody who does not work here yet. */
  somebody() {
    const tag = randomUUID().slice(0, 8);
    const digits = tag.replace(/./g, (letter) => "一二三四五六七八九十百千万太郎次"[parseInt(letter, 16)] ?? "");
    const kana = "アラタ カオ";
    return { name: `新田 ${digits}`, kana, code: `T${tag}`, mail: `${tag}@noren.example`, password: `umi ${tag} hayashi 47` };
  }

  async person(id: string): Promise<Person> {
    return this.call<Person>("GET", `/staff/${id}`);
  }

  /** Somebody else edits the person meanwhile. */
  async editPerson(id: string, profile: Record<string, unknown>): Promise<void> {
    const { version } = await this.person(id);
    await this.call("PATCH", `/staff/${id}`, { profile }, { "if-match": `"${version}"`, "content-type": MERGE_PATCH });
    this.staff = undefined;
  }

  /** A new key of an integrator, for the dealer's first store. */
  async newApiClient(profile: Record<string, unknown> = {}): Promise<{ id: string; name: string; key: string }> {
    const [store] = await this.stores();
    const name = `連携 ${randomUUID().slice(0, 8)}`;
    const expires_at = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const usual = { name, scopes: ["leads.create", "stores.read"], store_ids: [store?.id], expires_at };
    type Issued = { client: { id: string; profile: { name: string } }; key: string };
    const { client, key } = await this.call<Issued>("POST", "/api-clients", { profile: { ...usual, ...profile } });
    return { id: client.id, name: client.profile.name, key };
  }

  /** Another administrator edits the key meanwhile. */
  async editApiClient(id: string, profile: Record<string, unknown>): Promise<void> {
    const path = `/api-clients/${id}`;
    const { version } = await this.call<{ version: number }>("GET", path);
    await this.call("PATCH", path, { profile }, { "if-match": `"${version}"`, "content-type": MERGE_PATCH });
  }

  async invite(id: string): Promise<{ code: string; url: string }> {
    return this.call("POST", `/staff/${id}/invitations`, {});
  }

  async inviteByMail(id: string): Promise<void> {
    await this.call("POST", `/staff/${id}/invitation-mails`, {});
  }

  /** What kinds of looks at a lead are recorded. */
  async looksAt(lead: string): Promise<string[]> {
    const page = await this.call<{ items: { kind: string }[] }>("GET", `/access-events?subject_id=${lead}`);
    return page.items.map(({ kind }) => kind);
  }

  /** How many cars the stock has for sale, as far as they have come. */
  async carsForSale(): Promise<number> {
    return (await this.call<{ all: number }>("GET", "/vehicle-overview")).all;
  }

  async cars(query: string): Promise<Car[]> {
    return (await this.call<{ items: Car[] }>("GET", `/vehicles?${query}`)).items;
  }

  async car(number: string): Promise<{ hold: object | null; origin: { freshness: string } }> {
    return this.call("GET", `/vehicles/${number}`);
  }

  /** A lead wants a car. */
  async wants(lead: string, number: string): Promise<void> {
    await this.call("PUT", `/leads/${lead}/wanted-vehicles/${number}`);
  }

  async customers(query: string): Promise<Customer[]> {
    return (await this.call<{ items: Customer[] }>("GET", `/customers?${query}`)).items;
  }

  /** The customers of somebody's own store. */
  async customersOf(of: Account, query: string): Promise<Customer[]> {
    const store = (await this.colleagues()).find((staff) => staff.name === of.name)?.store_ids[0];
    return (await this.customers(query)).filter(({ store_id }) => store_id === store);
  }

  async lead(id: string): Promise<Lead> {
    return this.call<Lead>("GET", `/leads/${id}`);
  }

  /** The names of the leads that a search finds. */
  async named(words: string): Promise<(string | null)[]> {
    const query = new URLSearchParams({ q: words });
    const page = await this.call<{ items: { name: string | null }[] }>("GET", `/leads?${query}`);
    return page.items.map(({ name }) => name);
  }

  /** Of all leads of the dealer. */
  async oldestLead(): Promise<{ id: string }> {
    const page = await this.call<{ items: { id: string }[] }>("GET", "/leads?sort=oldest&limit=1");
    const [oldest] = page.items;
    if (oldest === undefined) throw new Error("the dealer has no leads");
    return oldest;
  }

  /** The people, the stores and the tags, as the data calls them. */
  async names(): Promise<string[]> {
    const of = (path: string) => this.call<{ items: { name: string }[] }>("GET", path);
    const [stores, tags] = [await of("/stores"), await of("/tags")];
    return [...(await this.colleagues()), ...stores.items, ...tags.items].map(({ name }) => name);
  }

  /** How the people are read. */
  async kanas(): Promise<string[]> {
    return (await this.colleagues()).map(({ kana }) => kana);
  }

  private async colleagues(): Promise<readonly StaffMember[]> {
    this.staff ??= (await this.call<{ items: StaffMember[] }>("GET", "/staff")).items;
    return this.staff;
  }

  private async call<T>(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<T> {
    const headers: Record<string, string> = { authorization: `Bearer ${await this.freshToken()}` };
    if (body !== undefined) {
      headers["content-type"] = "application/json";
      headers["idempotency-key"] = randomUUID();
    }
    return this.send<T>(method, path, { ...headers, ...more }, body);
  }

  private async freshToken(): Promise<string> {
    if (this.token === undefined || this.token.until < Date.now()) {
      const { mail, password } = this.someone("administrator");
      const headers = { "content-type": "application/json", "x-noren": "1" };
      const signedIn = await this.send<{ access_token: string }>("POST", "/auth/login", headers, { mail, password });
      this.token = { value: signedIn.access_token, until: Date.now() + TOKEN_MS };
    }
    return this.token.value;
  }

  private async send<T>(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
