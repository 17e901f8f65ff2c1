import { standing } from "@pith/core/steps";
import { estimateWords, loadEnglish, mayHaveWords } from "../../transforms/words/index.ts";

/** Share of its bytes that text must lose to the word dictionary for it to be worth while. */
const WORTH_WORDS = 0.14;

/** Whether text is worth the word dictionary, which is unpacked to find out. @yields 0, every few milliseconds */
export function* wordsPay(input: Uint8Array): Generator<number, boolean> {
  if (!mayHaveWords(input)) return false;
  yield* standing(loadEnglish());
  yield 0;
  return estimateWords(input) >= WORTH_WORDS;
}
