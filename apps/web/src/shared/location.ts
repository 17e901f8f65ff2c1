import { useEffect } from "preact/hooks";
import { Store, useStore } from "./store.ts";
import { formatRoute, parseRoute, withSetting, VIEWS, type Route, type Settings, type View } from "./routes.ts";

/** What the route was read from, or written to: the address may have changed, and the event be on its way. */
let seen = location.hash;
const route = new Store<Route>(parseRoute(seen));
/** The settings that each view was left with. */
const lastSettings = new Map<View, Settings>(VIEWS.map((view) => [view, {}]));

route.subscribe(() => lastSettings.set(route.value.view, route.value.settings));
lastSettings.set(route.value.view, route.value.settings);
addEventListener("hashchange", () => {
  seen = location.hash;
  route.set(parseRoute(seen));
});

/** Changes the address, and nothing in the history: going back should leave the view, not undo a slider. */
function replace(next: Route): void {
  history.replaceState(history.state, "", formatRoute(next));
  seen = location.hash;
  route.set(next);
}

export function useRoute(): Route {
  return useStore(route);
}

/** The address of a view, with the settings that it was left with. */
export function addressOf(view: View): string {
  return formatRoute({ view, settings: lastSettings.get(view) ?? {} });
}

/** The whole address of a view with some settings, to be given to others. */
export function linkTo(target: Route): string {
  return new URL(formatRoute(target), location.href).href;
}

/** Changes a setting of the view that is shown, and the address with it. */
export function changeSetting(name: string, value: string | undefined): void {
  changeSettings([[name, value]]);
}

/** Changes settings of the view that is shown; undefined takes one out. */
export function changeSettings(changes: readonly (readonly [name: string, value: string | undefined])[]): void {
  const { settings, ...where } = route.value;
  const next = {
    ...where,
    settings: changes.reduce((before, [name, value]) => withSetting(before, name, value), settings),
  };
  replace(next);
}

/**
 * Leaves in the address what a view takes from it, and nothing else: what it says wrong would be passed on with the link.
 *
 * @param settings as the view understood them; what has its default is left out
 */
export function useTidyAddress(view: View, settings: Settings): void {
  const shown = useRoute();
  const { isEmbedded } = shown;
  const tidy = formatRoute({ view, settings, isEmbedded });
  useEffect(() => {
    // An address that says nothing is left alone; and what was set since then is shown next.
    if (seen === "" || seen === tidy || seen !== location.hash || route.value !== shown || shown.view !== view) return;
    replace({ view, settings, isEmbedded });
  }, [tidy, shown]);
}
