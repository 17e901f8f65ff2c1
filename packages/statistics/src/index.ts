export { barChart, type BarPanel } from "./charts/bar-chart.ts";
export { textBars, type Bar } from "./charts/bars.ts";
export { differenceFigure, neighboursFigure, searchFigure, showCharacter } from "./charts/figures.ts";
export { checkAlphabet, MAXIMUM_ALPHABET } from "./counting/alphabet.ts";
export { utf16Of } from "./counting/utf16.ts";
export { Counter, countRange, countText, type CountTextOptions } from "./counting/counter.ts";
export { emptyCounts, mergeCounts, shapeOf, type CountOptions, type Counts } from "./counting/counts.ts";
export { checkWindow, distancesOf, MAXIMUM_REACH, THESIS_WINDOW, type Window } from "./counting/window.ts";
export { DECIDERS, trainDecider, type Decider, type DeciderKind } from "./evaluation/deciders/decider.ts";
export { evaluate, shareOf, type Accuracy, type Confusion, type Evaluation } from "./evaluation/evaluate.ts";
export { codeText, hideLetters, type CodedText } from "./evaluation/hidden-text.ts";
export { importanceByDistance, knownDecisions, type Importance } from "./evaluation/importance.ts";
export {
  ACTIVATIONS,
  climbLadder,
  RUNGS,
  type ActivationRung,
  type DeciderRung,
  type Ladder,
  type LadderOptions,
  type NamedText,
  type Rung,
  type RungName,
} from "./evaluation/ladder.ts";
export { accuracyOn } from "./evaluation/measure.ts";
export {
  loadTrainedDecoder,
  TRAINED_DECODERS,
  type Decoding,
  type TrainedDecoder,
  type TrainedDecoding,
} from "./evaluation/trained-decoders.ts";
export {
  AXIS_NAMES,
  FOREIGN_VALUES,
  importStatistics,
  type AxisName,
  type ForeignValues,
  type ImportOptions,
  type Imported,
} from "./hdf5/import.ts";
export { readStatistics } from "./hdf5/read.ts";
export { writeStatistics } from "./hdf5/write.ts";
export { PAIRINGS, pairCharacters, THESIS_SINGLES, type PairedTable, type Pairing } from "./pairing/code-tables.ts";
export { differenceMatrix } from "./pairing/difference.ts";
export { assign, pairsOfAssignment } from "./pairing/hungarian.ts";
export { matchExactly, MAXIMUM_MATCHED } from "./pairing/matching.ts";
export {
  parseSwapState,
  startSwapSearch,
  stepSwapSearch,
  SWAP_SIZES,
  type Improvement,
  type Measure,
  type SwapSize,
  type SwapState,
} from "./pairing/swap-search.ts";
export {
  NORMALISATIONS,
  QUANTITIES,
  type Normalisation,
  type Quantity,
  type Statistics,
  type Table,
} from "./statistics.ts";
export { decoderTable, valuesOf } from "./tables/decoder-table.ts";
export {
  compressibleShare,
  differenceByDistance,
  encodableShare,
  frequencies,
  neighboursOf,
  type ByDistance,
  type Neighbours,
} from "./tables/measures.ts";
export { probabilities, tableOf, type TableOptions } from "./tables/table-of.ts";
