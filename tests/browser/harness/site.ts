/** A site of somebody else: another origin than the server's, with one page. */

import { once } from "node:events";
import { createServer, type Server } from "node:http";

export class Site {
  /** What stands in the body of its page. */
  body = "";

  private constructor(
    readonly origin: string,
    private readonly server: Server,
  ) {}

  /** By the name `localhost` it is another site to the browser than the server, which is called by its number. */
  static async open(): Promise<Site> {
    const server = createServer((_, answer) => {
      const page = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>お店</title><h1>お店</h1>${site.body}</html>`;
      answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
    });
    server.listen(0, "localhost");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const site = new Site(`http://localhost:${address.port}`, server);
    return site;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
