/** The stand-in for EXTREME, one worker's own: in memory, on a free port, with levers to pull. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { exitCode, freePort, type Settings } from "./server.ts";

const CLIENT = { id: "noren", secret: "a secret of the journeys" };
/** Somebody of the first store, by the code that both systems have. */
const HOLDER = "S003";

function binary(): string {
  const root = process.env["NOREN_ROOT"] ?? resolve(import.meta.dirname, "../../..");
  return process.env["NOREN_EXTREME_SIMULATOR"] ?? join(root, "target/debug/extreme-simulator");
}

export class Extreme {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly log: string[],
  ) {}

  /** Some hundred cars of which every seventh is still there. */
  static async start(vehicles = 300): Promise<Extreme> {
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(binary(), [], {
      env: {
        PATH: process.env["PATH"],
        EXTREME_LISTEN: address,
        EXTREME_CLIENT_ID: CLIENT.id,
        EXTREME_CLIENT_SECRET: CLIENT.secret,
        EXTREME_VEHICLES: String(vehicles),
        EXTREME_CUSTOMERS: "50",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log: string[] = [];
    const extreme = new Extreme(`http://${address}`, child, log);
    const ready = new Promise<void>((ready) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
          log.push(line);
          if (line.includes(address)) ready();
        });
      }
    });
    const died = once(child, "exit").then(() => Promise.reject(new Error(`EXTREME did not start\n${log.join("\n")}`)));
    await Promise.race([ready, died]);
    died.catch(() => undefined);
    return extreme;
  }

  /** What a server is told to find it. Changes are asked for every second. */
  get settings(): Settings {
    return {
      NOREN_EXTREME_URL: `${this.url}/extreme/v1`,
      NOREN_EXTREME_CLIENT_ID: CLIENT.id,
      NOREN_EXTREME_CLIENT_SECRET: CLIENT.secret,
      NOREN_EXTREME_SECONDS: "1",
      NOREN_EXTREME_PER_MINUTE: "10000",
    };
  }

  /** Every request fails from now on; what is answered gives EXTREME back. */
  async breaks(): Promise<() => Promise<void>> {
    await this.control("POST", "/faults", { kind: "error", status: 500 });
    return async () => {
      await this.control("DELETE", "/faults");
    };
  }

  /** Refuses what it is asked to do, until that is taken back. */
  async refuses(operation: string): Promise<() => Promise<void>> {
    await this.control("POST", "/faults", { kind: "error", status: 422, operations: [operation] });
    return async () => {
      await this.control("DELETE", "/faults");
    };
  }

  /** Somebody there holds a car; what is answered lets it go. */
  async hold(number: string, hours = 5): Promise<() => Promise<void>> {
    const { hold_id: id } = (await this.control("POST", `/vehicles/${number}/holds`, { staff_code: HOLDER, hours })) as {
      hold_id: string;
    };
    return async () => {
      await this.control("DELETE", `/holds/${id}`);
    };
  }

  /** The car is sold there. */
  async sell(number: string): Promise<void> {
    await this.control("POST", `/vehicles/${number}`, { status: "contracted" });
  }

  private async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.url}/control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  async stop(): Promise<void> {
    this.child.kill("SIGTERM");
    const code = await exitCode(this.child);
    if (code !== 0) throw new Error(`EXTREME ended with ${code}\n${this.log.slice(-20).join("\n")}`);
  }
}
