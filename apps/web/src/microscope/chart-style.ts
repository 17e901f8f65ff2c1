/** Height of the charts, in CSS pixels. */
export const CHART_HEIGHT = 240;

/** Colours of the first predictor and of the one that it is compared with. */
export const SERIES_COLOURS = ["var(--ember)", "var(--moss)"] as const;
