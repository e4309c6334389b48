/** A server of one worker's own: a data folder of its own, a free port. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { Mailbox } from "./mailbox.ts";

const READY_WITHIN_MS = 60_000;

function binary(): string {
  const root = process.env["NOREN_ROOT"] ?? resolve(import.meta.dirname, "../../..");
  return process.env["NOREN_BINARY"] ?? join(root, "target/debug/noren");
}

/** The environment of the server: every `NOREN_…` of ours would be an unknown setting to it. */
function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("NOREN_"));
  return { ...Object.fromEntries(inherited), ...settings };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

/** Puts the demo dealer into an empty data folder. */
export async function seed(folder: string): Promise<void> {
  const env = environment({ NOREN_DATA_DIR: folder });
  const code = await exitCode(spawn(binary(), ["seed", "--demo"], { cwd: folder, env, stdio: "ignore" }));
  if (code !== 0) throw new Error(`seed ended with ${code}`);
}

/** What is set otherwise than for most journeys. `host` is the name by which the server is reached: passkeys want one. */
export type Settings = Partial<Record<"host" | `NOREN_${string}`, string>>;

export class Server {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly log: string[],
    /** What answers when it serves: beside TLS the plain listener has no more than a sign of life. */
    private readonly sign: "/readyz" | "/healthz",
  ) {}

  /** Serves a data folder; resolves when it is ready, and has written what it was to write. */
  static async start(folder: string, writes?: string, settings: Settings = {}): Promise<Server> {
    return Server.run(folder, settings, writes);
  }

  /**
   * Serves it over TLS as well, by a local authority, to a browser that finds this machine by the name `host`; the address
   * is that of the plain listener.
   */
  static async startWithTls(folder: string, host: string): Promise<{ server: Server; address: string }> {
    const port = await freePort();
    const plain = `127.0.0.1:${await freePort()}`;
    const address = `https://${host}:${port}`;
    const settings = {
      NOREN_TLS: "local",
      NOREN_LISTEN: `127.0.0.1:${port}`,
      NOREN_HTTP_LISTEN: plain,
      NOREN_BASE_URL: address,
      // Nobody is to be served on the plain listener for another.
      NOREN_TRUSTED_PROXIES: "",
    };
    return { server: await Server.run(folder, settings, undefined, plain), address };
  }

  private static async run(
    folder: string,
    { host = "127.0.0.1", ...settings }: Settings,
    writes?: string,
    plain?: string,
  ): Promise<Server> {
    const address = plain ?? `127.0.0.1:${await freePort()}`;
    const url = `http://${host}:${address.split(":")[1]}`;
    const child = spawn(binary(), ["serve"], {
      cwd: folder,
      env: environment({
        NOREN_DATA_DIR: folder,
        NOREN_LISTEN: address,
        NOREN_MAIL_FOLDER: Mailbox.of(folder),
        NOREN_BASE_URL: url,
        NOREN_STAFF_PER_MINUTE: "6000",
        NOREN_LOGINS_PER_ADDRESS: "10000",
        NOREN_DRAIN_SECONDS: "0",
        // Journeys that are about second factors say so.
        NOREN_SECOND_FACTOR: "optional",
        // Journeys say themselves from which address the public comes.
        NOREN_TRUSTED_PROXIES: "127.0.0.1",
        ...settings,
      }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log: string[] = [];
    const written = new Promise<void>((written) => {
      if (writes === undefined) written();
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
          log.push(line);
          if (writes !== undefined && line.includes(writes)) written();
        });
      }
    });
    const server = new Server(url, child, log, plain === undefined ? "/readyz" : "/healthz");
    const ready = server.answers().then(() => written);
    const died = once(child, "exit").then(() => Promise.reject(new Error("it ended")));
    const late = AbortSignal.timeout(READY_WITHIN_MS);
    const timeout = once(late, "abort").then(() => Promise.reject(new Error("it was not ready in time")));
    try {
      await Promise.race([ready, died, timeout]);
    } catch (error) {
      child.kill("SIGKILL");
      throw new Error(`the server did not start: ${String(error)}\n${log.join("\n")}`);
    } finally {
      // What lost the race must not be reported later.
      died.catch(() => undefined);
      timeout.catch(() => undefined);
    }
    return server;
  }

  private async answers(): Promise<void> {
    while (this.child.exitCode === null) {
      const answer = await fetch(`${this.url}${this.sign}`, { redirect: "manual" }).catch(() => undefined);
      if (answer?.ok === true) return;
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  /** What the server has written, the first line with these words in it. */
  wrote(words: string): string | undefined {
    return this.log.find((line) => line.includes(words));
  }

  async stop(): Promise<void> {
    const alive = this.child.exitCode === null && this.child.signalCode === null;
    this.child.kill("SIGTERM");
    const code = await exitCode(this.child);
    if (!alive || code !== 0) throw new Error(`the server ended with ${code}\n${this.log.slice(-40).join("\n")}`);
  }
}
