/**
 * What came before, once more: when the last few units have come before, the unit that followed them then is expected
 * now. Short texts repeat names, numbers and turns of phrase that no model could have learnt beforehand.
 */

/** How many units came as they did before; 0 where nothing is expected. */
export let repeated: i32 = 0;
/** The unit that is expected. */
export let expected: i32 = 0;

/** Units that are recalled by. */
const RECALLED: i32 = 5;
/** Repeated units beyond which it makes no difference. */
const MOST_REPEATED: i32 = 32;
/** Units that are remembered: those of a longer text are not. */
const CAPACITY: i32 = 1 << 16;
const HASH_BITS: i32 = 12;
const HASH_FACTOR: u32 = 0x9e3779b1;

const units = memory.data(CAPACITY); // u8
const ends = memory.data(4 << HASH_BITS, 4); // i32 [hash of the last units]: the place behind them; 0 for none
let count: i32 = 0;
/** The last units, four bits each. */
let recent: u32 = 0;
/** Place of the expected unit. */
let source: i32 = 0;

/** Forgets everything. */
export function startRepeats(): void {
  repeated = 0;
  count = 0;
  recent = 0;
  memory.fill(ends, 0, 4 << HASH_BITS);
}

/** Takes the next unit. */
export function pushRepeat(unit: i32): void {
  if (count == CAPACITY) {
    repeated = 0;
    return;
  }
  repeated = repeated > 0 && unit == expected ? min(MOST_REPEATED, repeated + 1) : 0;
  store<u8>(units + count++, <u8>unit);
  recent = (recent << 4) | unit;
  if (count >= RECALLED) {
    const hash = ((recent & ((1 << (4 * RECALLED)) - 1)) * HASH_FACTOR) >>> (32 - HASH_BITS);
    const end = ends + (<usize>hash << 2);
    if (repeated > 0) source++;
    else {
      source = load<i32>(end);
      while (repeated < min(source, MOST_REPEATED) && unitBefore(source, repeated) == unitBefore(count, repeated)) repeated++;
    }
    store<i32>(end, count);
  }
  if (repeated > 0) expected = load<u8>(units + source);
}

// @ts-ignore: decorator
@inline
function unitBefore(place: i32, back: i32): i32 {
  return load<u8>(units + (place - 1 - back));
}
