/** What a {@link PatternCounter} counted, as plain data that a worker or a file can carry. */
export interface PatternState {
  /** Blocks, fine, micro, places of blocks. */
  readonly tables: readonly TableState[];
  /** log2 of the blocks of a cell of the map. */
  readonly cellShift: number;
  readonly cells: Uint32Array;
  /** A bit for each block from the start of the file: it occurred before. */
  readonly marked: Uint8Array;
  readonly firstBlock: number;
  readonly blocks: number;
  /** Bytes after the last whole block: 0 but at the end of the file. */
  readonly remainder: number;
}

/** A table of the kernel. */
export interface TableState {
  /** log2 of one in how many hashes it has. */
  readonly level: number;
  /** Its entries, in any order, as the kernel lays them out. */
  readonly entries: Uint8Array;
}
