/** Numbers of the format; docs/format.md defines them. */

/** What encoders write. */
export const VERSION = 2;
/** Checksums of its blocks cover the content alone. */
export const FIRST_VERSION = 1;

export const MAGIC = Uint8Array.of(0x8f, 0x70);
export const END_MAGIC = Uint8Array.of(0x70, 0x8f);
export const INDEX_TAG = 0xf1;

/** Most bytes of content in a block, and most bytes that a transform gives out. */
export const MAX_LENGTH = 2 ** 30;
export const MAX_BLOCKS = 65_536;
export const MAX_TRANSFORMS = 4;
export const MAX_PARTS = 1024;
export const MAX_PARAMETERS = 256;

export const CHECKSUM_LENGTH = 8;
const MAX_VARINT = 5;

/** Bytes of the longest header of a block. */
export const MAX_HEADER =
  1 + MAX_VARINT + MAX_TRANSFORMS * (1 + MAX_VARINT) + MAX_PARAMETERS + MAX_VARINT + CHECKSUM_LENGTH;

/** Bytes of the index length and the end magic. */
export const FOOTER_LENGTH = 4 + END_MAGIC.length;
/** Bytes of the longest index, from its tag to the end of its checksum. */
export const MAX_INDEX = 1 + MAX_VARINT + MAX_BLOCKS * 2 * MAX_VARINT + CHECKSUM_LENGTH;

/** The id of the method that stores. */
export const STORED = 0;
