/** Numbers for people. Not with `Intl`: the same report on every machine. */
import { scaleBytes } from "@pith/core/bytes";

/** `2.15 MB`, where MB is 10^6 bytes; whole bytes below 1000. */
export function formatBytes(bytes: number): string {
  const { value, unit } = scaleBytes(bytes);
  return `${unit === "B" ? formatFigure(bytes) : value.toFixed(2)} ${unit}`;
}

/** As {@link formatBytes}, without zeros that say nothing: `2 MB`. */
export function formatShortBytes(bytes: number): string {
  return formatBytes(bytes).replace(/(\.\d*?)0+ /, (_, fraction: string) => `${fraction === "." ? "" : fraction} `);
}

/** `2,145,308`, without fraction. */
export function formatCount(value: number): string {
  return value
    .toFixed(0)
    .replace(/^-0$/, "0")
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Three significant digits, without trailing zeros: `0.00123`, `12.3`, `4,560`; powers of ten beyond that. */
export function formatFigure(value: number): string {
  if (value === 0) return "0";
  if (value < 0) return `−${formatFigure(-value)}`;
  const magnitude = Math.floor(Math.log10(value));
  if (magnitude < -4 || magnitude > 14) return value.toExponential(2).replace("e+", "e");
  if (magnitude >= 2) return formatCount(value);
  return value
    .toFixed(2 - magnitude)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

/** `14.6 %` of a share. */
export function formatShare(share: number): string {
  const percent = 100 * share;
  if (percent !== 0 && Math.abs(percent) < 0.05) return `${formatFigure(percent)} %`;
  return `${percent.toFixed(1)} %`;
}

/** Bits per byte and the like: `5.321`. */
export function formatBits(bits: number): string {
  return bits.toFixed(3).replace(/^-(0\.0+)$/, "$1");
}

/** A correlation: `+0.42`, `−0.08`, `0.00`. */
export function formatCorrelation(value: number): string {
  const text = Math.abs(value).toFixed(2);
  if (text === "0.00") return text;
  return (value < 0 ? "−" : "+") + text;
}

/** `5,943,677×`. */
export function formatRatio(ratio: number): string {
  return `${formatFigure(ratio)}×`;
}

/** A noun after its number: `1 tensor`, `3 tensors`. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `once`, `7 times`. */
export function formatTimes(count: number): string {
  return count === 1 ? "once" : `${formatCount(count)} times`;
}
