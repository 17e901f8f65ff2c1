/** What is packed already: what opening it brings, beside peers; and what the choices of encoders of deflate cost. */
import { compressSync, decompressSync, info, loadModels, type CompressOptions } from "@pith/codec";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { integer, byteCount, nameList, onlyPositional, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { findInstalled, isInstalled, missingNotice, versionOf, type Entrant } from "../contestants/installed.ts";
import { PEERS } from "../contestants/peers.ts";
import { firstDifference, readBytes } from "../measure/bytes.ts";
import { findMachine } from "../measure/child.ts";
import { prepareCorpus, prepareFile, type CorpusFile } from "../measure/corpus.ts";
import { runTrial } from "../measure/trial.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { thousands } from "../report/format.ts";
import { ENCODERS } from "./encoders.ts";
import { toPage } from "./page.ts";
import { PICTURE_PEERS, type PicturePeer } from "./pictures.ts";
import type { EncoderRow, PackedFile, PackedResults } from "./results.ts";

const NAME = "packed";
const GENERAL_PEERS = ["xz", "brotli", "zpaq-5"];
const CONTENT_BYTES = 300_000;

export const packedCommand: Command = {
  name: NAME,
  usage: "packed FOLDER [options]",
  help: `Compresses the files of FOLDER, which are packed already, with what is inside closed and opened, runs its peers on
them, and writes docs/results/${NAME}.{json,md}.

  --only LIST      names of files in FOLDER (default all)
  --level N        1 to 10 (default 5)
  --best LIST      names of files that are compressed at level 9, too, which takes long (default none)
  --content FILE   also packs the first bytes of FILE with every encoder of deflate that is here, and says what each costs
  --first BYTES    how many of them (default ${CONTENT_BYTES})
  --peers LIST     of ${GENERAL_PEERS.join(", ")} (default all); cjxl and cwebp run on pictures where they are installed
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      only: { type: "string", default: "" },
      level: { type: "string", default: "5" },
      best: { type: "string", default: "" },
      content: { type: "string" },
      first: { type: "string", default: String(CONTENT_BYTES) },
      peers: { type: "string", default: GENERAL_PEERS.join(",") },
      out: { type: "string" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one folder of files"));
    const level = integer("--level", values.level, 1, 10);
    const named = nameList("--peers", values.peers, GENERAL_PEERS);
    const first = byteCount("--first", values.first);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const { present, missing } = findInstalled(PEERS.filter(({ id }) => named.includes(id)));
    for (const contestant of missing) console.error(missingNotice(contestant));
    const pictures = PICTURE_PEERS.filter(({ version: [program] }) => isInstalled(program));
    const skipped = [...PICTURE_PEERS, ...ENCODERS].filter(
      ({ version }) => version !== undefined && !isInstalled(version[0]),
    );
    await loadModels("mix-english");
    const results = await withTemporaryFolder(async (folder): Promise<PackedResults> => {
      const only = values.only === "" ? [] : values.only.split(",");
      const corpus = prepareCorpus(source, join(folder, "files"), { only });
      const best = nameList(
        "--best",
        values.best,
        corpus.map(({ name }) => name),
      );
      const files: PackedFile[] = [];
      for (const file of corpus) {
        say(`${file.name}, ${thousands(file.size)} bytes`);
        const levels = { level, best: best.includes(file.name) ? BEST_LEVEL : undefined };
        files.push(await measured(file, levels, { present, pictures, folder }));
      }
      const encoded =
        values.content === undefined ? undefined : encodersOn(pathFromCaller(values.content), first, level, folder);
      return {
        format: 1,
        ...hereAndNow(),
        level,
        bestLevel: BEST_LEVEL,
        peers: [
          ...present.map(({ contestant: { id, name }, version }) => ({ id, name, version })),
          ...pictures.map(({ id, name, version }) => ({ id, name, version: versionOf({ version }) })),
        ],
        files,
        content: encoded?.content,
        encoders: encoded?.encoders ?? [],
        skipped: skipped.map(({ name, aptPackage = "" }) => ({ name, aptPackage })),
      };
    });
    endSaying();
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};

const BEST_LEVEL = 9;

/** What runs beside Pith, and where. */
interface Beside {
  readonly present: readonly Entrant[];
  readonly pictures: readonly PicturePeer[];
  readonly folder: string;
}

async function measured(
  file: CorpusFile,
  { level, best }: { readonly level: number; readonly best: number | undefined },
  { present, pictures, folder }: Beside,
): Promise<PackedFile> {
  const content = readBytes(file.path);
  const { compressed, compressSeconds, decompressSeconds } = thereAndBack(content, { level });
  const { opened } = await info(compressed);
  const peers: Record<string, number> = {};
  const machine = findMachine();
  for (const { contestant } of present) {
    say(`${contestant.name} on ${file.name}`);
    peers[contestant.id] = (await runTrial(contestant, file.path, folder, machine)).size;
  }
  for (const peer of pictures) {
    const size = pictureSize(peer, file.path, folder);
    if (size !== undefined) peers[peer.id] = size;
  }
  return {
    name: file.name,
    size: file.size,
    closed: compressSync(content, { level, open: false }).length,
    opened: compressed.length,
    best: best === undefined ? undefined : thereAndBack(content, { level: best }).compressed.length,
    found: opened.map(({ kind, count }) => ({ kind, count })),
    inside: opened.filter(({ kind }) => kind === "deflate").reduce((sum, { insideLength }) => sum + insideLength, 0),
    compressSeconds,
    decompressSeconds,
    peers,
  };
}

/** @throws Error if the content does not come back */
function thereAndBack(
  content: Uint8Array,
  options: CompressOptions,
): { compressed: Uint8Array; compressSeconds: number; decompressSeconds: number } {
  const start = process.cpuUsage();
  const compressed = compressSync(content, options);
  const compressSeconds = secondsSince(start);
  const middle = process.cpuUsage();
  const restored = decompressSync(compressed);
  const decompressSeconds = secondsSince(middle);
  const difference = firstDifference(content, restored);
  if (difference !== undefined) throw new Error(`what was opened differs from the original at byte ${difference}`);
  return { compressed, compressSeconds, decompressSeconds };
}

/** Of the processor, by this process: others that are at work count less than by the clock. */
function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function pictureSize(peer: PicturePeer, file: string, folder: string): number | undefined {
  const command = peer.command(file, folder);
  if (command === undefined) return undefined;
  const [program, ...args] = command.argv;
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return statSync(command.output).size;
  } catch {
    return undefined;
  } finally {
    rmSync(command.output, { force: true });
  }
}

function encodersOn(
  source: string,
  first: number,
  level: number,
  folder: string,
): { content: PackedResults["content"]; encoders: EncoderRow[] } {
  const { name, path, size } = prepareFile(source, join(folder, "content"), first);
  const compressed = compressSync(readBytes(path), { level }).length;
  const encoders: EncoderRow[] = [];
  for (const encoder of ENCODERS) {
    if (encoder.version !== undefined && !isInstalled(encoder.version[0])) continue;
    say(`${encoder.name} on ${name}`);
    const packed = encoder.pack(path, folder);
    const version = encoder.version === undefined ? process.versions.zlib : versionOf({ version: encoder.version });
    const { compressed: coded } = thereAndBack(packed, { level });
    encoders.push({ name: encoder.name, version, packed: packed.length, compressed: coded.length });
  }
  return { content: { name, size, compressed }, encoders };
}
