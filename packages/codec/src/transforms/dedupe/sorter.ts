/** Bytes of content whose stream is decided together. */
export const PAGE = 4096;
/** Bytes of content that are told from noise together; a multiple of a page. */
export const STRETCH = 65_536;

/** Tells an encoder what its literals are, so that each can be coded as what it is. */
export interface Sorter {
  /** The stream for literals of a page of content, 0 to 2. */
  streamOf(page: Uint8Array): number;
  /**
   * Whether no method makes a stretch of content smaller.
   *
   * @param stretch {@link STRETCH} bytes; the last ones of the content where it ends within the stretch
   * @param number of the stretch in the content, from 0
   */
  isIncompressible(stretch: Uint8Array, number: number): boolean;
}
