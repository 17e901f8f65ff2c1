/** Members for archives, and what comes of them. */
import type { Member, MemberHeader, PackedMember, TarEntry } from "../../src/index.ts";

const NOTHING: Omit<MemberHeader, "name" | "type"> = {
  size: 0,
  mode: 0o644,
  modified: 1_700_000_000_000_000_000n,
  link: "",
  owner: 0,
  group: 0,
};

export function file(name: string, content: string | Uint8Array, more: Partial<PackedMember> = {}): PackedMember {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    ...NOTHING,
    name,
    type: "file",
    size: bytes.length,
    content: async function* () {
      yield bytes;
    },
    ...more,
  };
}

export function special(name: string, type: MemberHeader["type"], more: Partial<PackedMember> = {}): PackedMember {
  return { ...NOTHING, name, type, ...more };
}

export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece.slice());
  return new Uint8Array(Buffer.concat(parts));
}

export async function* chunksOf(bytes: Uint8Array, length = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** Members by name, with their content as text. */
export async function read(entries: AsyncIterable<TarEntry>): Promise<{ member: Member; text: string }[]> {
  const all: { member: Member; text: string }[] = [];
  for await (const { member, content } of entries) {
    all.push({ member, text: Buffer.from(await joined(content)).toString("latin1") });
  }
  return all;
}

/** What was packed, without how. */
export function headerOf({ content: _, ...header }: PackedMember): MemberHeader {
  return header;
}
