import { useEffect } from "preact/hooks";
import { SaveLink } from "../shared/save-link.tsx";
import type { AnalysisReport } from "./analyze-worker.ts";

let sheet: CSSStyleSheet | undefined;

/** The analyzer's report, in the colours of this page. */
export function ReportView({ report, name }: { readonly report: AnalysisReport; readonly name: string }) {
  useEffect(() => {
    if (sheet !== undefined) return;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(report.style);
    document.adoptedStyleSheets.push(sheet);
  }, []);
  return (
    <>
      {report.warning !== undefined && <p class="notice">{report.warning}</p>}
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
      {/* The analyzer escapes every name that it writes. */}
      <div class="report" dangerouslySetInnerHTML={{ __html: report.fragment }} />
    </>
  );
}
