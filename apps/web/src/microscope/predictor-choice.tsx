import { changeSetting } from "../shared/location.ts";
import { DEFAULT_PREDICTOR, PREDICTORS, type PredictorChoice } from "./predictors.ts";

/** Which predictor, and with which it is compared; both stand in the address. */
export function PredictorChoices({
  first,
  second,
}: {
  readonly first: PredictorChoice;
  readonly second: PredictorChoice | undefined;
}) {
  return (
    <>
      <Choice
        id="first"
        label="Predictor"
        chosen={first.id}
        onChoose={(id) => changeSetting("a", id === DEFAULT_PREDICTOR ? undefined : id)}
      />
      <Choice id="second" label="Compare with" chosen={second?.id} onChoose={(id) => changeSetting("b", id)} optional />
    </>
  );
}

const GROUPS = [...new Set(PREDICTORS.map(({ group }) => group))];

function Choice({
  id,
  label,
  chosen,
  onChoose,
  optional = false,
}: {
  readonly id: string;
  readonly label: string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
  readonly optional?: boolean;
}) {
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <select id={id} onChange={({ currentTarget: { value } }) => onChoose(value === "" ? undefined : value)}>
        {optional && (
          <option value="" selected={chosen === undefined}>
            nothing
          </option>
        )}
        {GROUPS.map((group) => (
          <optgroup key={group} label={group}>
            {PREDICTORS.filter((choice) => choice.group === group).map((choice) => (
              <option key={choice.id} value={choice.id} selected={choice.id === chosen} title={choice.detail}>
                {choice.title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
