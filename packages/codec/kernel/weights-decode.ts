/** The half of `weights.ts` that decodes, for programs that only do that. */
export { clearMemory, codedAddress, contentAddress, decode, fault, start } from "./weights";
