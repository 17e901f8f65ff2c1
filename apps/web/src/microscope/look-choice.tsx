import { changeSetting } from "../shared/location.ts";
import { DEFAULT_SHADING, SHADINGS, type Shading } from "./shades.ts";

/** How it is looked at: what the colours tell, and whether a text is shown as its bytes; both stand in the address. */
export function LookChoices({
  shading,
  asBytes,
  isText,
}: {
  readonly shading: Shading;
  readonly asBytes: boolean;
  /** Whether there is a choice. */
  readonly isText: boolean;
}) {
  return (
    <>
      <div class="control">
        <label for="colours">Colours tell</label>
        <select
          id="colours"
          onChange={({ currentTarget: { value } }) => {
            changeSetting("colours", value === DEFAULT_SHADING ? undefined : value);
          }}
        >
          {Object.entries(SHADINGS).map(([name, title]) => (
            <option key={name} value={name} selected={name === shading}>
              {asBytes ? title.replace("characters", "bytes") : title}
            </option>
          ))}
        </select>
      </div>
      <div class="control">
        <label for="show">Shown as</label>
        <select
          id="show"
          disabled={!isText}
          onChange={({ currentTarget: { value } }) => changeSetting("show", value === "bytes" ? value : undefined)}
        >
          <option value="text" selected={!asBytes}>
            text
          </option>
          <option value="bytes" selected={asBytes}>
            bytes
          </option>
        </select>
      </div>
    </>
  );
}
