/** New versions of files, as what is new since the old ones: patches beside those of others. */
import { compress, decompress } from "@pith/codec";
import { Reference } from "@pith/priors";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { integer, parse, pathFromCaller, UsageError } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { isInstalled, versionOf } from "../contestants/installed.ts";
import { firstDifference, readBytes } from "../measure/bytes.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { toPage } from "./page.ts";
import { PATCH_PEERS, type PatchPeer, peerPatch } from "./peers.ts";
import type { PatchesResults, PatchRow } from "./results.ts";

const NAME = "patches";

export const patchesCommand: Command = {
  name: NAME,
  usage: `${NAME} OLD NEW [OLD NEW…] [options]`,
  help: `Compresses each NEW with OLD as its reference, as ${PATCH_PEERS.map(({ program }) => program).join(", ")} do that are here, has it
come back, and writes docs/results/${NAME}.{json,md}.

  --level N   1 to 10 (default 5)
  --out DIR   where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      level: { type: "string", default: "5" },
      out: { type: "string" },
    });
    if (positionals.length === 0 || positionals.length % 2 === 1) {
      throw new UsageError(`expected OLD NEW [OLD NEW…], got ${positionals.length} files`);
    }
    const level = integer("--level", values.level, 1, 10);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const present = PATCH_PEERS.filter(({ program }) => isInstalled(program));
    for (const { name, aptPackage } of PATCH_PEERS.filter((peer) => !present.includes(peer))) {
      console.error(`${name} is not installed and is skipped; apt-get install ${aptPackage} brings it`);
    }
    const rows = await withTemporaryFolder(async (folder) => {
      const all: PatchRow[] = [];
      for (let i = 0; i < positionals.length; i += 2) {
        const [old, next] = positionals.slice(i, i + 2).map((path) => pathFromCaller(path));
        all.push(await measured({ old, next, back: join(folder, "back") }, { level, present, folder }));
      }
      return all;
    });
    endSaying();
    const peers = present.map(({ id, name, version }) => ({
      id,
      name,
      version: version === undefined ? undefined : versionOf({ version }),
    }));
    const results: PatchesResults = { format: 1, ...hereAndNow(), level, peers, rows };
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};

/** @throws Error if the new version does not come back */
async function measured(
  files: { readonly old: string; readonly next: string; readonly back: string },
  {
    level,
    present,
    folder,
  }: { readonly level: number; readonly present: readonly PatchPeer[]; readonly folder: string },
): Promise<PatchRow> {
  const [old, next] = [files.old, files.next].map((path) => basename(path));
  say(`${old} → ${next}`);
  const [reference, content] = [readBytes(files.old), readBytes(files.next)];
  const alone = await compress(content, { level });
  const prior = new Reference(reference);
  const patch = await compress(content, { level, prior });
  const difference = firstDifference(content, await decompress(patch, { prior }));
  if (difference !== undefined) throw new Error(`${next} differs at byte ${difference}`);
  const peers: Record<string, number> = {};
  for (const peer of present) {
    say(`${old} → ${next}, ${peer.program}`);
    peers[peer.id] = peerPatch(peer, files, join(folder, "patch"));
  }
  return {
    old,
    next,
    oldSize: reference.length,
    size: content.length,
    alone: alone.length,
    patch: patch.length,
    peers,
  };
}
