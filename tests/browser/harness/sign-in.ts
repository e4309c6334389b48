/** Signing in without the sign-in page, which has journeys of its own. */

import type { BrowserContext } from "@playwright/test";

import type { Account } from "./demo.ts";

/** The context holds the session's cookie afterwards, as after the page. */
export async function signIn(context: BrowserContext, url: string, { mail, password }: Account): Promise<void> {
  const answer = await context.request.post(`${url}/api/v1/auth/login`, {
    headers: { origin: url, "x-noren": "1" },
    data: { mail, password },
  });
  if (!answer.ok()) throw new Error(`${mail} could not sign in: ${answer.status()} ${await answer.text()}`);
}
