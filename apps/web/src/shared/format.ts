/** Numbers for people. */
import { scaleBytes } from "@pith/core/bytes";

const INTEGERS = new Intl.NumberFormat("en");

/** `1,234` */
export function formatCount(count: number): string {
  return INTEGERS.format(count);
}

/** `one file`, `3 files` */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `one ${one}` : `${formatCount(count)} ${many}`;
}

/** A number of bytes: `1.00 MB`, where MB is 10^6 bytes. */
export function formatBytes(bytes: number): string {
  const { value, unit } = scaleBytes(bytes);
  if (unit === "B") return `${formatCount(bytes)} B`;
  return `${value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)} ${unit}`;
}

/** Memory, in whole MiB. */
export function formatMemory(bytes: number): string {
  return `${formatCount(Math.round(bytes / 2 ** 20))} MiB`;
}

/** `24.1 %`; `–` of nothing. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? "–" : formatPercent(part / whole);
}

/** `24.1 %`, `< 0.1 %` */
export function formatPercent(share: number): string {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  if (share < 1 && share >= 0.9995) return "> 99.9 %";
  return `${(100 * share).toFixed(1)} %`;
}

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min` */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `1.23 MB/s` */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(Math.round(bytesPerSecond))}/s`;
}
