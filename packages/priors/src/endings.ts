/**
 * Where a message ends is not stored: it is the number that says so. A message of n bytes leaves an interval of numbers
 * behind; its number is the shortest in it, and of these the lowest, that is not the number of one of its own beginnings.
 * The decoder comes past the same intervals, gives each beginning its number in the same way, and stops at the beginning
 * whose number it was given. So the end costs less than a byte, and needs no length and no symbol of its own.
 */

/** Bytes that a number may go on behind those on which the interval's ends agree: what has been given out can be more. */
const MOST_FURTHER = 6;
/** 256^i. */
const POWERS = Array.from({ length: MOST_FURTHER + 1 }, (_, i) => 256 ** i);
/** Bytes of the interval's ends. */
const ENDS = 4;
const MODULUS = POWERS[MOST_FURTHER];

/** A number: bytes that stand for a fraction, with zeros behind them. */
export interface Ending {
  /** Bytes of it. */
  readonly length: number;
  /** How many of them lie behind the bytes on which the interval's ends agree, 0 to 6. */
  readonly further: number;
  /** Its last six bytes as an integer, or all, if it has fewer. */
  readonly tail: number;
}

/** Gives the beginnings of one message their numbers, shortest beginning first. */
export class Endings {
  /** Bytes on which the ends of the interval agree, and the last six of them as an integer. */
  #agreed = 0;
  #tail = 0;
  /** By length: the last number that was given out. They rise, as the lower end of the interval does. */
  readonly #given = new Map<number, number>();

  /** Bytes on which the ends of the interval agree. */
  get agreed(): number {
    return this.#agreed;
  }

  /** The interval's ends agree on a further byte. */
  agree(byte: number): void {
    this.#agreed++;
    this.#tail = (this.#tail % POWERS[MOST_FURTHER - 1]) * 256 + byte;
  }

  /**
   * The number of the next beginning.
   *
   * @param low end of its interval, u32, behind the bytes on which both agree
   * @param high its other end, which is still of it
   */
  next(low: number, high: number): Ending {
    for (let further = 0; further <= MOST_FURTHER; further++) {
      const length = this.#agreed + further;
      const base = (this.#tail * POWERS[further]) % MODULUS;
      const [first, last] = numbersOf(low, high, further);
      const given = this.#given.get(length);
      const tail = Math.max(base + first, given === undefined ? 0 : given + 1);
      if (tail > base + last) continue;
      this.#given.set(length, tail);
      return { length, further, tail };
    }
    // An interval has two numbers of four bytes at least, so 131,072 of six: more than a message has beginnings.
    throw new RangeError("a message is longer than its numbers reach");
  }
}

/** The lowest and the highest number of so many bytes in an interval; there is none if the first is above the last. */
function numbersOf(low: number, high: number, length: number): readonly [first: number, last: number] {
  if (length > ENDS) {
    const share = POWERS[length - ENDS];
    return [low * share, high * share + share - 1];
  }
  const share = POWERS[ENDS - length];
  return [Math.ceil(low / share), Math.floor(high / share)];
}

/** The bytes of a number behind those on which the interval's ends agree. */
export function furtherBytes({ further, tail }: Ending): number[] {
  return Array.from({ length: further }, (_, i) => Math.floor(tail / POWERS[further - 1 - i]) % 256);
}

/** The last six bytes of a number, as {@link Ending.tail} has them. */
export function tailOf(number: Uint8Array): number {
  return number.subarray(Math.max(0, number.length - MOST_FURTHER)).reduce((tail, byte) => tail * 256 + byte, 0);
}
