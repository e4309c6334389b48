/** CP932, in which old systems write. Browsers and Node only read it, so what is read is turned around. */

let bytesOf: Map<string, readonly number[]> | undefined;

function table(): Map<string, readonly number[]> {
  const decoder = new TextDecoder("shift_jis", { fatal: true });
  const found = new Map<string, readonly number[]>();
  const keep = (...bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !found.has(text)) found.set(text, bytes);
    } catch {
      // No character has these bytes.
    }
  };
  for (let one = 0; one < 0x80; one += 1) keep(one);
  for (let one = 0xa1; one <= 0xdf; one += 1) keep(one);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead >= 0xa0 && lead < 0xe0) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) keep(lead, trail);
  }
  return found;
}

export function cp932(text: string): Buffer {
  bytesOf ??= table();
  const bytes = [...text].flatMap((character) => {
    const known = bytesOf?.get(character);
    if (known === undefined) throw new Error(`${character} is not in CP932`);
    return known;
  });
  return Buffer.from(bytes);
}
