/** The demo dealer with the postal codes: made once per run, copied for every worker. */

import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { seed, Server } from "./server.ts";

export interface Account {
  readonly mail: string;
  readonly password: string;
  readonly name: string;
  readonly role: "administrator" | "manager" | "salesperson";
}

/** Where the workers find what the run has made. */
const MADE = "NOREN_DEMO";

const newFolder = () => mkdtemp(join(tmpdir(), "noren-browser-"));
const remove = (folder: string) => rm(folder, { recursive: true, force: true });

/** Playwright calls it before the first worker, and what it returns after the last. */
export default async function make(): Promise<() => Promise<void>> {
  const folder = await newFolder();
  await seed(folder);
  const server = await Server.start(folder, "postal_codes.loaded");
  await server.stop();
  process.env[MADE] = folder;
  return () => remove(folder);
}

/** A data folder of one's own. */
export class Demo {
  private constructor(
    readonly folder: string,
    readonly accounts: readonly Account[],
  ) {}

  static async copy(): Promise<Demo> {
    const made = process.env[MADE];
    if (made === undefined) throw new Error("nothing was made before the workers");
    const folder = await newFolder();
    await cp(made, folder, { recursive: true });
    const accounts = JSON.parse(await readFile(join(folder, "demo-accounts.json"), "utf8")) as Account[];
    return new Demo(folder, accounts);
  }

  /** A house in which nobody works yet; its postal codes are there. */
  static async empty(): Promise<{ server: Server; close: () => Promise<void> }> {
    const folder = await newFolder();
    const server = await Server.start(folder, "postal_codes.loaded");
    return {
      server,
      close: async () => {
        await server.stop();
        await remove(folder);
      },
    };
  }

  async remove(): Promise<void> {
    await remove(this.folder);
  }
}
