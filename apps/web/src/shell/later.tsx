import { useEffect, useState } from "preact/hooks";
import { explain } from "../shared/problems.ts";

type Component = () => preact.JSX.Element | null;

/** A component that is loaded when it is first shown. */
export function later(load: () => Promise<Component>): Component {
  let loaded: Component | undefined;
  return function Later() {
    const [, redraw] = useState(false);
    const [problem, setProblem] = useState<string>();
    useEffect(() => {
      if (loaded !== undefined) return;
      load().then(
        (component) => {
          loaded = component;
          redraw(true);
        },
        (error: unknown) => {
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
