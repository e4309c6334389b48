/** The mails that a server has put into its folder, read as their receivers read them. */

import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "@playwright/test";

export interface Mail {
  readonly subject: string;
  readonly text: string;
  /** The link in it that begins with an address of the server. */
  readonly link: string;
}

export class Mailbox {
  private readonly folder: string;

  constructor(data: string) {
    this.folder = Mailbox.of(data);
  }

  static of(data: string): string {
    return join(data, "mail");
  }

  /** The newest mail to an address, once there are so many. */
  async newest(address: string, count = 1): Promise<Mail> {
    let mails: string[] = [];
    const arrived = async () => {
      mails = (await this.all()).filter((mail) => header(mail, "To").includes(address));
      return mails.length;
    };
    await expect.poll(arrived, { message: `mails to ${address}` }).toBe(count);
    return read(mails.at(-1) ?? "");
  }

  /** The oldest first: the names of the files begin with the time. */
  private async all(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    const mails = names.filter((name) => name.endsWith(".eml")).toSorted();
    return Promise.all(mails.map((name) => readFile(join(this.folder, name), "utf8")));
  }

  /** Nothing can be put into the folder; what gives it back is answered. */
  async shut(): Promise<() => Promise<void>> {
    const away = `${this.folder}.away`;
    const was = await rename(this.folder, away).then(
      () => true,
      () => false,
    );
    await writeFile(this.folder, "no folder");
    return async () => {
      await rm(this.folder);
      if (was) await rename(away, this.folder);
    };
  }
}

function header(mail: string, name: string): string {
  const head = mail.slice(0, mail.indexOf("\r\n\r\n")).replaceAll(/\r\n[ \t]/g, " ");
  return head.split("\r\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
}

function read(mail: string): Mail {
  const body = mail.slice(mail.indexOf("\r\n\r\n") + 4);
  const encoding = header(mail, "Content-Transfer-Encoding");
  const text = encoding === "base64" ? Buffer.from(body, "base64").toString("utf8") : unquoted(body);
  const words = header(mail, "Subject").replaceAll(/\?= =\?/g, "?==?");
  const subject = words.replaceAll(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, word: string) => `${word} `);
  const decoded = subject.split(" ").map((word) => Buffer.from(word, "base64"));
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? "";
  return { subject: words === subject ? words : Buffer.concat(decoded).toString("utf8"), text, link };
}

function unquoted(body: string): string {
  const bytes = body.replaceAll("=\r\n", "").replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
