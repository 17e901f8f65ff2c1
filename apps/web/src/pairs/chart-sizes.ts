/** Heights of the charts, in CSS pixels. */
export const DIFFERENCES_HEIGHT = 240;
export const NEIGHBOURS_HEIGHT = 560;
