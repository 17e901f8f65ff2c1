import type { BlockInfo, FileInfo, OpenedKind, PartInfo } from "@pith/codec";
import { formatBytes, formatCounted } from "../shared/format.ts";
import { fileType } from "./file-types.ts";

/** What a file was found to be, and what was taken apart in it. Lengths are in bytes. */
export interface Found {
  /** By its first bytes: `a PDF`. */
  readonly type: string | undefined;
  /** How most of it is coded. */
  readonly coding: string;
  readonly kinds: readonly OpenedKind[];
  /** JPEGs that have a method of their own inside something else. */
  readonly pictures: { readonly count: number; readonly length: number };
  /** How each part is coded, in the order in which they come; where there is one only, none. */
  readonly parts: readonly FoundPart[];
  /** Parts that are left out of that. */
  readonly more: number;
}

/** A part of a file. Lengths are in bytes. */
interface FoundPart {
  /** How many parts it lies in. */
  readonly depth: number;
  readonly coding: string;
  /** Of what it is, and of what it takes. */
  readonly length: number;
  readonly codedLength: number;
}

/** Parts that are told, at most. */
const MOST_PARTS = 100;

/** Kinds that people know, in the order in which they are told: what is only a frame around them is left out. */
const NAMES: Readonly<Record<string, readonly [one: string, many: string]>> = {
  deflate: ["stream of deflate", "streams of deflate"],
  png: ["PNG image", "PNG images"],
  base64: ["text in base64", "texts in base64"],
  hex: ["hexadecimal text", "hexadecimal texts"],
  characters: ["text of wide letters", "texts of wide letters"],
};

/** What a coding takes content for, by its method, or by method and kind; the words of English come with another. */
const CODINGS: Readonly<Record<string, string | undefined>> = {
  "mix text": "text, by the contexts of its letters",
  "mix binary": "data, by the contexts of its bytes",
  lz: "copies of what came before",
  ppm: "the longest context that came before",
  dna: "nucleotides",
  pairs: "English, by letter pairs",
  neural: "a network that learns as it reads",
  rank: "the ranks of a network",
  jpeg: "a JPEG picture, by its coefficients",
  samples: "pictures or sound, by their samples",
  weights: "model weights, by their values",
  stored: "what cannot be made smaller, stored",
  prior: "messages or records, by what is known beforehand",
  split: "several parts",
};

/** @param head the first bytes of the content */
export function foundIn({ opened, frames }: FileInfo, head: Uint8Array): Found {
  const blocks = frames.flatMap((frame) => frame.blocks);
  const leaves = blocks.flatMap(leavesOf);
  // A block of parts is a frame around them, and nothing that anybody would look for.
  const parts = blocks
    .flatMap((block) => (block.parts.length === 0 ? [block] : block.parts))
    .flatMap((part) => withInner(part));
  const pictures = leaves.filter(({ method }) => method === "jpeg");
  const length = pictures.reduce((sum, { contentLength }) => sum + contentLength, 0);
  return {
    type: fileType(head),
    coding: codingOf(leaves),
    kinds: opened,
    pictures: { count: pictures.length, length },
    parts: leaves.length < 2 ? [] : parts.slice(0, MOST_PARTS),
    more: leaves.length < 2 ? 0 : Math.max(0, parts.length - MOST_PARTS),
  };
}

/** What is not made of parts itself. */
function leavesOf(whole: BlockInfo | PartInfo): (BlockInfo | PartInfo)[] {
  return whole.parts.length === 0 ? [whole] : whole.parts.flatMap(leavesOf);
}

function withInner(part: BlockInfo | PartInfo, depth = 0): FoundPart[] {
  const { contentLength: length, payloadLength: codedLength } = part;
  return [
    { depth, coding: nameOfCoding(part), length, codedLength },
    ...part.parts.flatMap((inner) => withInner(inner, depth + 1)),
  ];
}

interface Coded {
  readonly method: string;
  readonly kind: string | undefined;
  readonly transforms: readonly string[];
  readonly contentLength: number;
}

function nameOfCoding({ method, kind, transforms }: Coded): string {
  if (transforms.includes("words")) return "English, by its words";
  return CODINGS[`${method} ${kind ?? ""}`] ?? CODINGS[method] ?? method;
}

/** How most of some parts is coded; empty where there is nothing. */
function codingOf(parts: readonly Coded[]): string {
  const lengths = new Map<string, number>();
  for (const part of parts) {
    const name = nameOfCoding(part);
    lengths.set(name, (lengths.get(name) ?? 0) + part.contentLength);
  }
  const [most] = [...lengths].sort(([, a], [, b]) => b - a);
  return lengths.size === 0 ? "" : most[0];
}

/**
 * `a PDF: 91 streams of deflate opened (362 kB, 1.11 MB inside), 2 JPEGs (240 kB)`; where nothing is opened, what it is taken
 * for: `taken for English, by its words`. Empty of nothing.
 */
export function foundText({ type, coding, kinds, pictures }: Found): string {
  const found = Object.entries(NAMES).flatMap(([name, [one, many]]) =>
    kinds
      .filter(({ kind }) => kind === name)
      .map(
        ({ count, length, insideLength }) =>
          `${formatCounted(count, one, many)} opened (${formatBytes(length)}, ${formatBytes(insideLength)} inside)`,
      ),
  );
  const { count, length } = pictures;
  if (count > 0) found.push(`${formatCounted(count, "JPEG")} (${formatBytes(length)})`);
  if (found.length > 0) return `${type ?? "inside"}: ${found.join(", ")}`;
  if (coding === "") return "";
  return `${type === undefined ? "" : `${type}, `}taken for ${coding}`;
}
