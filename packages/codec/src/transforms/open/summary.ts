import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { isSpan, type Item } from "./items.ts";

/** Most bytes of a summary. */
export const MOST_SUMMARY = 600;
/** Kinds that there can be. */
const MOST_KINDS = 31;

/** What of a kind was found in content. In bytes. */
export interface KindSummary {
  /** Its id. */
  readonly kind: number;
  readonly count: number;
  /** Of content, and of what was inside. */
  readonly length: number;
  readonly insideLength: number;
}

/** Counts spans of each kind. */
export class Summary {
  readonly #kinds = new Map<number, KindSummary>();

  add(kind: number, length: number, insideLength: number): void {
    const known = this.#kinds.get(kind) ?? { kind, count: 0, length: 0, insideLength: 0 };
    this.#kinds.set(kind, {
      kind,
      count: known.count + 1,
      length: known.length + length,
      insideLength: known.insideLength + insideLength,
    });
  }

  /** By the id of the kind. */
  get kinds(): readonly KindSummary[] {
    return [...this.#kinds.values()].sort((a, b) => a.kind - b.kind);
  }
}

/** Writes what was found in content: so that it can be told without taking the content apart again. */
export function writeSummary(items: readonly Item[], writer: ByteWriter): void {
  const summary = new Summary();
  const count = (all: readonly Item[]): void => {
    for (const item of all) {
      if (!isSpan(item)) continue;
      summary.add(item.kind.id, item.length, item.insideLength);
      count(item.inside);
    }
  };
  count(items);
  writer.varint(summary.kinds.length);
  for (const { kind, count: spans, length, insideLength } of summary.kinds) {
    writer.varint(kind);
    writer.varint(spans);
    writer.varint(length);
    writer.varint(insideLength);
  }
}

/** @throws PithError */
export function readSummary(reader: ByteReader): KindSummary[] {
  const count = reader.varint("the number of kinds");
  if (count > MOST_KINDS) {
    throw new PithError("invalid-field", "more kinds were taken apart than there are", {
      offset: reader.offset,
      expected: `at most ${MOST_KINDS}`,
      got: count,
    });
  }
  const kinds: KindSummary[] = [];
  for (let i = 0; i < count; i++) {
    kinds.push({
      kind: reader.varint("a kind"),
      count: reader.varint("the number of spans of a kind"),
      length: reader.varint("the length of spans of a kind"),
      insideLength: reader.varint("the length of what is inside of spans of a kind"),
    });
  }
  return kinds;
}
