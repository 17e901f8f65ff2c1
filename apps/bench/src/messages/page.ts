/** The page of what messages come to. */
import { repeating } from "../report/repeat.ts";

/** Mean bytes of a class's samples. */
export interface MessageRow {
  readonly name: string;
  readonly count: number;
  readonly length: number;
  readonly message: number;
  readonly brotli: number;
  /** Letter pairs, where samples are short enough. */
  readonly pairs: number | undefined;
  /** unishox2, where samples are short. */
  readonly unishox: number | undefined;
  /** zstd -22 with a dictionary of what the prior was made of. */
  readonly zstd: number | undefined;
  /** Messages that are longer than what brotli makes. */
  readonly longer: number;
}

/** What records come to in a store: bytes are means of a record, but for the prior. */
export interface StoreRow {
  readonly name: string;
  readonly count: number;
  readonly length: number;
  /** All of the store, prior and index with it. */
  readonly store: number;
  /** Bytes of its head and prior. */
  readonly prior: number;
  readonly indexBits: number;
  /** Each record by itself. */
  readonly brotli: number;
  /** Each by itself with a dictionary of the first ones, whose bytes are counted, too, compressed. */
  readonly zstd: number | undefined;
  /** All in one stream. */
  readonly zstdStream: number | undefined;
  /** Records a second of processor time. */
  readonly writing: number;
  readonly reading: number;
  /** Seconds of processor time. */
  readonly opening: number;
}

export interface MessageResults {
  readonly format: 1;
  readonly count: number;
  readonly priorSize: number;
  readonly builtIn: readonly MessageRow[];
  readonly own: readonly MessageRow[];
  /** Absent in what was measured before there were stores. */
  readonly stores?: readonly StoreRow[] | undefined;
}

export function toPage({ count, priorSize, builtIn, own, stores = [] }: MessageResults): string {
  return `# Messages

Mean bytes of a sample: as a message of \`@pith/priors\` with the built-in prior, and by brotli -q 11 with the best of its
modes and windows; by unishox2; and by zstd -22 with a dictionary of 110 KiB that it trained on \`english/train\`, without checksum and
length of content. ${count} samples of a kind, fewer where they are long. The built-in prior was made of \`english/train\`
and of what its program writes. Its model and text were chosen by means like these, over the same samples: of other content
it may make a little more.

${repeating(`messages FOLDER --samples ${count}`, "the folder of data")}

| | samples | bytes | message | brotli | × brotli | letter pairs | unishox2 | zstd -D | longer than brotli |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
${builtIn.map((row) => `| ${row.name} | ${row.count} | ${one(row.length)} | ${one(row.message)} | ${one(row.brotli)} | ${(row.message / row.brotli).toFixed(3)} | ${known(row.pairs)} | ${known(row.unishox)} | ${known(row.zstd)} | ${row.longer} |`).join("\n")}

With a prior of one's own, of the first ${priorSize} bytes of each kind; the samples are of the second half. zstd -22 has the same
bytes as its dictionary, and writes neither checksum nor length of content.

| | samples | bytes | message | zstd -D | × zstd | brotli |
|---|--:|--:|--:|--:|--:|--:|
${own.map((row) => `| ${row.name} | ${row.count} | ${one(row.length)} | ${one(row.message)} | ${known(row.zstd)} | ${row.zstd === undefined ? "" : (row.message / row.zstd).toFixed(3)} | ${one(row.brotli)} |`).join("\n")}
${storesPart(stores)}`;
}

function storesPart(stores: readonly StoreRow[]): string {
  if (stores.length === 0) return "";
  return `
Records in a store that keeps a prior of them; bytes a record of all of the store, beside each by itself by brotli -q 11, and by
zstd -22 with a dictionary of the first eighth, whose own bytes, compressed, are shared among them; and beside all in one stream of zstd -22, of
which no record can be read without those before it. Records a second, and seconds to open it, are of processor time.

| | records | bytes | store | prior | index, bits | brotli | zstd -D | zstd, one stream | written a second | read a second | opened in |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
${stores.map((row) => `| ${row.name} | ${row.count} | ${one(row.length)} | ${one(row.store)} | ${row.prior} | ${one(row.indexBits)} | ${one(row.brotli)} | ${known(row.zstd)} | ${known(row.zstdStream)} | ${Math.round(row.writing)} | ${Math.round(row.reading)} | ${row.opening.toFixed(2)} s |`).join("\n")}
`;
}

function known(value: number | undefined): string {
  return value === undefined ? "" : one(value);
}

function one(value: number): string {
  return value.toFixed(1);
}
