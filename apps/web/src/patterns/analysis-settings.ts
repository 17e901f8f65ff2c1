import type { SignatureKind } from "@pith/analyzer";
import { statedSettings, type Settings } from "../shared/routes.ts";

/** What an analysis takes. */
export interface AnalysisSettings {
  /** Bytes of a coarse pattern. */
  readonly blockSize: number;
  readonly signature: SignatureKind;
}

export const BLOCK_SIZES: readonly number[] = [100, 1000, 10_000, 100_000];
export const SIGNATURES: readonly SignatureKind[] = ["xxh64", "md5"];

export const DEFAULT_ANALYSIS: AnalysisSettings = { blockSize: 1000, signature: "xxh64" };

/** Settings as they stand in the address; what it does not say, or says wrong, has its default. */
export function analysisSettingsOf(settings: Settings): AnalysisSettings {
  return {
    blockSize: BLOCK_SIZES.find((size) => String(size) === settings["block"]) ?? DEFAULT_ANALYSIS.blockSize,
    signature: SIGNATURES.find((kind) => kind === settings["signature"]) ?? DEFAULT_ANALYSIS.signature,
  };
}

/** Undoes {@link analysisSettingsOf}. */
export function settingsInAddress({ blockSize, signature }: AnalysisSettings): Settings {
  const defaults = { block: DEFAULT_ANALYSIS.blockSize, signature: DEFAULT_ANALYSIS.signature };
  return statedSettings({ block: blockSize, signature }, defaults);
}
