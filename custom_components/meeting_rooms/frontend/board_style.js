// @ts-check
/** The look of the board: free rooms stand out, the others are quiet. */

/*
 * Each tone has its own background and text colours, with a contrast of at least 4.5 : 1, so the board is readable
 * with any theme. The colour of the disc behind the icon is never the only sign of a state.
 */
const TONES = `
  :host {
    --free: #1a7a3c; --on-free: #ffffff; --free-disc: #ffffff33;
    --soon: #ffeabf; --on-soon: #4a3200; --soon-disc: #8a5a00;
    --busy: #fbeeec; --on-busy: #6d1f17; --busy-disc: #c03a2c;
    --notice: #eaf0fb; --on-notice: #183f75; --notice-disc: #2f66b5;
    --off: #eeeff1; --on-off: #52585f; --off-disc: #6d747b;
  }
  :host([dark]) {
    --free: #17733a; --on-free: #ffffff; --free-disc: #ffffff2b;
    --soon: #3d3114; --on-soon: #ffdf9b; --soon-disc: #8f6410;
    --busy: #2e2221; --on-busy: #f0beb8; --busy-disc: #ab3b30;
    --notice: #1d2838; --on-notice: #bdd5f8; --notice-disc: #2f63ac;
    --off: #26282b; --on-off: #b0b6bd; --off-disc: #5a6067;
  }
  .room[data-tone="free"] { --tone: var(--free); --on-tone: var(--on-free); --disc: var(--free-disc); }
  .room[data-tone="soon"] { --tone: var(--soon); --on-tone: var(--on-soon); --disc: var(--soon-disc); }
  .room[data-tone="busy"] { --tone: var(--busy); --on-tone: var(--on-busy); --disc: var(--busy-disc); }
  .room[data-tone="notice"] { --tone: var(--notice); --on-tone: var(--on-notice); --disc: var(--notice-disc); }
  .room[data-tone="off"] { --tone: var(--off); --on-tone: var(--on-off); --disc: var(--off-disc); }
`;

const HEADING = `
  :host { display: block; color: var(--primary-text-color, #1c1c1c); }
  [hidden] { display: none !important; }
  .board { container-type: inline-size; }
  .alert {
    display: flex; align-items: center; gap: 12px; margin-block-end: 16px; padding: 12px 16px;
    border-radius: 12px; background: #8a1c12; color: #ffffff; font-size: 1rem; line-height: 1.4;
  }
  .alert ha-icon { flex: none; }
  header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 14px; margin-block: 4px 12px; }
  .group + .group { margin-block-start: 28px; }
  h2 { margin: 0; font-size: 1.375rem; font-weight: 500; line-height: 1.3; }
  .count { font-size: 1rem; opacity: 0.8; }
  .issues {
    display: inline-flex; align-items: center; gap: 6px; margin-inline-start: auto; font-size: 0.9375rem;
    --mdc-icon-size: 1.25em;
  }
`;

const ROOMS = `
  ul {
    display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 200px), 1fr)); gap: 10px;
    margin: 0; padding: 0; list-style: none;
  }
  li { display: grid; min-inline-size: 0; }
  .room {
    display: grid; grid-template: "name icon" auto "status status" 1fr / minmax(0, 1fr) auto; gap: 12px 8px;
    box-sizing: border-box; inline-size: 100%; min-block-size: 96px; padding: 14px 16px; border: 0; border-radius: 12px;
    background: var(--tone); color: var(--on-tone); font: inherit; text-align: start; text-decoration: none;
    cursor: pointer; content-visibility: auto; contain-intrinsic-size: auto 96px; transition: background-color 0.4s;
  }
  .name {
    grid-area: name; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
    overflow-wrap: break-word; font-size: 1.0625rem; line-height: 1.3;
  }
  .room[data-tone="free"] .name { font-weight: 500; }
  .icon { grid-area: icon; display: inline-flex; align-items: center; gap: 6px; block-size: 2em; --mdc-icon-size: 1.25em; }
  .mark { display: inline-flex; }
  .disc {
    display: inline-grid; place-items: center; inline-size: 2em; block-size: 2em; border-radius: 50%;
    background: var(--disc); color: #ffffff;
  }
  .status { grid-area: status; align-self: end; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.45em; line-height: 1.3; }
  .state { font-size: 1.125rem; font-weight: 500; }
  .room[data-tone="free"] .state { font-weight: 700; }
  .until { font-size: 0.9375rem; }
  .room:focus-visible { outline: 3px solid var(--primary-text-color, #1c1c1c); outline-offset: 2px; }
  @media (hover: hover) { a.room:hover, button.room:hover { filter: brightness(0.95); } }
  @media (prefers-reduced-motion: reduce) { .room { transition: none; } }
  @media (forced-colors: active) { .room { border: 1px solid CanvasText; } }
  @container (max-width: 520px) { ul:has(> li:only-child) { grid-template-columns: 1fr; } }
  @container (max-width: 430px) {
    ul { grid-template-columns: 1fr; gap: 6px; }
    .room {
      grid-template: "icon name status" auto / auto minmax(0, 1fr) fit-content(52%); align-items: center; gap: 12px;
      min-block-size: 60px; padding: 10px 14px; contain-intrinsic-size: auto 60px;
    }
    .icon { flex-direction: row-reverse; }
    .status { align-self: center; flex-direction: column; align-items: end; text-align: end; }
  }
`;

/* A wall is read from five metres: no text of a panel is smaller than 32 px while all rooms fit on the screen. */
const WALL = `
  .wall {
    position: fixed; inset: 0; z-index: 10; inline-size: auto; block-size: auto; box-sizing: border-box; margin: 0;
    border: 0; padding: 24px; overflow: auto; background: var(--primary-background-color, #fafafa); color: inherit;
  }
  .wall:popover-open { display: flex; flex-direction: column; }
  .wall .groups { flex: 1; }
  .wall .alerts { display: flow-root; }
  .wall .room { cursor: default; }
  @container (min-width: 1000px) {
    .wall .alert { font-size: 32px; }
    .wall .groups { display: flex; flex-direction: column; gap: 20px; }
    .wall .group { display: flex; flex-direction: column; margin: 0; }
    .wall header { gap: 4px 24px; }
    .wall h2 { font-size: 40px; }
    .wall .count { font-size: 36px; }
    .wall .issues { font-size: 32px; }
    .wall ul { flex: 1; grid-template-columns: repeat(var(--columns), minmax(0, 1fr)); grid-auto-rows: 1fr; gap: 16px; }
    .wall .room {
      min-block-size: var(--height); padding: calc(16px * var(--scale)) calc(18px * var(--scale));
      border-radius: 18px; contain-intrinsic-size: auto var(--height);
    }
    .wall .name { font-size: calc(34px * var(--scale)); line-height: 1.2; }
    .wall .icon { font-size: calc(24px * var(--scale)); }
    .wall .state { font-size: calc(36px * var(--scale)); }
    .wall .until { font-size: calc(32px * var(--scale)); }
  }
  .leave {
    position: fixed; inset-block-start: 12px; inset-inline-end: 12px; z-index: 11; padding: 10px 16px; border: 0;
    border-radius: 10px; background: #1c1c1c; color: #ffffff; font: inherit; cursor: pointer; opacity: 0;
  }
  .leave:focus-visible, .leave:hover { opacity: 1; }
`;

export const STYLE = TONES + HEADING + ROOMS + WALL;
