/** A server of one worker's own: a fresh folder, the demo dealer in it, a free port. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

export interface Account {
  readonly mail: string;
  readonly password: string;
  readonly name: string;
  readonly role: "administrator" | "manager" | "salesperson";
}

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

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

export class Server {
  private constructor(
    readonly url: string,
    readonly accounts: readonly Account[],
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly log: string[],
  ) {}

  static async start(): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "noren-browser-"));
    const settings = { NOREN_DATA_DIR: folder };
    const seed = spawn(binary(), ["seed", "--demo"], { cwd: folder, env: environment(settings), stdio: "ignore" });
    const seeded = await exitCode(seed);
    if (seeded !== 0) throw new Error(`seed ended with ${seeded}`);
    const accounts = JSON.parse(await readFile(join(folder, "demo-accounts.json"), "utf8")) as Account[];

    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(binary(), ["serve"], {
      cwd: folder,
      env: environment({
        ...settings,
        NOREN_LISTEN: address,
        NOREN_STAFF_PER_MINUTE: "6000",
        NOREN_LOGINS_PER_ADDRESS: "10000",
        NOREN_DRAIN_SECONDS: "0",
      }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log: string[] = [];
    const postalCodes = new Promise<void>((loaded) => {
      for (const stream of [child.stdout, child.stderr]) {
        if (stream === null) continue;
        createInterface({ input: stream }).on("line", (line) => {
          log.push(line);
          if (line.includes("postal_codes.loaded")) loaded();
        });
      }
    });
    const server = new Server(`http://${address}`, accounts, folder, child, log);
    const ready = server.answers().then(() => postalCodes);
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
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok === true) return;
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  async stop(): Promise<void> {
    const alive = this.child.exitCode === null && this.child.signalCode === null;
    this.child.kill("SIGTERM");
    const code = await exitCode(this.child);
    await rm(this.folder, { recursive: true, force: true });
    if (!alive || code !== 0) throw new Error(`the server ended with ${code}\n${this.log.slice(-40).join("\n")}`);
  }
}
