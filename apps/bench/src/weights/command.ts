/** The paper's largest row, honestly: a model of its size through the whole path. */
import { TABLE_4_2 } from "@pith/analyzer";
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { integer, parse, pathFromCaller, UsageError } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { isInstalled } from "../contestants/installed.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { generateModel } from "./generate.ts";
import { compressModel, decompressModel, generationTime, measureInMemory, type Coding } from "./measure.ts";
import { layersFor, lengthOf, MISTRAL, tensorsOf } from "./model.ts";
import { toPage } from "./page.ts";
import type { WeightsResults } from "./results.ts";

const NAME = "weights";
const PAPER_SIZE = Math.max(...TABLE_4_2.map(({ size }) => size));
/** Layers of the model that is decompressed. */
const DECODED_LAYERS = 2;
/** A model of 0.5 GB, for what goes from memory to memory. */
const IN_MEMORY = { ...MISTRAL, layers: 1, vocabulary: 4000 };

export const weightsCommand: Command = {
  name: NAME,
  usage: "weights [options]",
  help: `Makes a language model of Mistral 7B's shapes in BF16, compresses it in a stream as it is made, and writes
docs/results/${NAME}.{json,md}.

  --layers N       default: as many as make the size of the paper's largest row
  --level N        1 to 10 (default 1)
  --threads N      default 2
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      layers: { type: "string", default: String(layersFor(PAPER_SIZE, MISTRAL)) },
      level: { type: "string", default: "1" },
      threads: { type: "string", default: "2" },
      out: { type: "string" },
    });
    if (positionals.length > 0) throw new UsageError(`expected no file, got ${positionals[0]}`);
    const layers = integer("--layers", values.layers, 1, 1000);
    const level = integer("--level", values.level, 1, 10);
    const threads = integer("--threads", values.threads, 0, 64);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const coding = (what: string): Coding => {
      let said = -1;
      return {
        level,
        threads,
        onDone(done) {
          const gigabytes = Math.floor(done / 1e9);
          if (gigabytes > said) say(`${what}: ${gigabytes} GB`);
          said = gigabytes;
        },
      };
    };
    const tensors = tensorsOf({ ...MISTRAL, layers });
    const { pass: compress, compressedLength } = await compressModel(tensors, coding("compressing"));
    const { maxRSS } = process.resourceUsage();
    const few = tensorsOf({ ...MISTRAL, layers: Math.min(layers, DECODED_LAYERS) });
    const { decompress, zstd } = await withTemporaryFolder(async (folder) => {
      const path = join(folder, "model.pith");
      await compressModel(few, coding("compressing what is to be decompressed"), path);
      const pass = await decompressModel(path, coding("decompressing"));
      return { decompress: pass, zstd: isInstalled("zstd") ? zstdShares(few, folder) : undefined };
    });
    say("from memory to memory");
    const inMemory = await measureInMemory(Buffer.concat([...generateModel(tensorsOf(IN_MEMORY))]), level);
    say("making the content alone");
    const results: WeightsResults = {
      ...hereAndNow(),
      format: 1,
      layers,
      level,
      threads,
      length: compress.length,
      compressedLength,
      compress,
      decompress,
      generation: (generationTime(few) * compress.length) / lengthOf(few),
      peakMemory: 1024 * maxRSS,
      zstd,
      inMemory,
    };
    endSaying();
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};

/** What `zstd -1` and `-3` make of a model, as shares of it. */
function zstdShares(tensors: ReturnType<typeof tensorsOf>, folder: string): NonNullable<WeightsResults["zstd"]> {
  const path = join(folder, "model");
  let length = 0;
  for (const chunk of generateModel(tensors)) {
    writeFileSync(path, chunk, { flag: "a" });
    length += chunk.length;
  }
  const [fast, byDefault] = ["-1", "-3"].map((level) => {
    execFileSync("zstd", [level, "-q", "-k", "-f", path]);
    return statSync(`${path}.zst`).size / length;
  });
  return { fast, default: byDefault };
}
