import { Store, useStore } from "./store.ts";
import { formatRoute, parseRoute, withSetting, VIEWS, type Route, type Settings, type View } from "./routes.ts";

const route = new Store<Route>(parseRoute(location.hash));
/** The settings that each view was left with. */
const lastSettings = new Map<View, Settings>(VIEWS.map((view) => [view, {}]));

route.subscribe(() => lastSettings.set(route.value.view, route.value.settings));
lastSettings.set(route.value.view, route.value.settings);
addEventListener("hashchange", () => route.set(parseRoute(location.hash)));

export function useRoute(): Route {
  return useStore(route);
}

/** The address of a view, with the settings that it was left with. */
export function addressOf(view: View): string {
  return formatRoute({ view, settings: lastSettings.get(view) ?? {} });
}

/** Changes a setting of the view that is shown, and the address with it. */
export function changeSetting(name: string, value: string | undefined): void {
  changeSettings([[name, value]]);
}

/** Changes settings of the view that is shown; undefined takes one out. */
export function changeSettings(changes: readonly (readonly [name: string, value: string | undefined])[]): void {
  const { view, settings } = route.value;
  const next = {
    view,
    settings: changes.reduce((before, [name, value]) => withSetting(before, name, value), settings),
  };
  // Not a step of the history: going back should leave the view, not undo a slider.
  history.replaceState(history.state, "", formatRoute(next));
  route.set(next);
}
