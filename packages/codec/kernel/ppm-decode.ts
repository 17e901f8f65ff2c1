/** The half of `ppm.ts` that decodes, for programs that only do that. */
export {
  clearMemory, codedAddress, codedFinalByte, codedLength, codedRoom, contentAddress, decode, fault, refill, sliceLength, start,
  startDecoding,
} from "./ppm";
