// @ts-check
// Home Assistant replaces window.customElements while it starts: elements defined earlier are lost.
customElements.whenDefined("home-assistant").then(() => import("./elements.js"));
