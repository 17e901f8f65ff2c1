/** Which part of a file is compressed, to see what Pith makes of it. */

/** Most bytes that are compressed. */
const LIMIT = 4 * 2 ** 20;
/** Pieces of a sample of a longer file, evenly spread. */
const PIECES = 8;

export interface Sample {
  readonly content: Blob;
  /** 1 where it is all in one. */
  readonly pieces: number;
}

/** A file that is not too long is its own sample. */
export function sampleOf(file: Blob, limit = LIMIT): Sample {
  if (file.size <= limit) return { content: file, pieces: 1 };
  const length = Math.floor(limit / PIECES);
  const step = (file.size - length) / (PIECES - 1);
  const parts = Array.from({ length: PIECES }, (_, i) => {
    const start = Math.floor(i * step);
    return file.slice(start, start + length);
  });
  return { content: new Blob(parts), pieces: PIECES };
}
