/** How many letters each decoder gets right, and how large texts are with corrections. */
import { decodePairs, encodePairs, type PairsDecoder } from "@pith/pairs";
import {
  compressibleShare,
  countText,
  encodableShare,
  evaluate,
  loadTrainedDecoder,
  TRAINED_DECODERS,
  type TrainedDecoder,
} from "@pith/statistics";
import { firstDifference, readBytes } from "../measure/bytes.ts";
import type { CorpusFile } from "../measure/corpus.ts";
import type { DecoderResult, StreamSize, TextResult } from "./results.ts";

/** What the codec calls them. */
export const PAIRS_DECODERS = {
  "letter-table": "table",
  "resolver-small": "small",
  "resolver-medium": "medium",
  "resolver-large": "large",
} as const satisfies Record<TrainedDecoder, PairsDecoder>;

/** @throws Error for a text that does not come back */
export async function measureTexts(files: readonly CorpusFile[], onRun: (what: string) => void): Promise<TextResult[]> {
  const results: TextResult[] = [];
  for (const { name, path } of files) {
    const text = readBytes(path);
    const decoders: DecoderResult[] = [];
    let framed = 0;
    for (const decoder of TRAINED_DECODERS) {
      onRun(`${name}: ${decoder}`);
      const { codes, decoder: letters } = await loadTrainedDecoder(decoder);
      const { ambiguous, coded, characters, encodedLength } = evaluate(text, codes, letters);
      framed = encodedLength;
      decoders.push({
        decoder,
        ambiguous: ambiguous.of,
        right: ambiguous.right,
        coded,
        characters,
        thesis: await streamSize(text, "thesis", decoder),
        inStream: await streamSize(text, "in-stream", decoder),
      });
    }
    const counts = await countText([text]);
    results.push({
      name,
      length: text.length,
      encodable: encodableShare(counts),
      inRuns: compressibleShare(counts),
      framed,
      decoders,
    });
  }
  return results;
}

async function streamSize(
  text: Uint8Array,
  framing: "thesis" | "in-stream",
  name: TrainedDecoder,
): Promise<StreamSize> {
  const decoder = PAIRS_DECODERS[name];
  const { stream } = await encodePairs(text, { framing, decoder, threads: 0 });
  const difference = firstDifference(text, await decodePairs(stream, { threads: 0 }));
  if (difference !== undefined) throw new Error(`${name}, ${framing}: the text differs at byte ${difference}`);
  const lossy = await encodePairs(text, { framing, decoder, lossy: true, threads: 0 });
  return { size: stream.length, corrections: stream.length - lossy.stream.length };
}
