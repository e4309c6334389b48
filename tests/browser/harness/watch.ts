/** Sees what a person would not: errors in the console, violations of the content policy, and what axe finds. */

import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, type ConsoleMessage, expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/** Chromium itself writes every refused request into the console; these are part of the journeys. */
interface Expected {
  readonly text: RegExp;
  readonly address: RegExp;
  readonly reason: string;
}

const ALWAYS: readonly Expected[] = [
  {
    text: /status of 401/,
    address: /\/api\/v1\/auth\/refresh$/,
    reason: "the app asks by its cookie who is signed in, and nobody is",
  },
];

export class Watch {
  private readonly seen: string[] = [];
  private readonly expected: Expected[] = [...ALWAYS];

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

  /** A refused request that this journey brings about. */
  expects(expected: Expected): void {
    this.expected.push(expected);
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

/** No violation of WCAG 2.2 AA that is serious or critical. */
export async function audit(page: Page): Promise<void> {
  // Contrast is judged when nothing fades any more.
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const grave = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`));
  expect(grave, `accessibility of ${new URL(page.url()).pathname}`).toEqual([]);
}
