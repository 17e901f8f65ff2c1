export type { RandomAccessSource } from "@pith/core/bytes";
export { SafetensorsFile } from "./file.ts";
export {
  headerLength,
  LENGTH_BYTES,
  looksLikeSafetensors,
  parseHeader,
  wrongLength,
  type SafetensorsHeader,
  type TensorInfo,
} from "./header.ts";
export { looksLikeOnnx, OnnxReader, readOnnx } from "./onnx.ts";
export { parseShardIndex, type ShardIndex } from "./shard-index.ts";
export { TENSOR_TYPE_NAMES, tensorType, type TensorType } from "./tensor-type.ts";
export { writeHeader, type DescribedTensor } from "./write-header.ts";
