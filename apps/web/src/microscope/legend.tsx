import { leastBits, TINTS } from "./cost-scale.ts";
import { RANK_CLASSES, WORD_SCALE, type Shading } from "./shades.ts";

/** What the tints mean. */
export function Legend({ shading }: { readonly shading: Shading }) {
  if (shading === "rank") {
    return (
      <p class="legend">
        <span>among the first</span>
        <span class="swatches">
          {RANK_CLASSES.map(({ within, tint }) => (
            <span key={tint} class={`char tint-${tint}`}>
              {within === Infinity ? "none of these" : within}
            </span>
          ))}
        </span>
        <span>guesses; of what takes several, the product of what each takes</span>
      </p>
    );
  }
  const scale = shading === "word" ? WORD_SCALE : 1;
  return (
    <p class="legend">
      <span>expected</span>
      <span class="swatches">
        {Array.from({ length: TINTS }, (_, tint) => (
          <span key={tint} class={`char tint-${tint}`}>
            {scale * leastBits(tint)}
          </span>
        ))}
      </span>
      <span>bits{shading === "word" ? " a word" : ""}: a surprise</span>
    </p>
  );
}
