/** Height of the chart of levels, in CSS pixels. */
export const LEVELS_HEIGHT = 300;
