/** `pith analyze --refute`: two different files that the paper's method cannot tell apart. */

import { createHash } from "node:crypto";

import type { Refutation, RefutationCheck } from "@pith/analyzer";

import { Failure, UsageError } from "../../errors.ts";
import { openTarget } from "../../files/target.ts";
import { formatBytes } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import type { AnalyzeSettings } from "./settings.ts";

/** Bytes around the first difference that are shown. */
const AROUND = 8;

export async function run(session: Session<AnalyzeSettings>): Promise<void> {
  const { refute, verifyRefutation } = await import("@pith/analyzer");
  const { refutedSize = 0, patternSize, signature, memoryLimit, output } = session.settings;
  let refutation: Refutation;
  try {
    refutation = refute(refutedSize, patternSize);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--refute: ${error.message}`);
    throw error;
  }
  await session.forEach([`two files of ${refutedSize} bytes`], async (source): Promise<Facts> => {
    const bar = showProgress(session, source, 2 * refutedSize);
    const check = await verifyRefutation(refutation, {
      signature,
      memoryLimit,
      onProgress: ({ done }) => bar.update(done),
    }).finally(() => bar.stop());
    if (!check.representationsEqual) throw new Failure("the representations differ: nothing is refuted by these files");
    const [first, second] = [refutation.first(), refutation.second()].map(sha256);
    const written = output === undefined ? [] : await writeBoth(session, refutation, output);
    await session.print(describe(refutation, check, [first, second], written));
    const { differentBytes, representationsEqual, analysesEqual, filesPerRepresentation } = check;
    return {
      size: refutedSize,
      ...(written.length > 0 && { output: written }),
      sha256: [first, second],
      differentBytes,
      differences: refutation.differences.slice(0, 100),
      representationsEqual,
      analysesEqual,
      representationSize: check.first.claimed.representation.total,
      claimedRatio: check.first.claimed.ratio,
      filesPerRepresentationLog2: filesPerRepresentation,
      explanation: refutation.explanation,
    };
  });
}

function sha256(chunks: Iterable<Uint8Array>): string {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}

async function writeBoth(session: Session<AnalyzeSettings>, refutation: Refutation, name: string): Promise<string[]> {
  const names = [`${name}.1`, `${name}.2`];
  for (const [i, chunks] of [refutation.first(), refutation.second()].entries()) {
    const target = await openTarget(names[i], {
      force: session.settings.force,
      transient: true,
      mode: 0o666,
      source: undefined,
      ask: undefined,
    });
    try {
      for (const chunk of chunks) await target.write(chunk);
      await target.commit(undefined);
    } finally {
      target.discard();
    }
  }
  return names;
}

function describe(
  refutation: Refutation,
  check: RefutationCheck,
  hashes: readonly string[],
  written: readonly string[],
): string {
  const { size, blockSize, differences, explanation } = refutation;
  const { total } = check.first.claimed.representation;
  const [{ offset }] = differences;
  const more = check.analysesEqual ? ", and so is every other figure and picture of the report" : "";
  const lines = [
    `Two files of ${formatBytes(size)} each (${size} bytes), blocks of ${blockSize} bytes`,
    ...hashes.map((hash, i) => `  file ${i + 1}  SHA-256 ${hash}${written.length > 0 ? `  ${written[i]}` : ""}`),
    `They differ in ${check.differentBytes} bytes, first at byte ${offset}:`,
    ...[refutation.first(), refutation.second()].map(
      (chunks, i) => `  file ${i + 1}  ${hexadecimal(bytesAround(chunks, offset))}`,
    ),
    `Their "compressed representation" by the RSRC paper, ${total} bytes: the same${more}.`,
    `Their ratio by the paper's formula: ${check.first.claimed.ratio.toFixed(2)} and ${check.second.claimed.ratio.toFixed(2)}.`,
    "",
    explanation,
    "So no decoder can restore both from it: the paper's compression cannot be undone.",
    ...(check.filesPerRepresentation > 0
      ? [
          `Counting says the same: ${8 * total} bits name at most 2^${8 * total} files, and there are 2^${8 * size} of this ` +
            `size, so on average at least 2^${check.filesPerRepresentation} files share a representation.`,
        ]
      : []),
  ];
  return lines.map((text) => `${text}\n`).join("");
}

function bytesAround(chunks: Iterable<Uint8Array>, offset: number): Uint8Array {
  const around = new Uint8Array(2 * AROUND);
  const start = Math.max(0, offset - AROUND);
  let at = 0;
  let end = 0;
  for (const chunk of chunks) {
    for (let i = Math.max(start, at); i < Math.min(start + around.length, at + chunk.length); i++) {
      around[i - start] = chunk[i - at];
      end = i - start + 1;
    }
    at += chunk.length;
    if (at >= start + around.length) break;
  }
  return around.subarray(0, end);
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
