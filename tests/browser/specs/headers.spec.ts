import type { Response } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { NOBODY_YET } from "../harness/watch.ts";
import { SignInPage } from "../pages/sign-in.ts";

/** Directive by directive, in no order: whatever is not named here is not allowed. */
const POLICY = [
  "base-uri 'none'",
  "connect-src 'self'",
  "default-src 'none'",
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "img-src 'self' blob: data:",
  "manifest-src 'self'",
  "object-src 'none'",
  "report-to csp",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "worker-src 'self'",
];

test("the page is asked for anew each time and allows nothing from elsewhere", ANY_SIZE, async ({ page, request, watch }) => {
  watch.expects(NOBODY_YET);
  await new SignInPage(page).open();
  for (const address of ["/", "/leads", "/mentions", "/leads/0192f0c1-2345-7abc-8def-0123456789ab/edit", "/nowhere"]) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(200);
    const headers = answer.headers();
    expect(headers["content-type"], address).toBe("text/html; charset=utf-8");
    expect(headers["cache-control"], address).toBe("no-cache");
    const policy = (headers["content-security-policy"] ?? "").split(";").map((directive) => directive.trim());
    expect(policy.toSorted(), address).toEqual(POLICY);
    expect(headers, address).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
    });
  }
  // A worker or a manifest that were kept would keep an old version alive.
  for (const address of ["/sw.js", "/manifest.webmanifest"]) {
    const answer = await request.get(address);
    expect([answer.status(), answer.headers()["cache-control"]], address).toEqual([200, "no-cache"]);
  }
});

test("what the page loads is compressed with Brotli and kept for ever", ANY_SIZE, async ({ page, request, watch }) => {
  watch.expects(NOBODY_YET);
  const loaded: Response[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.startsWith("/assets/")) loaded.push(response);
  });
  await new SignInPage(page).open();
  const kinds = new Set(loaded.map((response) => response.headers()["content-type"]?.split(";")[0]));
  expect([...kinds]).toEqual(expect.arrayContaining(["application/wasm", "text/css", "text/javascript"]));
  for (const response of loaded) {
    const { pathname } = new URL(response.url());
    const headers = response.headers();
    expect(headers["cache-control"], pathname).toBe("public, max-age=31536000, immutable");
    expect(headers["vary"], pathname).toContain("accept-encoding");
    if (/\.(js|css|wasm|svg)$/.test(pathname)) expect(headers["content-encoding"], pathname).toBe("br");
    const plain = await request.get(pathname, { headers: { "accept-encoding": "identity" } });
    expect(plain.headers()["content-encoding"] ?? "identity", pathname).toBe("identity");
    expect((await plain.body()).equals(await response.body()), `${pathname} says the same uncompressed`).toBe(true);
  }
  expect((await request.get("/assets/of-another-version.js")).status()).toBe(404);
});

test("a script that was slipped into the page does not run", ANY_SIZE, async ({ page, watch }) => {
  watch.expects(NOBODY_YET);
  watch.expects({ text: /content policy|Content Security Policy/i, address: /^/, reason: "it is refused" });
  await new SignInPage(page).open();
  const ran = await page.evaluate(async () => {
    const refused = new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (violation) => resolve(violation.effectiveDirective));
    });
    const script = document.createElement("script");
    script.textContent = "document.title = 'slipped in'";
    document.body.append(script);
    return [await refused, document.title];
  });
  expect(ran).toEqual(["script-src-elem", expect.not.stringContaining("slipped in")]);
});
