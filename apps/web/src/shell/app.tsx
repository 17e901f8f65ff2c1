import { useEffect, useRef } from "preact/hooks";
import { CompressView } from "../compress/compress-view.tsx";
import { MicroscopeView } from "../microscope/microscope-view.tsx";
import { PairsView } from "../pairs/pairs-view.tsx";
import { PatternsView } from "../patterns/patterns-view.tsx";
import { files } from "../compress/files.ts";
import { isPending } from "../compress/queue.ts";
import { useStore } from "../shared/store.ts";
import { Announcer } from "../shared/announcer.tsx";
import { addressOf, useRoute } from "../shared/location.ts";
import { VIEWS, type View } from "../shared/routes.ts";
import { ThemeChoice } from "./theme-choice.tsx";
import { VIEW_TEXTS } from "./views.ts";
import { Wordmark } from "./wordmark.tsx";

const COMPONENTS: Readonly<Record<View, () => preact.JSX.Element>> = {
  compress: CompressView,
  microscope: MicroscopeView,
  pairs: PairsView,
  patterns: PatternsView,
};

export function App() {
  const { view } = useRoute();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const pending = useStore(files.jobs).filter(isPending).length;
  useEffect(() => {
    document.title = `${pending === 0 ? "" : `${pending} in work · `}${VIEW_TEXTS[view].title} · Pith`;
  }, [view, pending]);
  useEffect(() => {
    // A screen reader goes on reading where the new view begins; when the page opens, at its own beginning.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    scrollTo({ top: 0 });
  }, [view]);
  const Content = COMPONENTS[view];
  return (
    <div class="page">
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the content
      </a>
      <header class="side">
        <Wordmark />
        <nav aria-label="Views">
          <ul class="views">
            {VIEWS.map((name) => (
              <li key={name}>
                <a href={addressOf(name)} aria-current={name === view ? "page" : undefined}>
                  <span class="view-title">{VIEW_TEXTS[name].title}</span>
                  <span class="view-hint">{VIEW_TEXTS[name].hint}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeChoice />
      </header>
      <main ref={main} id="main" tabIndex={-1} aria-label={VIEW_TEXTS[view].title}>
        <Content key={view} />
      </main>
      <footer class="promise">
        <p>
          <strong>Nothing leaves this page.</strong> Your browser does the work. The page may fetch nothing but its own
          files, and once loaded it works with the network unplugged.
        </p>
      </footer>
      <Announcer />
    </div>
  );
}
