/** Others, and what they are called with the level that is asked of them. */
export const OTHERS = { xz: "xz -6", zstd: "zstd -19", brotli: "brotli -11" } as const;
export type Other = keyof typeof OTHERS;

/** What is known so far: bytes, or that a program could not be brought. */
export type OtherSizes = Readonly<Partial<Record<Other, number | "missing">>>;
