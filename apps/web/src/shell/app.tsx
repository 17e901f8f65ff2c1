import { useEffect, useMemo, useRef } from "preact/hooks";
import { CompressView } from "../compress/compress-view.tsx";
import { pendingFiles } from "../compress/files.ts";
import { useStore } from "../shared/store.ts";
import { Announcer } from "../shared/announcer.tsx";
import { addressOf, useRoute } from "../shared/location.ts";
import { parseRoute, VIEWS, type View } from "../shared/routes.ts";
import { worksOffline } from "./offline.ts";
import { ThemeChoice } from "./theme-choice.tsx";
import { later } from "./later.tsx";
import { VIEW_TEXTS } from "./views.ts";
import { Wordmark } from "./wordmark.tsx";

const shownFirst = parseRoute(location.hash).view;

/** The first view is there at once, the others are loaded when they are shown. */
const COMPONENTS: Readonly<Record<View, () => preact.JSX.Element | null>> = {
  compress: CompressView,
  microscope: later(
    async () => (await import("../microscope/microscope-view.tsx")).MicroscopeView,
    shownFirst === "microscope",
  ),
  pairs: later(async () => (await import("../pairs/pairs-view.tsx")).PairsView, shownFirst === "pairs"),
  patterns: later(async () => (await import("../patterns/patterns-view.tsx")).PatternsView, shownFirst === "patterns"),
};

export function App() {
  const { view, isEmbedded } = useRoute();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const pending = useStore(pendingFiles);
  const offline = useStore(worksOffline);
  useEffect(() => {
    document.title = `${pending === 0 ? "" : `${pending} in work · `}${VIEW_TEXTS[view].title} · Pith`;
  }, [view, pending]);
  useEffect(() => {
    // A screen reader goes on reading where the new view begins; when the page opens, at its own beginning.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    scrollTo({ top: 0 });
  }, [view]);
  // The same element again is left as it is.
  const content = useMemo(() => {
    const Content = COMPONENTS[view];
    return <Content key={view} />;
  }, [view]);
  if (isEmbedded === true) {
    return (
      <main class="embedded" aria-label={VIEW_TEXTS[view].title}>
        {content}
      </main>
    );
  }
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
                  <span class="view-title">
                    {VIEW_TEXTS[name].title}
                    {name === "compress" && pending > 0 && (
                      <span class="working">
                        {pending}
                        <span class="unseen"> in work</span>
                      </span>
                    )}
                  </span>
                  <span class="view-hint">{VIEW_TEXTS[name].hint}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeChoice />
      </header>
      <main ref={main} id="main" tabIndex={-1} aria-label={VIEW_TEXTS[view].title}>
        {content}
      </main>
      <footer class="promise">
        <p>
          <strong>Nothing leaves this page.</strong> Your browser does the work. The page may fetch nothing but its own
          files
          {offline
            ? ", and once loaded it works with the network unplugged."
            : ". This browser does not keep it for use without a network: that takes https, and no private window."}
        </p>
      </footer>
      <Announcer />
    </div>
  );
}
