import { formatCount, formatPercent } from "../shared/format.ts";
import type { Accuracy, Stretch } from "./decisions.ts";

/** The text as the decoder read it, its errors marked. */
export function Reading({
  stretches,
  accuracy,
}: {
  readonly stretches: readonly Stretch[];
  readonly accuracy: Accuracy;
}) {
  const { ambiguous, wrong, all } = accuracy;
  return (
    <>
      <p class="headline left">
        {all === 0 ? "–" : formatPercent(1 - wrong / all)} <span class="caption">of all characters right</span>
      </p>
      <p class="facts">
        {ambiguous === 0
          ? "No letter was left open: runs of 12 letters, spaces and periods or more are coded."
          : `${formatCount(ambiguous)} letters were left open; ${wrong === 0 ? "all of them were told apart" : `${formatCount(wrong)} of them are wrong`}`}
      </p>
      <p class="reading">
        {stretches.map((stretch, i) => {
          switch (stretch.type) {
            case "known":
              return stretch.text;
            case "right":
              return (
                <span key={i} class="right">
                  {stretch.text}
                </span>
              );
            case "wrong":
              return (
                <span key={i} class="wrong" title={`${stretch.text}: it was ${stretch.meant}`}>
                  {stretch.text}
                  <span class="unseen"> (it was {stretch.meant})</span>
                </span>
              );
          }
        })}
      </p>
    </>
  );
}
