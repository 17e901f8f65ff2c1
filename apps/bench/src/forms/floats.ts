/** Floats of two bytes. */

/** Nearest of the numbers of 16 bits with five of exponent; of two as near, the even one. */
export function halfOf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return sign | 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  // Below 2^-14 steps are as wide as there.
  const exponent = Math.max(-14, Math.floor(Math.log2(size === 0 ? 1 : size)));
  const steps = roundEven(size * 2 ** (10 - exponent));
  // A mantissa that rounds up to the next power of two carries into the exponent by itself.
  return sign | (steps < 1024 ? steps : ((exponent + 15) << 10) + (steps - 1024));
}

export function writeHalf(view: DataView, at: number, value: number): void {
  view.setUint16(at, halfOf(value), true);
}

/** The upper half of a float of four bytes, rounded; of two as near, the even one. */
export function bfloatOf(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0];
  if (Number.isNaN(value)) return (bits >>> 16) | 0x40;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

function roundEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
