/** Signing in without the sign-in page, which has journeys of its own. */

import { randomUUID } from "node:crypto";

import { type BrowserContext, expect } from "@playwright/test";

import type { Account } from "./demo.ts";

interface SignedIn {
  access_token: string;
  me: { mail: string; language: string };
}

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** What is sensitive wants a sign-in of less than ten minutes, and no journey takes two. */
const FRESH_MS = 480_000;

/**
 * The sessions of one worker's journeys. A journey leaves its session to the next one of the same person: there are more
 * journeys than sign-ins that an account has in 15 minutes.
 */
export class Sessions {
  private readonly left = new Map<string, { cookies: Cookies; since: number }>();
  private readonly since = new WeakMap<BrowserContext, number>();

  constructor(private readonly url: string) {}

  /** The context holds the session's cookie afterwards, as after the page. */
  async enter(context: BrowserContext, { mail, password }: Account): Promise<void> {
    const left = this.left.get(mail);
    this.left.delete(mail);
    if (left !== undefined && Date.now() - left.since < FRESH_MS && (await this.goesOn(context, left.cookies, mail))) {
      this.since.set(context, left.since);
      return;
    }
    this.since.set(context, Date.now());
    const answer = await this.post(context, "login", { mail, password });
    if (!answer.ok()) throw new Error(`${mail} could not sign in: ${answer.status()} ${await answer.text()}`);
    await this.speaksJapanese(context, (await answer.json()) as SignedIn);
  }

  /** A journey before may have ended in English, which goes with the person. */
  private async speaksJapanese(context: BrowserContext, { access_token: token, me }: SignedIn): Promise<void> {
    if (me.language === "ja") return;
    const headers = { authorization: `Bearer ${token}` };
    await context.request.put(`${this.url}/api/v1/me/language`, { headers, data: { language: "ja" } });
  }

  /** Whoever has signed out leaves nothing. */
  async leave(context: BrowserContext, { mail }: Account): Promise<void> {
    const cookies = await context.cookies(`${this.url}/api/v1/auth`);
    const since = this.since.get(context);
    if (cookies.length > 0 && since !== undefined) this.left.set(mail, { cookies, since });
  }

  /** An administrator's next journey goes on with a sign-in that is too old for what is sensitive. */
  async age(context: BrowserContext, account: Account): Promise<void> {
    await this.enter(context, account);
    const headers = await this.authorization(context);
    const nobody = `${this.url}/api/v1/api-clients/${randomUUID()}`;
    const asked = async () => (await context.request.delete(nobody, { headers })).status();
    await expect.poll(asked, { intervals: [100], message: "404 while the sign-in is fresh, 403 afterwards" }).toBe(403);
    await this.leave(context, account);
  }

  /** The session of a context ends, as by time or from elsewhere: its pages do not know of it. */
  async end(context: BrowserContext): Promise<void> {
    const headers = await this.authorization(context);
    const ended = await context.request.post(`${this.url}/api/v1/auth/logout`, { headers });
    if (!ended.ok()) throw new Error(`the session did not end: ${ended.status()} ${await ended.text()}`);
  }

  private async authorization(context: BrowserContext): Promise<Record<string, string>> {
    const renewed = await this.post(context, "refresh");
    const { access_token: token } = (await renewed.json()) as SignedIn;
    return { origin: this.url, "x-noren": "1", authorization: `Bearer ${token}` };
  }

  private async goesOn(context: BrowserContext, left: Cookies, mail: string): Promise<boolean> {
    await context.addCookies(left);
    const answer = await this.post(context, "refresh");
    // A journey may have ended its session, or have let somebody else sign in.
    if (answer.ok()) {
      const signedIn = (await answer.json()) as SignedIn;
      await this.speaksJapanese(context, signedIn);
      if (signedIn.me.mail === mail) return true;
    }
    await context.clearCookies();
    return false;
  }

  private post(context: BrowserContext, what: string, data?: object) {
    const headers = { origin: this.url, "x-noren": "1" };
    return context.request.post(`${this.url}/api/v1/auth/${what}`, data === undefined ? { headers } : { headers, data });
  }
}
