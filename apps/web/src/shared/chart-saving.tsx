import { useState } from "preact/hooks";
import { pictureOf, standAlone } from "./chart-picture.ts";
import { saveContent } from "./save-content.ts";

/** Saves a chart as a drawing or as a picture. */
export function ChartSaving({ title, chart }: { readonly title: string; readonly chart: () => SVGSVGElement | null }) {
  const [problem, setProblem] = useState(false);
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const save = async (kind: "svg" | "png"): Promise<void> => {
    const element = chart();
    if (element === null) return;
    try {
      const drawing = standAlone(element);
      saveContent(kind === "svg" ? drawing : await pictureOf(drawing, element), `${name}.${kind}`);
      setProblem(false);
    } catch {
      setProblem(true);
    }
  };
  return (
    <p class="chart-saving">
      Save as{" "}
      <button type="button" class="link" onClick={() => void save("svg")}>
        SVG<span class="unseen">: {title}</span>
      </button>{" "}
      <button type="button" class="link" onClick={() => void save("png")}>
        PNG<span class="unseen">: {title}</span>
      </button>
      {problem && " This browser makes no picture of it; the SVG can be saved."}
    </p>
  );
}
