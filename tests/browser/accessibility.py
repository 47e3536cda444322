"""Find what keeps people from using an element."""

from typing import Final

from playwright.sync_api import Locator

from scripts.demo_home.home import ROOT

_AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_RUN: Final = """async element => {
    const { violations } = await axe.run(element, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(" ")}`);
}"""


def faults_of(element: Locator) -> list[str]:
    """Return the faults that axe finds in an element."""
    element.page.evaluate(_AXE.read_text("utf-8"))
    found: list[str] = element.evaluate(_RUN)
    return found
