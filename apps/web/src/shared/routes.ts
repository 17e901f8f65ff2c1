/** What the address says: the view, and its settings. `#/microscope?a=text&b=text-best`. */

export const VIEWS = ["compress", "microscope", "pairs", "patterns"] as const;
export type View = (typeof VIEWS)[number];

/** Settings as they stand in the address; what has its default is left out. */
export type Settings = Readonly<Record<string, string>>;

export interface Route {
  readonly view: View;
  readonly settings: Settings;
}

/** Reads the part of an address from `#`. What is not known leads to the first view. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const view = VIEWS.find((name) => name === path) ?? VIEWS[0];
  return { view, settings: Object.fromEntries(new URLSearchParams(query)) };
}

/** Undoes {@link parseRoute}. */
export function formatRoute({ view, settings }: Route): string {
  const query = new URLSearchParams(settings).toString();
  return `#/${view}${query === "" ? "" : `?${query}`}`;
}

/** Settings with one changed; undefined takes it out. */
export function withSetting(settings: Settings, name: string, value: string | undefined): Settings {
  const { [name]: _, ...others } = settings;
  return value === undefined ? others : { ...others, [name]: value };
}
