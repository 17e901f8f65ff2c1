/** Puts a JPEG together of its parts: the inverse of `takeApart`. */
import { BitWriter } from "./bit-writer.ts";
import { HeaderReader } from "./header.ts";
import { NotUnderstood } from "./not-understood.ts";
import { endsOf, RESTART } from "./frame.ts";
import type { EncoderChoices, JpegParts } from "./parts.ts";
import { ProgressiveWriter } from "./progressive.ts";
import { UsualRule, type RunRule } from "./runs.ts";
import { SequentialWriter } from "./sequential.ts";
import { walkBlocks } from "./walk.ts";

/**
 * @param coefficients of all components
 * @param length bytes of the file
 * @param rules of the runs of each scan, where they are not those that the choices say
 * @yields 0, every few milliseconds
 * @throws NotUnderstood where the parts make no such file
 */
export function* putTogether(
  { header, choices }: JpegParts,
  coefficients: Int16Array,
  length: number,
  rules?: readonly RunRule[],
): Generator<number, Uint8Array> {
  const reader = new HeaderReader();
  const writer = new BitWriter(length);
  const padding = new PaddingWriter(choices.padding, writer);
  const ends = yield* endsOf(coefficients);
  let at = 0;
  for (let number = 0; ; number++) {
    const { scan, end } = reader.next(header, at);
    writer.bytes(header.subarray(at, scan === undefined ? header.length : end));
    at = end;
    if (scan === undefined) break;
    const rule = rules?.[number] ?? new UsualRule(choices.runExceptions[number] ?? []);
    const { frame } = reader;
    const coder = frame.progressive
      ? new ProgressiveWriter(writer, scan, coefficients, ends, rule)
      : new SequentialWriter(writer, scan, coefficients, ends);
    let restarts = 0;
    const restart = (): void => {
      padding.fill();
      writer.bytes(Uint8Array.of(0xff, RESTART + (restarts++ & 7)));
    };
    for (const _ of walkBlocks(frame, scan, coder, restart)) yield 0;
    padding.fill();
  }
  padding.finish();
  return writer.finish();
}

/** Fills the last byte of each restart interval and scan. */
class PaddingWriter {
  readonly #padding: EncoderChoices["padding"];
  readonly #writer: BitWriter;
  #used = 0;

  constructor(padding: EncoderChoices["padding"], writer: BitWriter) {
    this.#padding = padding;
    this.#writer = writer;
  }

  fill(): void {
    this.#writer.bits(this.#next(), this.#writer.missing);
  }

  #next(): number {
    if (this.#padding === "ones") return 0xff;
    if (this.#padding === "zeros") return 0;
    if (this.#used === this.#padding.length) throw new NotUnderstood("less to fill bytes with than is needed");
    return this.#padding[this.#used++];
  }

  /** @throws NotUnderstood if there is more than was needed */
  finish(): void {
    if (typeof this.#padding === "string" || this.#used === this.#padding.length) return;
    throw new NotUnderstood("more to fill bytes with than is needed");
  }
}
