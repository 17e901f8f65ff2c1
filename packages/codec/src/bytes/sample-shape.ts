/** How samples stand in content. */
export interface SampleShape {
  /** Bytes of a sample: 1 to 3. */
  readonly bytes: number;
  /** Its highest byte comes first. */
  readonly big: boolean;
  /** It is a number in two's complement. */
  readonly signed: boolean;
  /** Samples of a pixel, or of a moment of sound: 1 to 8. */
  readonly channels: number;
  /** Samples of a row with what fills it up, up to 2^18; 0 for sound. */
  readonly row: number;
}

const MOST_BYTES = 3;
export const MOST_CHANNELS = 8;
export const MOST_ROW = 2 ** 18;
/** Pixels of a row: models look so far to its right. */
const LEAST_PIXELS = 3;

/** Whether a shape is one that can be coded. */
export function isShape({ bytes, signed, channels, row }: SampleShape): boolean {
  const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;
  return (
    isWithin(bytes, 1, MOST_BYTES) &&
    // The largest samples have a sign, or they would not fit what models keep of them.
    (bytes < MOST_BYTES || signed) &&
    isWithin(channels, 1, MOST_CHANNELS) &&
    (row === 0 || isWithin(row, LEAST_PIXELS * channels, MOST_ROW))
  );
}

/** Bytes of 8 bits, one channel, no rows: what content has when nothing is known of it. */
export const PLAIN: SampleShape = { bytes: 1, big: false, signed: false, channels: 1, row: 0 };
