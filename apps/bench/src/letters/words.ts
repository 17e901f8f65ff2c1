/** What a dictionary mends of decoded letters, before and after (thesis, section 6.4). */
import { englishWords } from "@pith/codec";
import { decodePairs, encodePairs, letterTableModel, type LetterTableModel } from "@pith/pairs";
import { createWordChecker } from "@pith/predictors";
import { evaluate, loadTrainedDecoder } from "@pith/statistics";
import { firstDifference, readBytes } from "../measure/bytes.ts";
import type { CorpusFile } from "../measure/corpus.ts";
import type { WordsResult, WordsSide } from "./results.ts";

/** With the table that ships, alone and with the codec's words. @throws Error for a text that does not come back */
export async function measureWords(
  files: readonly CorpusFile[],
  onRun: (what: string) => void,
): Promise<WordsResult[]> {
  const words = await englishWords();
  const plain = await letterTableModel();
  const checked: LetterTableModel = {
    hash: plain.hash ^ words.length,
    create: (groups) => createWordChecker({ decoder: plain.create(groups), groups, words }),
  };
  const results: WordsResult[] = [];
  for (const { name, path } of files) {
    onRun(`${name}: words`);
    const text = readBytes(path);
    results.push({ name, length: text.length, before: await side(text, plain), after: await side(text, checked) });
  }
  return results;
}

async function side(text: Uint8Array, model: LetterTableModel): Promise<WordsSide> {
  const { codes } = await loadTrainedDecoder("letter-table");
  const { ambiguous, words } = evaluate(text, codes, model.create(codes.groups));
  const sizeOf = async (framing: "thesis" | "in-stream"): Promise<number> => {
    const { stream } = await encodePairs(text, { framing, decoder: model, threads: 0 });
    const back = await decodePairs(stream, { decoder: model, threads: 0 });
    const difference = firstDifference(text, back);
    if (difference !== undefined) throw new Error(`with words, ${framing}: the text differs at byte ${difference}`);
    return stream.length;
  };
  return { ambiguous, words, thesis: await sizeOf("thesis"), inStream: await sizeOf("in-stream") };
}
