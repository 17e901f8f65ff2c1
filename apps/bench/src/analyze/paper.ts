/** What the RSRC paper says of speed and of other methods, as it says it. */

/** Section 4.5: seconds, and MB/s. */
export const PROCESSING = [
  { name: "1KB", seconds: 0.001, speed: 1 },
  { name: "1MB", seconds: 0.05, speed: 20 },
  { name: "100MB", seconds: 2.1, speed: 47.6 },
  { name: "16.35GB", seconds: 45, speed: 363 },
] as const;

/** Section 5.3. */
export const COMPARISON = [
  { method: "gzip", ratio: "3 to 5", better: 1_188_735 },
  { method: "LZMA", ratio: "5 to 10", better: 594_368 },
  { method: "neural compression", ratio: "10 to 50", better: 118_873 },
] as const;
