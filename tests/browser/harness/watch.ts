/** Sees what a person would not: errors in the console and violations of the content policy. */

import { type BrowserContext, type ConsoleMessage, expect } from "@playwright/test";

/** Chromium itself writes every refused request into the console; these are part of the journeys. */
export interface Expected {
  readonly text: RegExp;
  readonly address: RegExp;
  readonly reason: string;
}

export const NOBODY_YET: Expected = {
  text: /status of 401/,
  address: /\/api\/v1\/auth\/refresh$/,
  reason: "the app asks by its cookie who is signed in, and nobody is",
};

/** Screens ask again when they hear of something, and the end of the session may come before the answer. */
export const LEAVING: Expected = {
  text: /status of 401/,
  address: /\/api\/v1\/(leads|lead-counts|form-submission-counts|me\/mention-counts|events)(\?|$)/,
  reason: "what is on its way when somebody signs out is refused",
};

export class Watch {
  private readonly seen: string[] = [];
  private readonly expected: Expected[] = [];

  /** Watches every page of a context. */
  async over(context: BrowserContext): Promise<void> {
    context.on("console", (message) => this.note(message));
    context.on("weberror", (error) => this.seen.push(`uncaught: ${error.error().message}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (violation) => {
        console.error(`content policy: ${violation.effectiveDirective} ${violation.blockedURI} ${violation.sample}`);
      });
    });
  }

  /** Refused requests that this journey brings about. */
  expects(...expected: Expected[]): void {
    this.expected.push(...expected);
  }

  private note(message: ConsoleMessage): void {
    if (message.type() !== "error") return;
    const address = message.location().url;
    const known = this.expected.some(({ text, address: where }) => text.test(message.text()) && where.test(address));
    if (!known) this.seen.push(`${message.text()} (${address})`);
  }

  nothingAmiss(): void {
    expect(this.seen, "errors in the console").toEqual([]);
  }
}
