/** What a content is made of: bytes that are new, and copies of a reference. docs/format.md says how it is written. */
import { PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "@pith/core/bytes";

/** New bytes, and then a copy. */
export interface Step {
  /** New bytes. */
  readonly inserted: number;
  /** Bytes of the copy; 0 only at the end of the content. */
  readonly copied: number;
  /** Where the copy is in the reference. */
  readonly from: number;
}

/** A step as a script has it. */
export interface ScriptStep extends Step {
  /** The new bytes, where the script has them: as differences from those of the reference that they stand in for, modulo 256. */
  readonly differences: Uint8Array | undefined;
}

/** Bytes of content, at most. */
export const MOST_LENGTH = 2 ** 28;

/** Steps that make one content of a reference. */
export interface Difference {
  readonly content: Uint8Array;
  readonly reference: Uint8Array;
  readonly steps: readonly Step[];
  /** New bytes that stand in for as many are written into the script. */
  readonly inline: boolean;
}

/** @returns the script, and which steps' new bytes are in it */
export function writeScript({ content, reference, steps, inline }: Difference): {
  readonly script: Uint8Array;
  readonly isIn: boolean[];
} {
  const writer = new ByteWriter();
  const isIn: boolean[] = [];
  /** Where the reference goes on behind the last copy, and the content. */
  let place = 0;
  let at = 0;
  for (const { inserted, copied, from } of steps) {
    const standsIn = copied > 0 && from === place + inserted;
    writer.varint(2 * inserted + (standsIn ? 0 : 1));
    if (standsIn && inline) {
      for (let i = 0; i < inserted; i++) writer.byte((content[at + i] - reference[place + i]) & 255);
    }
    isIn.push(standsIn && inline);
    writer.varint(copied);
    if (copied > 0 && !standsIn) writer.varint(fold(from - place - inserted));
    place = from + copied;
    at += inserted + copied;
  }
  return { script: writer.finish(), isIn };
}

/**
 * @param length of the content
 * @param size of the reference
 * @throws PithError if the script makes no such content of such a reference
 */
export function readScript(
  script: Uint8Array,
  {
    length,
    size,
    inline,
    offset,
  }: { readonly length: number; readonly size: number; readonly inline: boolean; readonly offset: number },
): ScriptStep[] {
  const reader = new ByteReader(script, 0);
  const steps: ScriptStep[] = [];
  let place = 0;
  let done = 0;
  const check = (isRight: boolean, expected: string, got: number): void => {
    if (isRight) return;
    throw new PithError("invalid-field", "a difference does not lead to its content", { offset, expected, got });
  };
  /** Of what the script lacks, its own places say nothing: it is coded. */
  const read = <Value>(from: () => Value): Value => {
    try {
      return from();
    } catch (error) {
      if (!(error instanceof PithError)) throw error;
      throw new PithError("invalid-field", "a difference does not lead to its content", {
        offset,
        expected: `${length} bytes`,
        got: done,
      });
    }
  };
  while (done < length) {
    const head = read(() => reader.varint("the number of new bytes"));
    const standsIn = head % 2 === 0;
    const inserted = Math.floor(head / 2);
    check(done + inserted <= length, `at most ${length - done} new bytes`, inserted);
    const differences = standsIn && inline ? read(() => reader.bytes(inserted)) : undefined;
    const copied = read(() => reader.varint("the length of a copy"));
    done += inserted + copied;
    check(done <= length, `${length} bytes`, done);
    check(copied > 0 || (done === length && !standsIn), "a copy", copied);
    const distance = copied === 0 || standsIn ? 0 : unfold(read(() => reader.varint("the distance of a copy")));
    const from = copied === 0 ? 0 : place + inserted + distance;
    check(from >= 0 && from + copied <= size, `a copy within the ${size} bytes of the reference`, from);
    steps.push({ inserted, copied, from, differences });
    place = from + copied;
  }
  check(reader.position === script.length, `${script.length} bytes of steps`, reader.position);
  return steps;
}

function fold(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unfold(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
