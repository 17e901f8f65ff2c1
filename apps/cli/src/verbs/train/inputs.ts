/** What `pith train` reads. */

import { stat } from "node:fs/promises";
import { join } from "node:path";

import type { NeuralModel } from "@pith/predictors";

import { Failure } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { advising, naming } from "../shared/advising.ts";
import { LARGEST_NETWORK, readAtMost, unpackNetwork } from "../shared/networks.ts";

/** What is learnt is held in memory. */
const LARGEST_CONTENT = 2 ** 30;

/** A whole file, or standard input. */
export async function readContent(path: string): Promise<Uint8Array> {
  if (path !== "-") return readAtMost(path, LARGEST_CONTENT);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
    parts.push(part);
    length += part.length;
    if (length > LARGEST_CONTENT) throw new Failure(`it is larger than ${LARGEST_CONTENT} bytes; give less`);
  }
  return Buffer.concat(parts);
}

/** The network of a file that `pith train` wrote, or of a folder with a LayersModel. */
export function readNetwork(path: string): Promise<NeuralModel> {
  return naming(path, async () => {
    if (!(await stat(systemPath(path))).isDirectory()) {
      const bytes = await readAtMost(path, LARGEST_NETWORK);
      return unpackNetwork(bytes);
    }
    const { fromLayersModel } = await import("@pith/training");
    const files = {
      "model.json": await readAtMost(join(path, "model.json"), LARGEST_NETWORK),
      "weights.bin": await readAtMost(join(path, "weights.bin"), LARGEST_NETWORK),
    };
    return advising("only models that --export-tensorflow wrote can be read", () => fromLayersModel(files));
  });
}

/** The bytes of a checkpoint. */
export function readCheckpointFile(path: string): Promise<Uint8Array> {
  return naming(path, () => readAtMost(path, LARGEST_NETWORK));
}
