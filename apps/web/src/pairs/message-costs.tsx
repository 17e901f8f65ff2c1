import { useMemo } from "preact/hooks";
import { characterAt, charactersOf, shown } from "../shared/characters.ts";
import { tintOf } from "../microscope/cost-scale.ts";
import { Legend } from "../microscope/legend.tsx";

/** A message with each character on a tint of what it costs in a message by the model. */
export function MessageCosts({ text, costs }: { readonly text: string; readonly costs: Float64Array }) {
  const characters = useMemo(() => charactersOf(text), [text]);
  if (costs.length !== characters.bytes.length) return null;
  const { byteStarts } = characters;
  return (
    <>
      <Legend shading="cost" />
      <p class="message-costs">
        {Array.from({ length: characters.count }, (_, i) => {
          const cost = costs.subarray(byteStarts[i], byteStarts[i + 1]).reduce((sum, bits) => sum + bits, 0);
          return (
            <span key={i} class={`char tint-${tintOf(cost)}`} title={`${cost.toFixed(2)} bits`}>
              {shown(characterAt(characters, i))}
            </span>
          );
        })}
      </p>
    </>
  );
}
