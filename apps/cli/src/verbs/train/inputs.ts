/** What `pith train` reads. */

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { unpackNeuralModel, type NeuralModel } from "@pith/predictors";

import { Failure } from "../../errors.ts";
import { advising, naming } from "../stats/inputs.ts";

/** What is learnt is held in memory. */
const LARGEST_CONTENT = 2 ** 30;
/** Networks and checkpoints are much smaller; what is larger is something else. */
const LARGEST_NETWORK = 2 ** 28;
/** Of the networks that are trained: bytes. */
export const SYMBOLS = 256;

/** A whole file, or standard input. */
export async function readContent(path: string): Promise<Uint8Array> {
  if (path !== "-") return readSome(path, LARGEST_CONTENT);
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
    if (!(await stat(path)).isDirectory()) {
      const bytes = await readSome(path, LARGEST_NETWORK);
      return unpack(bytes);
    }
    const { fromLayersModel } = await import("@pith/training");
    const files = {
      "model.json": await readSome(join(path, "model.json"), LARGEST_NETWORK),
      "weights.bin": await readSome(join(path, "weights.bin"), LARGEST_NETWORK),
    };
    return advising("only models that --export-tensorflow wrote can be read", () => fromLayersModel(files));
  });
}

/** The bytes of files that `pith train` wrote, to code with. */
export async function readPackedNetworks(paths: readonly string[]): Promise<Uint8Array[]> {
  const networks: Uint8Array[] = [];
  for (const path of paths) networks.push(await naming(path, () => readPackedNetwork(path)));
  return networks;
}

async function readPackedNetwork(path: string): Promise<Uint8Array> {
  if ((await stat(path)).isDirectory()) {
    throw new Failure("is a folder; make a file of it with pith train --from FOLDER -o MODEL");
  }
  const packed = await readSome(path, LARGEST_NETWORK);
  const { alphabetSize } = (await unpack(packed)).options;
  if (alphabetSize === SYMBOLS) return packed;
  throw new Failure(`expected a network of ${SYMBOLS} symbols, got ${alphabetSize}`);
}

function unpack(packed: Uint8Array): Promise<NeuralModel> {
  return advising("it is no network that pith train wrote, or it is damaged", () => unpackNeuralModel(packed));
}

/** The bytes of a checkpoint. */
export function readCheckpointFile(path: string): Promise<Uint8Array> {
  return naming(path, () => readSome(path, LARGEST_NETWORK));
}

async function readSome(path: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const { size } = await stat(path);
  if (size > most) throw new Failure(`it is larger than ${most} bytes; give less`);
  return new Uint8Array(await readFile(path));
}
