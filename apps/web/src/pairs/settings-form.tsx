import { changeSettings } from "../shared/location.ts";
import { visible } from "./names.ts";
import {
  ACTIVATIONS,
  DECODERS,
  DEFAULT_PAIRS,
  MULTIPLIERS,
  PAIRINGS,
  withPairsSetting,
  type PairsSettings,
} from "./pairs-settings.ts";

/** Which letters share a code, and who tells them apart; all of it stands in the address. */
export function SettingsForm({
  settings,
  groups,
}: {
  readonly settings: PairsSettings;
  /** The pairs in use, once they are known. */
  readonly groups: readonly string[] | undefined;
}) {
  const set = <Name extends keyof PairsSettings>(name: Name, value: PairsSettings[Name]): void => {
    const next = withPairsSetting(settings, name, value);
    changeSettings(
      Object.entries<string>({ ...next }).map(([key, chosen]) => [key, isDefault(key, chosen) ? undefined : chosen]),
    );
  };
  const { pairing, decoder, activation, multipliers } = settings;
  const counted = decoder === "statistics";
  return (
    <form class="predictors pairs-settings" onSubmit={(event) => event.preventDefault()}>
      <p class="about">
        The idea and its first decoder are those of a thesis,{" "}
        <cite>
          <a href="https://github.com/pith-compression/pith/blob/main/docs/letter-pairs.md">
            Text Compression with Prediction Models
          </a>
        </cite>{" "}
        (B. Kinigadner, 2025). A resolver is a network that was trained to tell the letters of a code apart; the thesis
        does it by how often characters stand at each distance from each other.
      </p>
      <div class="predictor">
        <label for="pairing">Pairs</label>
        <Select id="pairing" choices={PAIRINGS} chosen={pairing} onChoose={(name) => set("pairing", name)} />
        {pairing === "own" ? (
          <input
            type="text"
            aria-label="Groups of letters that share a code, 15 of them; _ is the space"
            spellcheck={false}
            value={settings.groups}
            onInput={({ currentTarget }) => set("groups", currentTarget.value)}
          />
        ) : (
          <p class="meaning groups">{groups?.map(visible).join(" ") ?? " "}</p>
        )}
        <p class="meaning">letters that share a code: the less alike their neighbours, the easier to tell apart</p>
      </div>
      <div class="predictor">
        <label for="decoder">Told apart by</label>
        <Select id="decoder" choices={DECODERS} chosen={decoder} onChoose={(name) => set("decoder", name)} />
        <p class="meaning">who decides which letter of a pair was meant; resolvers have pairs of their own</p>
      </div>
      <div class="predictor">
        <label for="activation">Activation</label>
        <Select
          id="activation"
          choices={ACTIVATIONS}
          chosen={activation}
          disabled={!counted}
          onChoose={(name) => set("activation", name)}
        />
        <p class="meaning">
          {counted
            ? "what is done to the number that each neighbour gives a letter: it keeps one neighbour from outweighing all others"
            : "for statistics only"}
        </p>
      </div>
      <div class="predictor">
        <label for="multipliers">Multipliers</label>
        <Select
          id="multipliers"
          choices={MULTIPLIERS}
          chosen={multipliers}
          disabled={!counted}
          onChoose={(name) => set("multipliers", name)}
        />
        {multipliers === "own" && counted ? (
          <input
            type="text"
            aria-label="Multipliers of the distances, from the furthest to the left to the furthest to the right"
            spellcheck={false}
            value={settings.numbers}
            onInput={({ currentTarget }) => set("numbers", currentTarget.value)}
          />
        ) : (
          <p class="meaning">
            {counted
              ? "how much the neighbours at each distance count, from four before to three behind"
              : "for statistics only"}
          </p>
        )}
      </div>
    </form>
  );
}

function isDefault(name: string, value: string): boolean {
  return DEFAULT_PAIRS[name as keyof PairsSettings] === value;
}

function Select<Name extends string>({
  id,
  choices,
  chosen,
  disabled = false,
  onChoose,
}: {
  readonly id: string;
  /** Titles by name. */
  readonly choices: Readonly<Record<Name, string>>;
  readonly chosen: Name;
  readonly disabled?: boolean;
  readonly onChoose: (name: Name) => void;
}) {
  return (
    <select id={id} disabled={disabled} onChange={({ currentTarget: { value } }) => onChoose(value as Name)}>
      {Object.entries<string>(choices).map(([name, title]) => (
        <option key={name} value={name} selected={name === chosen}>
          {title}
        </option>
      ))}
    </select>
  );
}
