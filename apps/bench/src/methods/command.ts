/** How fast each method decodes beside how fast it encodes. */
import { compressSync, decompressSync, loadKernels, loadModels, type MethodName } from "@pith/codec";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { integer, nameList, parse, pathFromCaller, UsageError } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say } from "../commands/workspace.ts";
import { firstDifference } from "../measure/bytes.ts";
import { kindOf, type FileKind } from "../measure/kind.ts";
import { hereAndNow } from "../measure/where.ts";
import { readInput, type Input } from "../neural/input.ts";
import { processorSeconds } from "../neural/processor-time.ts";
import { ROOT } from "../paths.ts";
import { toPage } from "./page.ts";
import type { MethodRow, MethodsResults } from "./results.ts";

const NAME = "methods";
const BLOCK = 2 ** 26;

/** Methods with a level that is theirs, and what they are for; undefined: anything. */
const METHODS: readonly { readonly method: MethodName; readonly level: number; readonly kind?: FileKind }[] = [
  { method: "lz", level: 1 },
  { method: "lz", level: 2 },
  { method: "ppm", level: 3 },
  { method: "mix", level: 5 },
  { method: "mix", level: 9 },
  { method: "pairs", level: 5, kind: "text" },
  { method: "dna", level: 5, kind: "dna" },
  { method: "neural", level: 4 },
  { method: "rank", level: 4 },
];

const NAMES = [...new Set(METHODS.map(({ method }) => method))];

export const methodsCommand: Command = {
  name: NAME,
  usage: `${NAME} FILE… [options]`,
  help: `Codes files by each method that is for them, times both directions, and writes docs/results/${NAME}.{json,md}.

  --first BYTES   of each file, with K, M or G for powers of 1024 (default 300000)
  --only LIST     of ${NAMES.join(", ")} (default all)
  --rounds N      that count, 1 to 100 (default 3)
  --out DIR       where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      first: { type: "string", default: "300000" },
      only: { type: "string", default: NAMES.join(",") },
      rounds: { type: "string", default: "3" },
      out: { type: "string" },
    });
    if (positionals.length === 0) throw new UsageError("expected files, got none");
    const only = nameList("--only", values.only, NAMES);
    const chosen = METHODS.filter(({ method }) => only.includes(method));
    const rounds = integer("--rounds", values.rounds, 1, 100);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    await loadModels();
    await loadKernels();
    const rows = positionals.flatMap((file) => measure(chosen, readInput([file], values.first), rounds));
    endSaying();
    const results: MethodsResults = { format: 1, ...hereAndNow(), rows };
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};

/** @throws Error if a method does not give the file back */
function measure(methods: typeof METHODS, { name, content }: Input, rounds: number): MethodRow[] {
  const own = kindOf(content);
  return methods
    .filter(({ kind }) => (kind ?? own) === own)
    .map(({ method, level }) => {
      const compress: number[] = [];
      const decompress: number[] = [];
      let size = 0;
      for (let round = 0; round <= rounds; round++) {
        say(`${name}, ${method} at level ${level}, round ${round} of ${rounds}`);
        const started = processorSeconds();
        const file = compressSync(content, { method, level, blockSize: BLOCK, open: false });
        const half = processorSeconds();
        const back = decompressSync(file);
        const ended = processorSeconds();
        if (firstDifference(back, content) !== undefined) throw new Error(`${method} does not give ${name} back`);
        size = file.length;
        if (round === 0) continue;
        compress.push(half - started);
        decompress.push(ended - half);
      }
      return { file: name, method, level, length: content.length, size, compress, decompress };
    });
}
