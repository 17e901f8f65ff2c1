/** From a method and a file to symbols and a predictor of them. */
import type { Predictor } from "@pith/core";
import { createNeuralPredictor, createNeuralTrainer, packNeuralModel, unpackNeuralModel } from "@pith/predictors";
import type { OnShare } from "./code.ts";
import type { Prediction } from "./methods.ts";
import { preparePretrained } from "./pretrained.ts";
import { toCharacters, toTokens, type SymbolStream } from "./symbols.ts";

/** What a method makes of a file before it codes. */
interface Prepared {
  readonly stream: SymbolStream;
  /** A predictor at its start; encoder and decoder take one each. */
  readonly predictor: () => Predictor;
  /** Bytes of a network that was trained on the file; undefined if there is none. */
  readonly weightsSize: number | undefined;
}

/** Takes a network that is there if the method has one. Else tokenizes if the method has a vocabulary, trains if it has epochs. */
export function prepare(method: Prediction, content: Uint8Array, onShare: OnShare): Prepared {
  if (method.pretrained === true) return { ...preparePretrained(content), weightsSize: undefined };
  const stream = method.vocabulary === undefined ? toCharacters(content) : toTokens(content, method.vocabulary);
  const { alphabetSize } = stream;
  if (method.epochs === undefined) {
    const predictor = (): Predictor => createNeuralPredictor({ ...method.network, alphabetSize });
    return { stream, predictor, weightsSize: undefined };
  }
  const packed = train(method, method.epochs, stream, onShare);
  const { options, weights } = unpackNeuralModel(packed);
  const predictor = (): Predictor => createNeuralPredictor({ ...options, weights, learns: false });
  return { stream, predictor, weightsSize: packed.length };
}

/** The network after so many epochs, as it is stored: with weights of 8 bits. */
function train({ network }: Prediction, epochs: number, { symbols, alphabetSize }: SymbolStream, onShare: OnShare) {
  const trainer = createNeuralTrainer({ ...network, alphabetSize });
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { done, total } of trainer.train(symbols)) onShare((epoch + done / total) / epochs);
  }
  return packNeuralModel({ options: trainer.shape, weights: trainer.weights() });
}
