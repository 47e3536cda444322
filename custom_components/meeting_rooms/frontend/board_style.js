// @ts-check
/** The look of the board: free rooms stand out, the others are quiet. */

/*
 * Each tone has its own background and text colour, with a contrast of at least 4.5 : 1 (7 : 1 on a wall's quiet
 * panels), so that the board is readable with any theme.
 */
const TONES = `
  :host {
    --free: #1a7a3c; --on-free: #ffffff;
    --soon: #ffe3a6; --on-soon: #4a3200;
    --busy: #f7e4e1; --on-busy: #6d1f17;
    --notice: #dfe9f9; --on-notice: #183f75;
    --off: #e8eaed; --on-off: #4b5157;
    --busy-edge: #cf4a3c; --notice-edge: #3f78c9; --off-edge: #8d949b; --soon-edge: #d99a00; --free-edge: #1a7a3c;
  }
  :host([dark]) {
    --free: #17733a; --on-free: #ffffff;
    --soon: #4b3a12; --on-soon: #ffe0a0;
    --busy: #37211f; --on-busy: #f6c1ba;
    --notice: #1d2f4a; --on-notice: #bfd7fb;
    --off: #2a2d31; --on-off: #b6bcc3;
    --busy-edge: #d9584a; --notice-edge: #5b93e0; --off-edge: #6d747b; --soon-edge: #e0a82e; --free-edge: #2c9a56;
  }
  .room[data-tone="free"] { --tone: var(--free); --on-tone: var(--on-free); --edge: var(--free-edge); }
  .room[data-tone="soon"] { --tone: var(--soon); --on-tone: var(--on-soon); --edge: var(--soon-edge); }
  .room[data-tone="busy"] { --tone: var(--busy); --on-tone: var(--on-busy); --edge: var(--busy-edge); }
  .room[data-tone="notice"] { --tone: var(--notice); --on-tone: var(--on-notice); --edge: var(--notice-edge); }
  .room[data-tone="off"] { --tone: var(--off); --on-tone: var(--on-off); --edge: var(--off-edge); }
`;

const HEADING = `
  :host { display: block; color: var(--primary-text-color, #1c1c1c); }
  .board { container-type: inline-size; }
  .alert {
    display: flex; align-items: center; gap: 12px; margin-block-end: 16px; padding: 12px 16px;
    border-radius: 12px; background: #8a1c12; color: #ffffff; font-size: 1rem; line-height: 1.4;
  }
  header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; margin-block: 4px 12px; }
  .group + .group { margin-block-start: 28px; }
  h2 { margin: 0; font-size: 1.375rem; font-weight: 500; line-height: 1.3; }
  .count { color: var(--secondary-text-color, #5e5e5e); font-size: 1rem; }
  .issues {
    display: inline-flex; align-items: center; gap: 6px; margin-inline-start: auto; font-size: 0.9375rem;
    --mdc-icon-size: 1.25em;
  }
`;

const ROOMS = `
  ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); gap: 10px; margin: 0; padding: 0; list-style: none; }
  li { display: grid; min-inline-size: 0; }
  .room {
    display: grid; grid-template: "name icon" auto "state state" 1fr / 1fr auto; align-items: start; gap: 10px 8px;
    box-sizing: border-box; inline-size: 100%; min-inline-size: 0; min-block-size: 88px; padding: 12px 14px;
    border: 0; border-inline-start: 5px solid var(--edge); border-radius: 10px; background: var(--tone); color: var(--on-tone);
    font: inherit; text-align: start; text-decoration: none; cursor: pointer; content-visibility: auto; contain-intrinsic-size: auto 88px;
    transition: background-color 0.4s;
  }
  .wall .room { cursor: default; }
  .name { grid-area: name; overflow-wrap: anywhere; font-size: 1rem; line-height: 1.3; }
  .room[data-tone="free"] .name { font-weight: 500; }
  .icon { grid-area: icon; display: inline-flex; gap: 6px; --mdc-icon-size: 1.375em; opacity: 0.85; }
  .mark { display: inline-flex; }
  .mark[hidden] { display: none; }
  .status { grid-area: state; align-self: end; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 8px; line-height: 1.3; }
  .state { font-size: 1.125rem; font-weight: 600; }
  .room:not([data-tone="free"]) .state { font-weight: 500; }
  .until { font-size: 0.9375rem; }
  .room:focus-visible { outline: 3px solid var(--primary-text-color, #1c1c1c); outline-offset: 2px; }
  @media (hover: hover) { a.room:hover, button.room:hover { filter: brightness(0.96); } }
  @media (prefers-reduced-motion: reduce) { .room { transition: none; } }
  @media (forced-colors: active) { .room { border: 1px solid CanvasText; } }
  @container (max-width: 420px) {
    ul { gap: 6px; }
    .room { grid-template: "icon name state" auto / auto 1fr auto; align-items: center; min-block-size: 56px; }
    .icon { flex-direction: row-reverse; }
    .status { align-self: center; flex-direction: column; align-items: end; text-align: end; }
  }
`;

/* A wall is read from five metres: no text is smaller than 32 px, except on a screen that is too small for that. */
const WALL = `
  .wall { position: fixed; inset: 0; z-index: 10; inline-size: auto; block-size: auto; margin: 0; border: 0; overflow: auto; box-sizing: border-box; padding: 32px; background: var(--primary-background-color, #fafafa); color: inherit; }
  .wall .alert { font-size: 32px; }
  @container (min-width: 1000px) {
    .wall .groups { display: flex; flex-direction: column; gap: 28px; }
    .wall .group + .group { margin-block-start: 0; }
    .wall h2 { font-size: 40px; }
    .wall .count { font-size: 36px; }
    .wall .issues { font-size: 32px; }
    .wall ul { grid-template-columns: repeat(auto-fill, minmax(calc(340px * var(--scale)), 1fr)); gap: 16px; }
    .wall .room { min-block-size: calc(150px * var(--scale)); padding: 20px 22px; border-inline-start-width: 10px; border-radius: 16px; contain-intrinsic-size: auto 150px; }
    .wall .name { font-size: calc(34px * var(--scale)); line-height: 1.2; }
    .wall .icon { font-size: calc(28px * var(--scale)); }
    .wall .state { font-size: calc(36px * var(--scale)); }
    .wall .until { font-size: calc(32px * var(--scale)); }
  }
  .leave {
    position: fixed; inset-block-start: 12px; inset-inline-end: 12px; z-index: 11; padding: 10px 16px; border: 0; border-radius: 10px;
    background: #1c1c1c; color: #ffffff; font: inherit; cursor: pointer; opacity: 0;
  }
  .leave:focus-visible, .leave:hover { opacity: 1; }
`;

export const STYLE = TONES + HEADING + ROOMS + WALL;
