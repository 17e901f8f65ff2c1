/** What Table 2 of the neural paper puts in the place of the residual blocks. */
import type { Network } from "../methods.ts";
import type { TABLE_2 } from "../paper.ts";

/** One of them. */
export interface Variant {
  readonly id: keyof typeof TABLE_2;
  readonly name: string;
  readonly network: Network;
}

export const VARIANTS: readonly Variant[] = [
  { id: "none", name: "None", network: { architecture: "none" } },
  { id: "residual", name: "Residual", network: { architecture: "residual" } },
  { id: "rnn", name: "RNN 1 layer", network: { architecture: "rnn" } },
  { id: "rnn-2", name: "RNN 2 layers", network: { architecture: "rnn", layers: 2 } },
  { id: "rnn-3", name: "RNN 3 layers", network: { architecture: "rnn", layers: 3 } },
  { id: "lstm", name: "LSTM, coupled gates", network: { architecture: "lstm" } },
  { id: "gru", name: "GRU", network: { architecture: "gru" } },
  { id: "transformer", name: "Transformer", network: { architecture: "transformer" } },
];
