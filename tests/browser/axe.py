"""axe, which judges whether everybody can use a page: brought to a page once, and with a memory for colours."""

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
# For every element it reads some colours anew, which takes longer than to judge them; a page has a dozen colours.
MEMORY = """() => {
  const colour = axe.commons.color.Color.prototype;
  const parse = colour.parseString;
  const known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) {
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  };
}"""

EVERY_RULE = {"resultTypes": ["violations"]}
# The dark scheme changes colours and nothing else: what is not about colour was judged by day.
RULES_OF_COLOUR = EVERY_RULE | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def violations(page: Page, *, of_colour: bool = False) -> str:
    """Return what is wrong with a page as it is shown now; empty where nothing is."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT)
        page.evaluate(MEMORY)
    rules = RULES_OF_COLOUR if of_colour else EVERY_RULE
    found = AxeResults(page.evaluate("rules => axe.run(document, rules)", rules))
    return found.generate_report() if found.violations_count else ""
