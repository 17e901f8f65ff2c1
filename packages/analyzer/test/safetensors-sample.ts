/** Makes safetensors files. */

export interface SampleTensor {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A file of these tensors, in this order. */
export function fileOf(tensors: readonly SampleTensor[], metadata?: Record<string, string>): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, type, shape, data }) => {
    const start = end;
    end += data.length;
    return [name, { dtype: type, shape, data_offsets: [start, end] }] as const;
  });
  const header = { ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(entries) };
  return withHeader(JSON.stringify(header), concatenate(tensors.map(({ data }) => data)));
}

/** A file with any text as its header. */
export function withHeader(json: string | Uint8Array, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = typeof json === "string" ? new TextEncoder().encode(json) : json;
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return concatenate([length, text, data]);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let done = 0;
  for (const part of parts) {
    whole.set(part, done);
    done += part.length;
  }
  return whole;
}

/** The bytes behind a typed array. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Numbers 0 … 1, the same on each run. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** Numbers around 0, by the sum of twelve. */
export function gaussian(random: () => number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
}
