/** Several results as one file: a ZIP in which they lie as they are, since they are compressed already. */

/** What is to lie in it. */
export interface ZipMember {
  readonly name: string;
  readonly content: Blob;
}

/** Most bytes of one without the extension for longer ones, and most members. */
const MOST_BYTES = 2 ** 32 - 2;
const MOST_MEMBERS = 2 ** 16 - 2;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Needed to read it: 2.0. */
const VERSION = 20;
/** Names are UTF-8. */
const UTF8 = 1 << 11;
/** Date and time of members: 1 January 1980, the first that there is, so that the same results make the same file. */
const FIRST_DAY = 33;

/** Writes numbers of 2 and 4 bytes, the low byte first. */
class Fields {
  readonly #bytes: number[] = [];

  short(...values: readonly number[]): this {
    for (const value of values) this.#bytes.push(value & 255, value >>> 8);
    return this;
  }

  long(...values: readonly number[]): this {
    for (const value of values) this.short(value & 0xffff, value >>> 16);
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes);
  }
}

/**
 * Makes it, never holding a member in memory.
 *
 * @returns undefined if it would be too long
 */
export async function zipOf(members: readonly ZipMember[]): Promise<Blob | undefined> {
  const total = members.reduce((sum, { content }) => sum + content.size, 0);
  if (total > MOST_BYTES || members.length > MOST_MEMBERS) return undefined;
  const parts: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { name, content } of members) {
    const encoded = new TextEncoder().encode(name);
    const sum = await crc32(content);
    // Version, flags, stored, time, date, sum, both lengths, of the name and of what follows it.
    const facts = (fields: Fields): Fields =>
      fields.short(VERSION, UTF8, 0, 0, FIRST_DAY).long(sum, content.size, content.size).short(encoded.length, 0);
    const local = facts(new Fields().long(LOCAL)).finish();
    parts.push(local, encoded, content);
    const entry = facts(new Fields().long(CENTRAL).short(VERSION)).short(0, 0, 0).long(0, offset);
    directory.push(entry.finish(), encoded);
    offset += local.length + encoded.length + content.size;
  }
  const length = directory.reduce((all, part) => all + part.length, 0);
  const end = new Fields().long(END).short(0, 0, members.length, members.length).long(length, offset).short(0);
  return new Blob([...parts, ...directory, end.finish()], { type: "application/zip" });
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

async function crc32(content: Blob): Promise<number> {
  let sum = 0xffffffff;
  const reader = content.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return ~sum >>> 0;
    for (const byte of value) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  }
}
