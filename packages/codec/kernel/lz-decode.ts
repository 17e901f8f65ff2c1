/** The half of `lz.ts` that decodes, for programs that only do that. */
export { clearMemory, codedAddress, codedLength, contentAddress, decodeNext, fault, startDecoding } from "./lz";
