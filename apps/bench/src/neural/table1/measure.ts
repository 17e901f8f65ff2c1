/** One cell of the table: a method or a coder on a file. */
import { encodeSymbols } from "@pith/entropy";
import type { Machine } from "../../measure/child.ts";
import type { CorpusFile } from "../../measure/corpus.ts";
import { readBytes } from "../../measure/bytes.ts";
import { runTrial } from "../../measure/trial.ts";
import { hereAndNow } from "../../measure/where.ts";
import { predictAll } from "../code.ts";
import type { Coder } from "../coders.ts";
import type { Method } from "../methods.ts";
import { prepare } from "../prepare.ts";
import { processorSeconds } from "../processor-time.ts";
import { progress } from "../progress.ts";
import type { Row } from "./results.ts";

/**
 * Codes a file both ways.
 *
 * @param epochs of a network that learns the file first
 */
export function measureMethod(usual: Method, file: CorpusFile, epochs: number): Row {
  const method = usual.epochs === undefined ? usual : { ...usual, epochs };
  const content = readBytes(file.path);
  const what = `${method.name}, ${file.name}`;
  const started = processorSeconds();
  const { stream, predictor, weightsSize } = prepare(method, content, progress(`${what}, training`));
  const { ranks, direct } = predictAll(predictor(), stream.symbols, progress(what));
  const coded = encodeSymbols(ranks, stream.alphabetSize);
  return {
    ...hereAndNow(),
    file: file.name,
    method: method.id,
    characters: file.size,
    ranks: coded.length,
    direct: direct.length,
    table: stream.tableSize,
    ...(weightsSize === undefined ? {} : { weights: weightsSize, epochs }),
    seconds: processorSeconds() - started,
  };
}

/**
 * Runs a coder; what a program writes is decompressed and compared.
 *
 * @param folder for temporary files
 */
export async function measureCoder(coder: Coder, file: CorpusFile, folder: string, machine: Machine): Promise<Row> {
  const row = { ...hereAndNow(), file: file.name, method: coder.id, characters: file.size };
  if (typeof coder.code === "function") {
    const started = processorSeconds();
    const { length } = coder.code(readBytes(file.path));
    return { ...row, ranks: length, seconds: processorSeconds() - started };
  }
  const { size, compress } = await runTrial(coder.code, file.path, folder, machine);
  return { ...row, ranks: size, seconds: compress.cpuSeconds ?? compress.seconds };
}
