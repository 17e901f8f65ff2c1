import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { SaveLink } from "../shared/save-link.tsx";
import { trustedReport } from "../shared/trusted-types.ts";
import type { AnalysisReport } from "./analyze-worker.ts";
import { Repeats } from "./repeats.tsx";

let sheet: CSSStyleSheet | undefined;

/** Screens on which a report is folded at first. */
const NARROW = "(max-width: 40rem)";

/** A part of the report, as its headings name it. */
interface Part {
  readonly id: string;
  readonly title: string;
}

/** The analyzer's report, in the colours of this page. */
export function ReportView({ report, file }: { readonly report: AnalysisReport; readonly file: File }) {
  const place = useRef<HTMLDivElement>(null);
  const [parts, setParts] = useState<readonly Part[]>([]);
  useEffect(() => {
    if (sheet !== undefined) return;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(report.style);
    document.adoptedStyleSheets.push(sheet);
  }, []);
  useEffect(() => {
    const headings = [...(place.current?.querySelectorAll("section h2[id]") ?? [])];
    setParts(headings.map(({ id, textContent }) => ({ id, title: textContent })));
    if (!matchMedia(NARROW).matches) return;
    for (const fold of place.current?.querySelectorAll<HTMLDetailsElement>(".fold") ?? []) fold.open = false;
  }, [report]);
  const go = (id: string): void => {
    const heading = document.getElementById(id);
    const fold = heading?.closest("details");
    if (fold) fold.open = true;
    heading?.scrollIntoView({ block: "start" });
    heading?.closest("summary")?.focus({ preventScroll: true });
  };
  const { name } = file;
  // Made once: other markup would be laid out again, and what was folded would be open.
  const markup = useMemo(() => ({ __html: trustedReport(report.fragment) }), [report.fragment]);
  return (
    <>
      {report.warning !== undefined && <p class="notice">{report.warning}</p>}
      <p class="verdict">{report.verdict}</p>
      <p class="actions">
        <SaveLink content={new Blob([report.page], { type: "text/html" })} name={`${name}.patterns.html`} kind="plain">
          Save the report as a page
        </SaveLink>
        <SaveLink
          content={new Blob([report.json], { type: "application/json" })}
          name={`${name}.patterns.json`}
          kind="plain"
        >
          Save its figures as JSON
        </SaveLink>
      </p>
      <Repeats key={name} file={file} repeats={report.repeats} />
      <nav class="contents" aria-label="Parts of the report">
        <ol>
          {parts.map(({ id, title }) => (
            <li key={id}>
              <button type="button" class="link" onClick={() => go(id)}>
                {title}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div ref={place} class="report" dangerouslySetInnerHTML={markup} />
    </>
  );
}
