/** What a trained model comes to in the forms that models are spread in. */
import { SafetensorsAnalyzer } from "@pith/analyzer";
import { compressSync, decompressSync } from "@pith/codec";
import { execFileSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { integer, onlyPositional, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { isInstalled } from "../contestants/installed.ts";
import { readBytes } from "../measure/bytes.ts";
import { hereAndNow } from "../measure/where.ts";
import { outputFolder, writePage } from "../neural/output.ts";
import { inBlocks, inTwoBytes, readFloats, type FloatTensor } from "./files.ts";
import { orderZeroOfBlocks } from "./order-zero.ts";
import { toPage, type FormsResults } from "./page.ts";
import { QUANTISED } from "./quantise.ts";

const NAME = "weights-forms";

/** Programs and what makes them write to standard output. */
const PEERS = [
  { name: "zstd -19", program: "zstd", options: ["-19", "-q", "-c"] },
  { name: "xz -9e", program: "xz", options: ["-9e", "-q", "-c"] },
] as const;

export const formsCommand: Command = {
  name: NAME,
  usage: `${NAME} FILE [options]`,
  help: `Compresses a model, a safetensors file in F32, as it is, in F16 and BF16, and quantised as GGUF has it (${Object.keys(QUANTISED).join(", ")}),
and writes docs/results/${NAME}.{json,md}.

  --levels LIST    levels, 1 to 10 (default 1,5)
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      levels: { type: "string", default: "1,5" },
      out: { type: "string" },
    });
    const path = pathFromCaller(onlyPositional(positionals, "one file"));
    const levels = values.levels.split(",").map((level) => integer("--levels", level, 1, 10));
    const results = await withTemporaryFolder((folder) => Promise.resolve(measure(path, levels, folder)));
    endSaying();
    const page = toPage(results);
    writePage(outputFolder(values.out), NAME, results, page);
    console.log(page);
    return 0;
  },
};

function measure(path: string, levels: readonly number[], folder: string): FormsResults {
  const file = readBytes(path);
  const peers = PEERS.map(({ name, program, options }) => ({ name, program, options, isThere: isInstalled(program) }));
  const rows = formsOf(file, readFloats(file)).map(({ form, bytes, orderZero }) => {
    say(form);
    const content = join(folder, "form");
    writeFileSync(content, bytes);
    return {
      form,
      bytes: bytes.length,
      orderZero,
      coded: levels.map((level) => sizeOf(form, bytes, level)),
      peers: peers.map(({ program, options, isThere }) => {
        if (!isThere) return undefined;
        const coded = join(folder, "coded");
        writeFileSync(coded, execFileSync(program, [...options, content], { maxBuffer: 2 ** 30 }));
        return statSync(coded).size;
      }),
    };
  });
  return { format: 1, ...hereAndNow(), file: basename(path), levels, peers: peers.map(({ name }) => name), rows };
}

interface Form {
  readonly form: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly orderZero: number;
}

/** One after the other, from the longest to the shortest. */
export function formsOf(file: Uint8Array<ArrayBuffer>, tensors: readonly FloatTensor[]): Form[] {
  const floats = (form: string, bytes: Uint8Array<ArrayBuffer>): Form => {
    const analyzer = new SafetensorsAnalyzer(bytes.length);
    analyzer.push(bytes);
    return { form, bytes, orderZero: analyzer.finish().orderZero };
  };
  return [
    floats("F32", file),
    floats("F16", inTwoBytes(tensors, "F16")),
    floats("BF16", inTwoBytes(tensors, "BF16")),
    ...Object.entries(QUANTISED).map(([form, type]) => ({
      form: `GGUF ${form}`,
      bytes: inBlocks(tensors, type),
      orderZero: orderZeroOfBlocks(tensors, type),
    })),
  ];
}

/** @throws Error if the content does not come back */
function sizeOf(form: string, bytes: Uint8Array, level: number): number {
  const coded = compressSync(bytes, { level });
  if (Buffer.compare(decompressSync(coded), bytes) !== 0)
    throw new Error(`${form} at level ${level} does not come back`);
  return coded.length;
}
