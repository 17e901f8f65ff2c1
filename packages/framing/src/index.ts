export {
  ALPHABETICAL_TABLE,
  THESIS_TABLE,
  UNCODED,
  breakCode,
  checkCodeTable,
  codesByByte,
  formatCodeTable,
  parseCodeTable,
  type CodeTable,
} from "./code-table.ts";
export { FramingDecoder, decodeFraming } from "./decoder.ts";
export { FramingEncoder, encodeFraming } from "./encoder.ts";
export { type FramingOptions } from "./options.ts";
