/** Archives, and such as nobody who means well makes. */
import { packArchive } from "@pith/archive";
import { compress, decompress } from "@pith/codec";

interface NamedContent {
  readonly name: string;
  readonly content: Buffer;
}

/** Bytes of the last frame, and where in its content the lengths stand: of the frames with the tar and with the index, of the tar. */
const LOCATOR = 44;
const LENGTHS_AT = 8;

/** An archive of files, stored, so that its length follows from theirs. */
export async function packed(...files: readonly NamedContent[]): Promise<Buffer> {
  const members = files.map(({ name, content }) => ({
    ...{ name, type: "file" as const, size: content.length, mode: 0o644, modified: 0n, link: "", owner: 0, group: 0 },
    async *content(): AsyncGenerator<Uint8Array> {
      yield content;
    },
  }));
  const parts: Uint8Array[] = [];
  for await (const part of packArchive(members, { method: "stored", threads: 0 })) parts.push(part);
  return Buffer.concat(parts);
}

/** One whose members have names that lead out of where they are put; one of them, `inside`, does not. */
export async function leadingOut(): Promise<Buffer> {
  const names = ["../../evil.sh", "/etc/passwd", "inside/../../up", "a\\\\b", "inside/harmless.txt"];
  return await packed(...names.map((name) => ({ name, content: Buffer.from(name) })));
}

/** The tar of one archive with the index of another; both are of the same length. */
export async function withIndexOf(tar: Buffer, other: Buffer): Promise<Buffer> {
  const { tarFrames } = await layoutOf(tar);
  return Buffer.concat([tar.subarray(0, tarFrames), other.subarray(tarFrames)]);
}

/** An archive of one file, of 2^21 to 2^28 − 1 bytes, whose index says that it has `size` of them. */
export async function claiming(archive: Buffer, size: number): Promise<Buffer> {
  const { tarFrames, indexFrames, tarLength } = await layoutOf(archive);
  const index = Buffer.from(await decompress(archive.subarray(tarFrames, tarFrames + indexFrames), { threads: 0 }));
  const before = tarLength - 1024;
  const at = index.indexOf(Buffer.from(varint(2 ** 21)));
  index.set(varint(size), at);
  const coded = await compress(index, { level: 2, threads: 0 });
  const content = Buffer.alloc(32);
  content.write("\0pithidx", "latin1");
  const claimed = before - 2 ** 21 + Math.ceil(size / 512) * 512 + 1024;
  [tarFrames, coded.length, claimed].forEach((length, i) =>
    content.writeBigUInt64LE(BigInt(length), LENGTHS_AT + 8 * i),
  );
  const locator = await compress(content, { method: "stored", threads: 0 });
  return Buffer.concat([archive.subarray(0, tarFrames), coded, locator]);
}

async function layoutOf(archive: Buffer): Promise<Record<"tarFrames" | "indexFrames" | "tarLength", number>> {
  const content = Buffer.from(await decompress(archive.subarray(-LOCATOR), { threads: 0 }));
  const [tarFrames, indexFrames, tarLength] = [0, 8, 16].map((at) => Number(content.readBigUInt64LE(LENGTHS_AT + at)));
  return { tarFrames, indexFrames, tarLength };
}

/** Seven bits a byte, the least first. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}
