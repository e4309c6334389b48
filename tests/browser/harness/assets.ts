/** Every test begins with an empty browser. What the server serves as immutable is fetched once per worker. */

import type { BrowserContext } from "@playwright/test";

interface Asset {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export class Assets {
  private readonly kept = new Map<string, Asset>();

  async serve(context: BrowserContext): Promise<void> {
    await context.route(/\/assets\//, async (route) => {
      const url = route.request().url();
      const kept = this.kept.get(url);
      if (kept !== undefined) return route.fulfill(kept);
      const response = await route.fetch();
      // The body comes decoded.
      const { "content-encoding": _encoding, "content-length": _length, ...headers } = response.headers();
      const asset = { status: response.status(), headers, body: await response.body() };
      if (headers["cache-control"]?.includes("immutable") === true) this.kept.set(url, asset);
      return route.fulfill(asset);
    });
  }
}
