import { useEffect, useState } from "preact/hooks";

/** Draws a component again whenever the page's colours change: what is painted, and not styled, has to be painted anew. */
export function useTheme(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const change = (): void => setChanges((times) => times + 1);
    const chosen = new MutationObserver(change);
    chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", change);
    return () => {
      chosen.disconnect();
      system.removeEventListener("change", change);
    };
  }, []);
  return changes;
}

/** A colour as it comes out on the page, such as `var(--ink)`: red, green, blue, 0 to 255 each. */
export function resolveColour(colour: string): readonly [number, number, number] {
  const probe = document.createElement("span");
  probe.style.color = colour;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  const [red = 0, green = 0, blue = 0] = color.match(/[\d.]+/g)?.map(Number) ?? [];
  return [red, green, blue];
}
