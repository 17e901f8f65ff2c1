/** Files of networks that `pith train` wrote. */

import { readFile, stat } from "node:fs/promises";

import type { NeuralModel } from "@pith/predictors";

import { Failure } from "../../errors.ts";
import { systemPath } from "../../files/system-path.ts";
import { advising, naming } from "./advising.ts";

/** Networks and checkpoints are much smaller; what is larger is something else. */
export const LARGEST_NETWORK = 2 ** 28;
/** Of the networks that are trained: bytes. */
export const SYMBOLS = 256;

/** The bytes of networks to code with. Most runs have none, and load nothing to read them. */
export async function readPackedNetworks(paths: readonly string[]): Promise<Uint8Array[]> {
  const networks: Uint8Array[] = [];
  for (const path of paths) networks.push(await naming(path, () => readPackedNetwork(path)));
  return networks;
}

async function readPackedNetwork(path: string): Promise<Uint8Array> {
  if ((await stat(systemPath(path))).isDirectory()) {
    throw new Failure("is a folder; make a file of it with pith train --from FOLDER -o MODEL");
  }
  const packed = await readAtMost(path, LARGEST_NETWORK);
  const { alphabetSize } = (await unpackNetwork(packed)).options;
  if (alphabetSize === SYMBOLS) return packed;
  throw new Failure(`expected a network of ${SYMBOLS} symbols, got ${alphabetSize}`);
}

/** @throws BadFile if it is no network */
export async function unpackNetwork(packed: Uint8Array): Promise<NeuralModel> {
  const { unpackNeuralModel } = await import("@pith/predictors");
  return advising("it is no network that pith train wrote, or it is damaged", () => unpackNeuralModel(packed));
}

/** @throws Failure if it has more than `most` bytes */
export async function readAtMost(path: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const { size } = await stat(systemPath(path));
  if (size > most) throw new Failure(`it is larger than ${most} bytes; give less`);
  return new Uint8Array(await readFile(systemPath(path)));
}
