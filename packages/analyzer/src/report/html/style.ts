/**
 * The style sheet of the report: in the colour scheme of the page that it stands in, from the width of a phone on.
 */
export const REPORT_STYLE = `
.report { --page: light-dark(#ffffff, #0d1117); --card: light-dark(#f6f8fa, #151b23);
  --ink: light-dark(#1f2328, #f0f6fc); --quiet: light-dark(#59636e, #9198a1);
  --line: light-dark(#d1d9e0, #3d444d); --ground: light-dark(#eff2f5, #1c232c);
  --coarse: light-dark(#0969da, #58a6ff); --fine: light-dark(#8250df, #bc8cff);
  --micro: light-dark(#9a5b00, #e3a04a); --good: light-dark(#1a7f37, #3fb950);
  --claim: light-dark(#cf222e, #ff7b72); --sign: light-dark(#bf3989, #f778ba);
  --exponent: light-dark(#0969da, #58a6ff); --mantissa: light-dark(#57606a, #8b949e);
  --bytes: light-dark(#8250df, #bc8cff); }
.report { background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
.report main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
.report h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
.report h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.report h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.report p { margin: .5rem 0; max-width: 45rem; overflow-wrap: anywhere; }
.report .lead, .report small, .report .note { color: var(--quiet); }
.report small { display: block; font-size: .8125rem; white-space: normal; }
.report code { font: .8125rem ui-monospace, monospace; overflow-wrap: anywhere; }
.report th code { display: inline-block; min-width: 9rem; }
.report :focus-visible { outline: 2px solid var(--coarse); outline-offset: 2px; }
.report .cards { list-style: none; margin: 1.25rem 0 0; padding: 0; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); }
.report .card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem;
  display: flex; flex-direction: column; }
.report .card strong { font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.report .card .name, .report .card .note { font-size: .8125rem; }
.report .card.good strong { color: var(--good); }
.report .card.claimed { border-style: dashed; }
.report .card.claimed strong { color: var(--claim); text-decoration: line-through; text-decoration-thickness: 2px; }
.report .claim { background: var(--card); border-left: 4px solid var(--claim); border-radius: .25rem; padding: .25rem 1rem; margin: .75rem 0; }
.report .claim strong { color: var(--claim); font-size: 1.25rem; }
.report .notes { font-size: .8125rem; color: var(--quiet); padding-left: 1.25rem; margin: .5rem 0; max-width: 45rem; }
.report sup { line-height: 0; }
.report .scroll { overflow-x: auto; margin: .75rem 0; }
.report table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
.report caption { text-align: left; color: var(--quiet); font-size: .8125rem; padding-bottom: .25rem; }
.report th, .report td { padding: .3rem .75rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
.report th { font-weight: 500; }
.report thead th { color: var(--quiet); font-size: .8125rem; white-space: nowrap; }
.report .number { text-align: right; white-space: nowrap; }
.report td:has(.bar) { min-width: 7rem; width: 40%; vertical-align: middle; }
.report .bar { display: block; border-radius: 2px; }
.report .swatch { margin-right: .375rem; vertical-align: -1px; }
.report details { margin: .5rem 0; font-size: .875rem; }
.report summary { color: var(--quiet); cursor: pointer; width: max-content; max-width: 100%; padding: .25rem 0; }
.report figure { margin: 0; min-width: 0; }
.report figcaption { font-size: .8125rem; color: var(--quiet); overflow-wrap: anywhere; }
.report .trees { display: grid; gap: 1rem 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); margin: 1rem 0; }
.report .chart { display: block; margin: .75rem 0; overflow: visible; }
.report .chart text { font: 12px system-ui, sans-serif; fill: var(--quiet); font-variant-numeric: tabular-nums; }
.report .chart .value { fill: var(--ink); }
.report .chart .tick { paint-order: stroke; stroke: var(--page); stroke-width: 3px; stroke-linejoin: round; }
.report .grid { stroke: var(--line); stroke-width: 1; }
.report .ground { fill: var(--ground); }
.report .arc { fill: none; stroke: var(--coarse); stroke-width: 1.25; stroke-opacity: .45; }
.report .fill-coarse { fill: var(--coarse); }
.report .fill-fine { fill: var(--fine); }
.report .fill-micro { fill: var(--micro); }
.report .node { stroke: var(--page); stroke-width: 1; }
.report .stem { stroke: var(--line); stroke-width: 1; }
.report .area { fill: var(--coarse); fill-opacity: .25; stroke: var(--coarse); stroke-width: 1.25; }
.report .line-product { fill: none; stroke: var(--coarse); stroke-width: 1.25; }
.report .line-match { fill: none; stroke: var(--micro); stroke-width: 1.25; }
.report .peak { fill: var(--page); stroke: var(--ink); stroke-width: 1.5; }
.report .limit { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 2; }
.report .bar-original { fill: var(--quiet); }
.report .bar-entropy { fill: var(--micro); }
.report .bar-repeats { fill: var(--coarse); }
.report .bar-weights { fill: var(--fine); }
.report .bar-pith { fill: var(--good); }
.report .positive { fill: var(--coarse); }
.report .negative { fill: var(--claim); }
.report .part-sign, .report .key-sign { fill: var(--sign); background: var(--sign); }
.report .part-exponent, .report .key-exponent { fill: var(--exponent); background: var(--exponent); }
.report .part-mantissa, .report .key-mantissa { fill: var(--mantissa); background: var(--mantissa); }
.report .part-bytes, .report .key-bytes { fill: var(--bytes); background: var(--bytes); }
.report .part-saved, .report .key-saved { fill: var(--ground); background: var(--ground); }
.report .key-product { background: var(--coarse); }
.report .key-match { background: var(--micro); }
.report .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0; padding: 0; font-size: .8125rem; color: var(--quiet); }
.report .key { display: inline-block; width: .75rem; height: .75rem; border-radius: 2px; margin-right: .375rem; vertical-align: -1px; border: 1px solid var(--line); }
@media (max-width: 40rem) {
  .report th, .report td { padding-right: .5rem; }
  .report table { font-size: .8125rem; }
  .report thead th { font-size: .75rem; vertical-align: bottom; }
  .report thead th, .report thead .number { white-space: normal; }
  .report td:has(.bar) { min-width: 5rem; width: 30%; }
}
@media print { .report details { display: none; } }
`;
