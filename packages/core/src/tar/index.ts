export { hasTarChecksum, hasTarMagic, TAR, TAR_BLOCK, tarChecksum, tarNumber } from "./header.ts";
export { readPaxRecords } from "./pax.ts";
