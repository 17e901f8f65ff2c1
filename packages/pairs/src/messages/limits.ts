/** Bytes of a message's text at most. */
export const LONGEST_MESSAGE = 16_384;
