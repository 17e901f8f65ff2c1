/** What a value of a tensor is made of. */
export interface TensorType {
  /** As safetensors writes it: `BF16`. */
  readonly name: string;
  /** Of a value as the format counts them; 4 and 6 are packed. */
  readonly bits: number;
  /** Bytes of what is counted as one value here: a part of a complex number, a byte of packed ones. */
  readonly unitBytes: 1 | 2 | 4 | 8;
  /** Of a float with sign; 0 for everything else, which is counted by byte. */
  readonly exponentBits: number;
  /** Likewise. */
  readonly mantissaBits: number;
}

/** In the order in which safetensors lists them. */
const TYPES: readonly TensorType[] = [
  bytes("BOOL", 8, 1),
  bytes("F4", 4, 1),
  bytes("F6_E2M3", 6, 1),
  bytes("F6_E3M2", 6, 1),
  bytes("U8", 8, 1),
  bytes("I8", 8, 1),
  float("F8_E5M2", 1, 5, 2),
  float("F8_E5M2FNUZ", 1, 5, 2),
  float("F8_E4M3", 1, 4, 3),
  float("F8_E4M3FNUZ", 1, 4, 3),
  bytes("F8_E8M0", 8, 1),
  bytes("I16", 16, 2),
  bytes("U16", 16, 2),
  float("F16", 2, 5, 10),
  float("BF16", 2, 8, 7),
  bytes("I32", 32, 4),
  bytes("U32", 32, 4),
  float("F32", 4, 8, 23),
  { ...float("C64", 4, 8, 23), bits: 64 },
  float("F64", 8, 11, 52),
  bytes("I64", 64, 8),
  bytes("U64", 64, 8),
];

function bytes(name: string, bits: number, unitBytes: TensorType["unitBytes"]): TensorType {
  return { name, bits, unitBytes, exponentBits: 0, mantissaBits: 0 };
}

function float(
  name: string,
  unitBytes: TensorType["unitBytes"],
  exponentBits: number,
  mantissaBits: number,
): TensorType {
  return { name, bits: 8 * unitBytes, unitBytes, exponentBits, mantissaBits };
}

const BY_NAME: ReadonlyMap<string, TensorType> = new Map(TYPES.map((type) => [type.name, type]));

/** Names of all types that are known. */
export const TENSOR_TYPE_NAMES: readonly string[] = TYPES.map(({ name }) => name);

/** Undefined for a name that no version of safetensors known here writes. */
export function tensorType(name: string): TensorType | undefined {
  return BY_NAME.get(name);
}
