export { compress, compressSync } from "./compress.ts";
export { decompress, decompressSync } from "./decompress.ts";
export { type RepeatSample } from "./transforms/dedupe/repeat-sample.ts";
export { info, type BlockInfo, type FileInfo, type FrameInfo } from "./info.ts";
export { defaultBlockSize, LEVELS, type LevelInfo } from "./plan/levels.ts";
export { type CompressOptions, type DecompressOptions, type Kind, type MethodName } from "./plan/options.ts";
export { loadKernels } from "./load-kernels.ts";
export { networkHash } from "./methods/neural/custom-network.ts";
export { type NeuralLearning, type NeuralOptions } from "./methods/neural/options.ts";
export { loadModels } from "./methods/load-models.ts";
export { type ModelName } from "./models/models.ts";
export { type PairsModel } from "./methods/pairs/models.ts";
export { type LetterTableModel, type PairsDecoder } from "./pairs-stream/decoders.ts";
export { type PairsFraming } from "./pairs-stream/header.ts";
export { type Loss, type Losses } from "./pairs-stream/losses.ts";
export {
  decodePairs,
  encodePairs,
  type EncodedPairs,
  type PairsDecodeOptions,
  type PairsEncodeOptions,
} from "./pairs-stream/pairs-stream.ts";
export { decodeMessage, encodeMessage, type MessageOptions } from "./messages/message.ts";
export { decompressRange, openFile, type OpenFile } from "./random-access/range.ts";
export { type FileSource, type RandomAccessSource } from "./random-access/source.ts";
export { sampleRepeats } from "./sample-repeats.ts";
export { CompressStream } from "./streams/compress-stream.ts";
export { DecompressStream } from "./streams/decompress-stream.ts";
export { verify, type Verification } from "./verify.ts";
export { type Chunk } from "./streams/pair.ts";
export { provideWorker } from "./workers/start-worker.ts";
