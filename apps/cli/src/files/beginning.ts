/** Bytes at the beginning of a file that tell its format. */
export const BEGINNING = 16;
