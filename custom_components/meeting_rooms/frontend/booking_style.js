// @ts-check
/** The look of the booking buttons: large enough for a finger at the door of a room. */

/* Each pair of a background and its text has a contrast of at least 4.5 : 1, with any theme. */
const COLORS = `
  :host {
    --action: #1a7a3c; --on-action: #ffffff; --plain: #e9ebee; --on-plain: #1f2428; --quiet: #5b626a;
    --done: #e6f3ea; --on-done: #14532b; --fault: #fbeeec; --on-fault: #8a1c12; --danger: #b3261e;
  }
  :host([dark]) {
    --action: #17733a; --plain: #34383d; --on-plain: #f0f2f4; --quiet: #b4bac1;
    --done: #1c3024; --on-done: #b9e4c8; --fault: #3a211f; --on-fault: #ffc9c2; --danger: #b13a2f;
  }
`;

const CONTENT = `
  :host { display: block; }
  :host([hidden]), [hidden] { display: none !important; }
  ha-card {
    position: relative; display: flex; flex-direction: column; gap: 12px; padding: 16px;
    color: var(--primary-text-color, #1c1c1c);
  }
  .title { margin: 0 0 12px; font-size: 1rem; font-weight: 500; line-height: 1.4; overflow-wrap: anywhere; }
  .buttons { display: grid; grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); gap: 8px; }
  button {
    display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 2px; box-sizing: border-box;
    min-block-size: 56px; padding: 8px 12px; border: 0; border-radius: 12px; background: var(--action);
    color: var(--on-action); font: inherit; font-size: 1rem; font-weight: 500; line-height: 1.3; cursor: pointer;
  }
  button small { font-size: 0.8125rem; font-weight: 400; }
  button:disabled { background: var(--plain); color: var(--quiet); cursor: not-allowed; }
  .cancel { background: var(--plain); color: var(--on-plain); }
  .release { background: var(--plain); color: var(--on-plain); }
  .confirm:not([data-kind="book"]) { background: var(--danger); color: #ffffff; }
  button:focus-visible { outline: 3px solid var(--primary-text-color, #1c1c1c); outline-offset: 2px; }
  .hint { margin: 0; line-height: 1.4; }
  /* The texts may be of a language that is written in another direction than that of the page. */
  .title, .hint, .message span, button span, button small { unicode-bidi: plaintext; }
  .title, .hint { inline-size: fit-content; }
  .message:not(:empty) {
    display: flex; align-items: flex-start; gap: 8px; padding: 10px 12px; border-radius: 10px;
    background: var(--plain); color: var(--on-plain); line-height: 1.4; overflow-wrap: anywhere; --mdc-icon-size: 1.25em;
  }
  .message[data-kind="done"]:not(:empty) { background: var(--done); color: var(--on-done); }
  .message[data-kind="fault"]:not(:empty) { background: var(--fault); color: var(--on-fault); }
  .message:empty { position: absolute; }
  .message:focus { outline: none; }
  .message:focus-visible { outline: 3px solid var(--primary-text-color, #1c1c1c); outline-offset: 2px; }
  .message ha-icon { flex: none; }
  @media (hover: hover) { button:enabled:hover { filter: brightness(0.93); } }
  @media (forced-colors: active) { button, .message:not(:empty) { border: 1px solid CanvasText; } }
`;

export const STYLE = COLORS + CONTENT;
