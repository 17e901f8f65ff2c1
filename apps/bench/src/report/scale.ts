/** Axes: from values to places, with round numbers to label. */

/** Maps low … high to from … to. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  at(value: number): number;
}

/** A mark on an axis. */
export interface Tick {
  readonly value: number;
  readonly position: number;
}

/** Linear, with a margin of 8 % of the range at both ends. */
export function linearScale(values: readonly number[], from: number, to: number): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const margin = (most - least) * 0.08 || most * 0.1 || 1;
  const low = least - margin;
  const high = most + margin;
  return { low, high, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

/** Logarithmic, for positive values, with room of a factor of 1.4 at both ends. */
export function logarithmicScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.min(...values) / 1.4;
  const high = Math.max(...values) * 1.4;
  const span = Math.log(high / low);
  return { low, high, at: (value) => from + (Math.log(value / low) / span) * (to - from) };
}

/** Three to eight multiples of 1, 2 or 5 times a power of ten. */
export function linearTicks(scale: Scale): Tick[] {
  const rough = (scale.high - scale.low) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((s) => s >= rough) ?? rough;
  const ticks: Tick[] = [];
  for (let i = Math.ceil(scale.low / step); i * step <= scale.high; i++) {
    const value = Number((i * step).toPrecision(12));
    ticks.push({ value, position: scale.at(value) });
  }
  return ticks;
}

/** 1, 2 and 5 times each power of ten within the scale; powers alone where that would be more than ten. */
export function logarithmicTicks(scale: Scale): Tick[] {
  const ticks = (factors: readonly number[]): Tick[] => {
    const found: Tick[] = [];
    for (let power = Math.floor(Math.log10(scale.low)); power <= Math.ceil(Math.log10(scale.high)); power++) {
      for (const factor of factors) {
        const value = Number((factor * 10 ** power).toPrecision(12));
        if (value >= scale.low && value <= scale.high) found.push({ value, position: scale.at(value) });
      }
    }
    return found;
  };
  const fine = ticks([1, 2, 5]);
  return fine.length <= 10 ? fine : ticks([1]);
}
