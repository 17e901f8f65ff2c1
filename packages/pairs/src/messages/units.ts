/** Units of 3 or 4 bits in bytes: the first unit in the highest bits; what is left of the last byte is ones. */

/** Packs units. @param units a unit each */
export function packUnits(units: Uint8Array, bits: number): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(Math.ceil((units.length * bits) / 8));
  let at = 0;
  let held = 0;
  let count = 0;
  for (const unit of units) {
    held = (held << bits) | unit;
    count += bits;
    if (count >= 8) {
      count -= 8;
      packed[at++] = held >> count;
      held &= (1 << count) - 1;
    }
  }
  if (count > 0) packed[at] = (held << (8 - count)) | (0xff >> count);
  return packed;
}

/** Undoes {@link packUnits}: the units, and those that fill the last byte. */
export function unpackUnits(packed: Uint8Array, bits: number): Uint8Array<ArrayBuffer> {
  const units = new Uint8Array(Math.floor((packed.length * 8) / bits));
  let at = 0;
  let held = 0;
  let count = 0;
  for (const byte of packed) {
    held = (held << 8) | byte;
    count += 8;
    while (count >= bits) {
      count -= bits;
      units[at++] = held >> count;
      held &= (1 << count) - 1;
    }
  }
  return units;
}
