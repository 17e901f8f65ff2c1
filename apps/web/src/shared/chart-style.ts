/** How charts look, as `style` of a plot. */
export const CHART_STYLE = {
  background: "none",
  fontFamily: "var(--sans)",
  fontSize: "12px",
  color: "var(--soft)",
};
