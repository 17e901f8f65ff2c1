/** The tensors of a language model, by the shapes of Mistral 7B. */
import type { DescribedTensor } from "@pith/tensors";

/** A tensor, and of what its numbers are drawn. */
export interface ModelTensor extends DescribedTensor {
  /** Values. */
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Sizes of a model's layers. */
export interface ModelShape {
  readonly layers: number;
  readonly vocabulary: number;
  readonly hidden: number;
  /** Of keys and values, which several heads share. */
  readonly shared: number;
  readonly inner: number;
}

/** Of Mistral 7B. */
export const MISTRAL: ModelShape = { layers: 32, vocabulary: 32_000, hidden: 4096, shared: 1024, inner: 14_336 };

/** What weights are initialised with. */
const DEVIATION = 0.02;

/**
 * The tensors in the order of the file. Scales are those that such models start from: 0.02, and for what is added to the
 * stream of a layer, that over the root of twice the layers; norms lie about 1.
 */
export function tensorsOf({ layers, vocabulary, hidden, shared, inner }: ModelShape): ModelTensor[] {
  const added = DEVIATION / Math.sqrt(2 * layers);
  const matrix = (name: string, rows: number, columns: number, deviation = DEVIATION): ModelTensor => ({
    name: `${name}.weight`,
    type: "BF16",
    shape: [rows, columns],
    count: rows * columns,
    mean: 0,
    deviation,
  });
  const norm = (name: string): ModelTensor => ({
    ...matrix(name, 1, hidden, 0.05),
    shape: [hidden],
    mean: 1,
  });
  const layer = (i: number): ModelTensor[] => [
    norm(`model.layers.${i}.input_layernorm`),
    matrix(`model.layers.${i}.self_attn.q_proj`, hidden, hidden),
    matrix(`model.layers.${i}.self_attn.k_proj`, shared, hidden),
    matrix(`model.layers.${i}.self_attn.v_proj`, shared, hidden),
    matrix(`model.layers.${i}.self_attn.o_proj`, hidden, hidden, added),
    norm(`model.layers.${i}.post_attention_layernorm`),
    matrix(`model.layers.${i}.mlp.gate_proj`, inner, hidden),
    matrix(`model.layers.${i}.mlp.up_proj`, inner, hidden),
    matrix(`model.layers.${i}.mlp.down_proj`, hidden, inner, added),
  ];
  return [
    matrix("model.embed_tokens", vocabulary, hidden),
    ...Array.from({ length: layers }, (_, i) => layer(i)).flat(),
    norm("model.norm"),
    matrix("lm_head", vocabulary, hidden),
  ];
}

/** Bytes of the numbers of tensors. */
export function lengthOf(tensors: readonly ModelTensor[]): number {
  return tensors.reduce((sum, { count }) => sum + 2 * count, 0);
}

/** As many layers as a model of these shapes needs to have so many bytes. */
export function layersFor(bytes: number, shape: ModelShape): number {
  const [one, two] = [1, 2].map((layers) => lengthOf(tensorsOf({ ...shape, layers })));
  return 1 + Math.max(0, Math.ceil((bytes - one) / (two - one)));
}
