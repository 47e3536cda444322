// @ts-check
/** The look of the timeline: calm, with the present moment as its only strong line. */

/* Each pair of a background and its text has a contrast of at least 4.5 : 1, with any theme. */
const COLORS = `
  :host {
    --free: rgb(26 122 60 / 11%); --booked: #f4d3ce; --on-booked: #5c1710; --requested: #fbf0ee;
    --used: #c03a2b; --over: #c03a2b; --unbooked: #2f6bc0; --hatch: #d5d8dc; --line: #e3e5e8;
    --free-dot: #1a7a3c; --soon-dot: #b07a00; --busy-dot: #c03a2b; --notice-dot: #2f6bc0; --off-dot: #7d848b;
    --surface: var(--ha-card-background, var(--card-background-color, #ffffff));
    --text: var(--primary-text-color, #1c1c1c); --quiet: var(--secondary-text-color, #5e5e5e); --now-color: var(--text);
  }
  :host([dark]) {
    --free: rgb(63 181 108 / 14%); --booked: #552a25; --on-booked: #ffd9d3; --requested: #33201e;
    --used: #ef7163; --over: #ef7163; --unbooked: #6ea3ee; --hatch: #44484d; --line: #34373b;
    --free-dot: #3fb56c; --soon-dot: #e0a82e; --busy-dot: #ef7163; --notice-dot: #6ea3ee; --off-dot: #868d95;
  }
  :host { --unknown: repeating-linear-gradient(45deg, transparent 0 5px, var(--hatch) 5px 7px); }
  tr[data-tone="free"] { --dot: var(--free-dot); }
  tr[data-tone="soon"] { --dot: var(--soon-dot); }
  tr[data-tone="busy"] { --dot: var(--busy-dot); }
  tr[data-tone="notice"] { --dot: var(--notice-dot); }
  tr[data-tone="off"] { --dot: var(--off-dot); }
`;

const FRAME = `
  :host { display: block; block-size: 100%; }
  ha-card { container-type: inline-size; display: flex; flex-direction: column; block-size: 100%; overflow: hidden; color: var(--text); }
  h2 { margin: 0; padding: 16px 16px 4px; font-size: 1.25rem; font-weight: 500; line-height: 1.3; }
  .message { margin: 0; padding: 24px 16px; color: var(--quiet); line-height: 1.4; }
  [hidden] { display: none !important; }
  .words {
    position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
  .legend {
    display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 8px 16px 12px; border-block-start: 1px solid var(--line);
    color: var(--quiet); font-size: 0.75rem; line-height: 1.5; list-style: none;
  }
  .legend li { display: inline-flex; align-items: center; gap: 6px; }
  .legend li::before { content: ""; inline-size: 16px; block-size: 12px; border-radius: 3px; background: var(--free); }
  .legend [data-kind="booked"]::before { background: var(--booked); }
  .legend [data-kind="requested"]::before { box-sizing: border-box; border: 1px dashed var(--used); background: var(--requested); }
  .legend [data-kind="unknown"]::before { background: var(--unknown); }
  .legend [data-kind="used"]::before { block-size: 5px; background: var(--used); }
  .legend [data-kind="unbooked"]::before { block-size: 5px; background: var(--unbooked); }
`;

/*
 * The table is laid out by grids, and its roles are written out, since browsers derive them
 * from the display otherwise. Rows have fixed sizes and no containment: three hundred layers of it scroll at half the speed.
 * The scroller is a layer of its own, so that its rows are not painted again for each step.
 */
const TABLE = `
  .scroller { position: relative; flex: 1; min-block-size: 0; max-block-size: 85vh; overflow: auto; overscroll-behavior-x: contain; will-change: scroll-position; container-type: inline-size; }
  .scroller:focus-visible { outline: 2px solid var(--primary-color, #0366d6); outline-offset: -2px; }
  .canvas { --name: clamp(112px, 24cqi, 260px); position: relative; min-inline-size: calc(var(--name) + var(--hours) * 50px); }
  table { display: block; font-size: 0.875rem; line-height: 1.3; }
  caption { display: block; }
  thead { position: sticky; inset-block-start: 0; z-index: 3; display: block; background: var(--surface); }
  tbody { display: block; }
  tr { display: grid; grid-template-columns: var(--name) minmax(0, 1fr); block-size: 48px; }
  thead tr { block-size: 32px; border-block-end: 1px solid var(--line); }
  tbody tr { cursor: pointer; }
  th { position: sticky; inset-inline-start: 0; z-index: 2; min-inline-size: 0; padding: 0; background: var(--surface); font-weight: 400; text-align: start; }
  thead th { position: relative; font-size: 0.75rem; color: var(--quiet); }
  thead th:first-child { position: sticky; z-index: 4; align-self: stretch; }
  td { position: relative; min-inline-size: 0; padding: 0; }
  ul { margin: 0; padding: 0; list-style: none; }
  .tick {
    position: absolute; inset-inline-start: calc(var(--at) * 100%); inset-block-end: 6px; padding-inline-start: 5px;
    white-space: nowrap; font-variant-numeric: tabular-nums;
  }
  .grid { position: absolute; inset-block: 32px 0; inset-inline: var(--name) 0; pointer-events: none; }
  .grid i { position: absolute; inset-block: 0; inset-inline-start: calc(var(--at) * 100%); border-inline-start: 1px solid var(--line); }
  .now { position: absolute; inset-block: 32px 0; inset-inline: var(--name) 0; z-index: 1; pointer-events: none; }
  .now i { position: absolute; inset-block: 0; inset-inline-start: calc(var(--at) * 100% - 1px); border-inline-start: 2px solid var(--now-color); }
  .dot {
    position: absolute; inset-block-end: -5px; inset-inline-start: calc(var(--at) * 100% - 5px); inline-size: 10px; block-size: 10px;
    border-radius: 50%; background: var(--now-color);
  }
`;

const ROOMS = `
  .room {
    position: relative; display: flex; flex-direction: column; justify-content: center; box-sizing: border-box; inline-size: 100%; block-size: 100%;
    padding-block: 0; padding-inline: 30px 8px; border: 0; background: none; color: inherit; font: inherit; text-align: start; text-decoration: none; cursor: pointer;
  }
  .room::before {
    content: ""; position: absolute; inset-block-start: 50%; inset-inline-start: 14px; inline-size: 8px; block-size: 8px; margin-block-start: -4px;
    border-radius: 50%; background: var(--dot);
  }
  .room:focus-visible { outline: 2px solid var(--primary-color, #0366d6); outline-offset: -3px; border-radius: 8px; }
  .name, .state { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .name { font-weight: 500; }
  .state { color: var(--quiet); font-size: 0.75rem; }
  td ul { position: absolute; inset-block: 6px; inset-inline: 0; border-radius: 6px; background: var(--free); overflow: hidden; }
  .unknown ul { background: var(--unknown); }
  .loading td ul { background: var(--line); }
  tr[data-tone="off"] td:not(.unknown) ul { background: var(--line); }
  .bar {
    position: absolute; inset-inline-start: calc(var(--at) * 100%); inline-size: calc(var(--size) * 100%); min-inline-size: 2px; box-sizing: border-box;
  }
  .bar[data-kind="booked"], .bar[data-kind="requested"] {
    inset-block: 0; border-inline: 1px solid var(--surface); border-radius: 6px; background: var(--booked); color: var(--on-booked);
  }
  .bar[data-kind="requested"] { border: 1px dashed var(--used); background: var(--requested); }
  .bar[data-kind="unknown"] { inset-block: 0; background: var(--unknown), var(--surface); }
  .bar:not([data-kind="booked"], [data-kind="requested"], [data-kind="unknown"]) { inset-block-end: 0; block-size: 6px; border-radius: 3px; background: var(--used); }
  .bar[data-kind="unbooked"] { background: var(--unbooked) !important; }
  .bar.open { border-end-end-radius: 0; border-start-end-radius: 0; }
  .label {
    display: block; block-size: 1.4em; margin: 7px 7px 0; overflow: hidden; font-size: 0.8125rem; line-height: 1.4; text-overflow: ellipsis;
    white-space: nowrap; font-variant-numeric: tabular-nums;
  }
  .label.times { white-space: normal; }
  @container (max-width: 600px) {
    .canvas { --name: 128px; }
    tbody tr { block-size: 60px; }
    td ul { inset-block: 10px; }
    .room { padding-inline: 24px 6px; }
    .room::before { inset-inline-start: 9px; }
    .state { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; white-space: normal; }
  }
  @media (hover: hover) { tbody tr:hover .name { text-decoration: underline; } }
  @media (forced-colors: active) { .bar { border: 1px solid CanvasText; } .now i { border-color: Highlight; } }
`;

export const STYLE = COLORS + FRAME + TABLE + ROOMS;
