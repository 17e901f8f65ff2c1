/** A model as `models.json` describes it; the kernel's `config.ts` says what each entry means. */
export interface ModelDescription {
  readonly TEXT: number;
  readonly contexts: readonly number[];
  readonly sets: readonly number[];
  readonly SLOT_BITS: number;
  readonly CONFIDENCE: number;
  readonly RUN: number;
  readonly ORDERS: number;
  readonly MATCHES: number;
  readonly APMS: number;
  readonly FINALS: number;
  readonly RATE: number;
  readonly RATE_START: number;
  readonly WEIGHT: number;
  readonly LSTM_LAYERS?: number;
  readonly LSTM_CELLS?: number;
  readonly LSTM_STEPS?: number;
  readonly LSTM_RATE?: number;
  readonly LSTM_TRAINED_RATE?: number;
  readonly LSTM_TRAINED_LEAST?: number;
  readonly LSTM_TRAINED_WEIGHT?: number;
}

/** What differs from block to block. */
export interface BlockOptions {
  /** Log2 of the bytes of each context's table: 10 … 24. */
  readonly tableBits: number;
  /** Whether the text went through the word dictionary. */
  readonly dictionary: boolean;
  /** Whether machine code is for 64-bit mode. */
  readonly x64: boolean;
  /** Trained weights that the network starts from. */
  readonly network?: Uint8Array;
}
