export { ByteReader, ByteWriter } from "./bytes.ts";
export { concatenate, isWhole } from "./concatenate.ts";
export { checkFinalByte } from "./final-byte.ts";
export { bytesOfName, hasOddBytes, nameOfBytes } from "./names.ts";
export { piecesOf, release } from "./release.ts";
export { giveSpare, takeSpare } from "./spare.ts";
export { type FileSource, type RandomAccessSource, sourceOf } from "./source.ts";
export { scaleBytes, type ScaledBytes } from "./unit.ts";
