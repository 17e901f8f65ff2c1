/** What the address says: the view, and its settings. `#/microscope?a=text&b=text-best`. */

export const VIEWS = ["compress", "microscope", "pairs", "patterns"] as const;
export type View = (typeof VIEWS)[number];

/** Settings as they stand in the address; what has its default is left out. */
export type Settings = Readonly<Record<string, string>>;

export interface Route {
  readonly view: View;
  readonly settings: Settings;
  /** The view is shown within another page: `#embed?text=…`, of the microscope. */
  readonly isEmbedded?: boolean | undefined;
}

const EMBED = "embed";

/** Reads the part of an address from `#`. What is not known leads to the first view. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const settings = Object.fromEntries(new URLSearchParams(query));
  if (path === EMBED) return { view: "microscope", settings, isEmbedded: true };
  return { view: VIEWS.find((name) => name === path) ?? VIEWS[0], settings };
}

/** Undoes {@link parseRoute}. */
export function formatRoute({ view, settings, isEmbedded }: Route): string {
  const query = new URLSearchParams(settings).toString();
  return `#${isEmbedded === true ? EMBED : `/${view}`}${query === "" ? "" : `?${query}`}`;
}

/** A setting, where the address has it. */
export function settingOf(settings: Settings, name: string): string | undefined {
  return Object.hasOwn(settings, name) ? settings[name] : undefined;
}

/** Settings with one changed; undefined takes it out. */
export function withSetting(settings: Settings, name: string, value: string | undefined): Settings {
  const { [name]: _, ...others } = settings;
  return value === undefined ? others : { ...others, [name]: value };
}

/** What is not as it is by default, as settings: values by name, of which each is text or a number. */
export function statedSettings<Values extends object>(values: Values, defaults: Values): Settings {
  const stated = Object.entries(values).filter(([name, value]) => defaults[name as keyof Values] !== value);
  return Object.fromEntries(stated.map(([name, value]) => [name, String(value)]));
}
