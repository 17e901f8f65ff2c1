import { PithError } from "@pith/core";
import { characters, isCharacters, openCharacters } from "./characters/index.ts";
import { deflate, openGzip, openZlib } from "./deflate/index.ts";
import { base64, hex, nextDigits } from "./digits/index.ts";
import type { Found, Kind, Member, OpeningTools } from "./kind.ts";
import { isoMembers } from "./iso/index.ts";
import { openPng, png } from "./png/index.ts";
import { rows } from "./rows/index.ts";
import { tarMembers } from "./tar/index.ts";
import { openZipDirectory, zipDirectory } from "./zip/directory.ts";
import { openZipMember, zipMember } from "./zip/index.ts";

/** Every kind that is taken apart: who adds one adds it here. */
const OPENED_KINDS: readonly Kind[] = [deflate, png, rows, zipMember, zipDirectory, characters, base64, hex];

/** What begins with certain bytes, and how it is opened. */
interface Signature {
  /** In what opened blocks say of themselves; for people. */
  readonly name: string;
  readonly first: readonly number[];
  /** Whether it is worth a try, by a look at a few bytes. */
  mayBe?(content: Uint8Array, at: number): boolean;
  open(content: Uint8Array, at: number, tools: OpeningTools): Found | undefined;
}

/** What content may be from its start to its end. */
interface Whole {
  /** By a look at a few places. */
  mayBe(content: Uint8Array): boolean;
  open(content: Uint8Array): Found | undefined;
}

export const WHOLES: readonly Whole[] = [{ mayBe: isCharacters, open: openCharacters }];

/** Archives whose members lie in them as they are, in order; each gives none where content is none such. */
export const ARCHIVES: readonly ((content: Uint8Array) => Member[])[] = [tarMembers, isoMembers];

/** What is found by other means than its beginning: each gives the first from a place on. */
export const SEARCHES: readonly ((content: Uint8Array, from: number) => Found | undefined)[] = [nextDigits];

/** Every beginning that is looked for in content. */
export const SIGNATURES: readonly Signature[] = [
  { name: "gzip", first: [0x1f, 0x8b, 0x08], open: openGzip },
  { name: "zip", first: [0x50, 0x4b, 0x03, 0x04], open: openZipMember },
  { name: "zip", first: [0x50, 0x4b, 0x01, 0x02], open: openZipDirectory },
  { name: "png", first: [0x89, 0x50, 0x4e, 0x47], open: openPng },
  ...[0x01, 0x5e, 0x9c, 0xda].map((flags) => ({ name: "zlib", first: [0x78, flags], open: openZlib })),
  // Smaller windows, as they stand in PDF: by themselves such bytes are too common.
  { name: "zlib", first: [0x48, 0x89], mayBe: isBehindStream, open: openZlib },
  { name: "zlib", first: [0x68, 0xde], mayBe: isBehindStream, open: openZlib },
  { name: "zlib", first: [0x58, 0x85], mayBe: isBehindStream, open: openZlib },
];

const LF = 0x0a;

/** Whether the word of PDF comes before a place. */
function isBehindStream(content: Uint8Array, at: number): boolean {
  return at >= 7 && content[at - 1] === LF && (content[at - 2] === 0x6d || content[at - 3] === 0x6d);
}

/** @throws PithError `unknown-method` */
export function kindById(id: number): Kind {
  const kind = OPENED_KINDS.find((known) => known.id === id);
  if (kind !== undefined) return kind;
  throw new PithError("unknown-method", "this program does not know what a block was taken apart as", {
    expected: `a kind of ${OPENED_KINDS.map((known) => known.id).join(", ")}`,
    got: `kind ${id}`,
  });
}
