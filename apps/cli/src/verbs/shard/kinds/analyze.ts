/** Units that are analysed, as `pith analyze` does: joined they are the analysis of the whole file. */

import { deserialize, serialize } from "node:v8";

import type { AnalyzerOptions, AnalyzerState, Report } from "@pith/analyzer";
import { turn } from "@pith/core/steps";

import { Failure } from "../../../errors.ts";
import { printableName } from "../../../files/system-path.ts";
import { encode } from "../../../format.ts";
import type { Plan } from "../plan-file.ts";
import { bytesOf, type UnitKind } from "./kind.ts";

export const analyze: UnitKind = {
  async run(settings, { start, chunks, signal, onProgress }, write) {
    const { createAnalyzer } = await import("@pith/analyzer");
    const analyzer = createAnalyzer({ ...optionsOf(settings), start });
    let done = 0;
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      analyzer.push(chunk);
      done += chunk.length;
      onProgress(done);
      await turn();
    }
    await write(new Uint8Array(serialize(analyzer.state())));
  },
  async merge({ settings, inputs }, units, output, write) {
    const { createAnalyzer, renderHtml, renderJson } = await import("@pith/analyzer");
    const whole = createAnalyzer(optionsOf(settings));
    for await (const unit of units) {
      whole.merge(stateOf(await bytesOf(unit), unit.unit));
      await turn();
    }
    const name = printableName(inputs[0].path);
    const report: Report = { name, analysis: whole.finish(), pith: null, safetensors: null };
    await write(encode(output.endsWith(".html") ? renderHtml(report) : `${renderJson(report)}\n`));
  },
};

function optionsOf({ memoryLimit }: Plan["settings"]): AnalyzerOptions {
  return { memoryLimit };
}

/** @throws Failure if it is none */
function stateOf(bytes: Uint8Array, unit: number): AnalyzerState {
  let value: unknown;
  try {
    value = deserialize(bytes);
  } catch {
    value = undefined;
  }
  if (
    typeof value === "object" &&
    value !== null &&
    ["settings", "patterns", "statistics"].every((key) => key in value)
  ) {
    return value as AnalyzerState;
  }
  throw new Failure(`what came of unit ${unit} is no analysis that this Node reads; do it again with the same Node`);
}
