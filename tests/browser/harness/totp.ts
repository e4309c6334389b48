/** An authenticator app (RFC 6238). */

import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

function bytesOf(base32: string): Buffer {
  const letters = [...base32.replaceAll(" ", "")];
  const bits = letters.map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

export class AuthenticatorApp {
  private readonly secret: Buffer;
  private spent = -1;

  constructor(secret: string) {
    this.secret = bytesOf(secret);
  }

  /** A code that was not used yet. A server takes each once, so the second one waits for its half minute. */
  async code(): Promise<string> {
    while (this.step() === this.spent) await new Promise((next) => setTimeout(next, 250));
    this.spent = this.step();
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(this.spent));
    const hash = createHmac("sha1", this.secret).update(counter).digest();
    const offset = (hash.at(-1) ?? 0) & 0xf;
    return ((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
  }

  /** Never at the very end of a step: what is typed then comes too late. */
  private step(): number {
    const now = Date.now();
    const step = Math.floor(now / STEP_MS);
    return STEP_MS - (now % STEP_MS) < 4_000 ? this.spent : step;
  }
}
