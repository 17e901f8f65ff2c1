import { leastBits, TINTS } from "./cost-scale.ts";

/** What the tints mean. */
export function Legend() {
  return (
    <p class="legend">
      <span>expected</span>
      <span class="swatches">
        {Array.from({ length: TINTS }, (_, tint) => (
          <span key={tint} class={`char tint-${tint}`}>
            {leastBits(tint)}
          </span>
        ))}
      </span>
      <span>bits: a surprise</span>
    </p>
  );
}
