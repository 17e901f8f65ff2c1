/** What is loaded: the models that ship, and programs bundled with what they import. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { UsageError, parse } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { hereAndNow } from "../measure/where.ts";
import { outputFolder, writePage } from "../neural/output.ts";
import { ENGLISH_WORDS, ROOT } from "../paths.ts";
import { MODELS } from "./models.ts";
import { toPage, type SizesResults } from "./page.ts";

const NAME = "sizes";

/** What size-limit says of an entry of `.size-limit.json`. */
interface Measured {
  readonly name: string;
  readonly size: number;
}

export const sizesCommand: Command = {
  name: NAME,
  usage: `${NAME} [options]`,
  help: `Weighs the models of @pith/weights, and the bundles of .size-limit.json, and writes docs/results/${NAME}.{json,md}.

  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, { out: { type: "string" } });
    if (positionals.length > 0) throw new UsageError(`expected no file, got ${positionals[0]}`);
    const program = join(ROOT, "node_modules/size-limit/bin.js");
    const told = execFileSync(process.execPath, [program, "--json"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const bundles = (JSON.parse(told) as Measured[]).map(({ name, size }) => ({ name, bytes: size }));
    const { ENGLISH } = (await import(ENGLISH_WORDS)) as { ENGLISH: string };
    const models = Object.entries({ ...MODELS, "words of English": ENGLISH }).map(([name, packed]) => ({
      name,
      bytes: Buffer.from(packed, "base64").length,
    }));
    const results: SizesResults = { format: 1, ...hereAndNow(), models, bundles };
    const page = toPage(results);
    writePage(outputFolder(values.out), NAME, results, page);
    console.log(page);
    return 0;
  },
};
