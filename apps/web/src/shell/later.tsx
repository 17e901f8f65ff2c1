import { useEffect, useState } from "preact/hooks";
import { explain } from "../shared/problems.ts";

type Component = () => preact.JSX.Element | null;

/**
 * A component that is loaded when it is first shown.
 *
 * @param isWanted loading begins at once
 */
export function later(load: () => Promise<Component>, isWanted: boolean): Component {
  let loaded: Component | undefined;
  let loading = isWanted ? load() : undefined;
  // Whoever shows it hears of it.
  loading?.catch(() => undefined);
  return function Later() {
    const [, redraw] = useState(false);
    const [problem, setProblem] = useState<string>();
    useEffect(() => {
      if (loaded !== undefined) return;
      loading ??= load();
      loading.then(
        (component) => {
          loaded = component;
          redraw(true);
        },
        (error: unknown) => {
          loading = undefined;
          const { what, remedy } = explain(error);
          setProblem(`${what}. ${remedy}`);
        },
      );
    }, []);
    if (problem !== undefined) return <p class="notice">{problem}</p>;
    return loaded === undefined ? null : <WhenLoaded of={loaded} />;
  };
}

function WhenLoaded({ of: Content }: { readonly of: Component }) {
  return <Content />;
}
