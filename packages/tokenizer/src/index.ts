export { Tokenizer, type TokenDecodeOptions } from "./tokenizer.ts";
export { defaultVocabularySize, trainTokenizer, type TokenizerOptions } from "./train.ts";
export {
  LONGEST_TOKEN,
  MOST_TOKENS,
  readVocabulary,
  writeVocabulary,
  type Merge,
  type Vocabulary,
} from "./vocabulary.ts";
