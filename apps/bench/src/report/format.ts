/** Numbers for people. */

/** Three significant digits and at most three decimals; "–" for what is not known. */
export function figure(value: number | undefined): string {
  if (value === undefined) return "–";
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

/** Bits per character. */
export const bits = (value: number): string => value.toFixed(3);

/** Bytes as MiB. */
export const mebibytes = (bytes: number | undefined): string =>
  figure(bytes === undefined ? undefined : bytes / 2 ** 20);

/** Thousands apart: 1,000,000. */
export const thousands = (value: number): string => value.toLocaleString("en-US");

/** Seconds as 1:02:03, 2:03 or 0:03. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (n: number): string => String(n).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${pad(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`;
}
