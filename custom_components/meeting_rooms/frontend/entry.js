// Load the elements after Home Assistant's application has replaced window.customElements and HTMLElement:
// elements that are defined earlier are lost.
customElements.whenDefined("home-assistant").then(() => import("./elements.js"));
