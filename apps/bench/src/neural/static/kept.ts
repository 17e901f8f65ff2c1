/** A trained static network as a file: JSON, its weights in base64. */
import { existsSync, renameSync, writeFileSync, readFileSync } from "node:fs";
import { UsageError } from "../../commands/arguments.ts";
import { StaticNetwork, type StaticShape } from "./network.ts";
import type { Epoch } from "./train.ts";

/** How a network was trained. */
export interface Training {
  readonly shape: StaticShape;
  /** Bytes that were learnt, and that validated. */
  readonly learnt: number;
  readonly validated: number;
  /** Bytes from the begin of one window to that of the next. */
  readonly stride: number;
  readonly epochs: readonly Epoch[];
  /** Processor time. */
  readonly seconds: number;
}

export interface Kept {
  readonly training: Training;
  readonly weights: Float32Array<ArrayBuffer>;
}

/** Writes it whole or not at all. */
export function keepNetwork(file: string, { training, weights }: Kept): void {
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
  writeFileSync(`${file}.part`, JSON.stringify({ format: 1, training, weights: bytes.toString("base64") }));
  renameSync(`${file}.part`, file);
}

/** @returns undefined if there is no such file. @throws UsageError if it is something else than a network of this shape */
export function readNetwork(file: string, shape: StaticShape): Kept | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { format, training, weights } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    if (format !== 1 || typeof weights !== "string") throw new Error("it has other fields");
    const { buffer } = Uint8Array.from(Buffer.from(weights, "base64"));
    const numbers = new Float32Array(buffer);
    // Refuses what is too short, too long, or no number.
    new StaticNetwork(shape, numbers);
    if (JSON.stringify((training as Training).shape) !== JSON.stringify(shape)) throw new Error("it has another shape");
    return { training: training as Training, weights: numbers };
  } catch (error) {
    throw new UsageError(
      `--network: expected what an earlier run wrote, got ${file}: ${(error as Error).message}; give another name to train anew`,
    );
  }
}
