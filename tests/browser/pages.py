"""One page of every kind: the tests walk them, `make pictures` photographs them. A new kind of page gets a line here."""

from playwright.sync_api import Page

HOSPITAL = "/designs/hospital-marketing-dept"
JEWELLERY = "/designs/jewelry-franchise-brand-marketing-center"

PAGES = {
    "home": "/",
    "library": "/library/",
    "library-filtered": "/library/?sizes=small",
    "functions": "/functions/",
    "function": "/functions/brand/",
    "standard-positions": "/positions/",
    "standard-position": "/positions/market-department-manager/",
    "topics": "/knowledge/",
    "topic": "/knowledge/span-of-control-lesson/",
    "search": "/search/?q=品牌",
    "search-kind": "/search/?q=shichang&kind=duty",
    "search-nothing": "/search/?q=量子",
    "choose": "/choose/",
    "choose-advice": "/choose/?marketing_people=20&stage=growth&product_lines=several&regions=several&priorities=depth",
    "choose-rules": "/choose/rules/",
    "design": f"{HOSPITAL}/",
    "design-large": f"{JEWELLERY}/",
    "department": f"{HOSPITAL}/departments/MKT-PR/",
    "department-large": f"{JEWELLERY}/departments/BMC-PLAN/",
    "position": f"{HOSPITAL}/positions/MKT-PR-HEAD/",
    "position-large": f"{JEWELLERY}/positions/BMC-PLAN-A/",
    "process": f"{JEWELLERY}/processes/1/",
    "register": f"{JEWELLERY}/register/",
    "compare": "/compare/?a=group-marketing-centre&b=market-plus-sales-org",
    "downloads": f"{HOSPITAL}/downloads/",
    "booklet-options": f"{HOSPITAL}/booklet/",
    "booklet-options-large": f"{JEWELLERY}/booklet/?without=chart&margins=mirrored",
    "coverage": "/coverage/",
    "design-coverage": "/designs/four-department-primary-auxiliary/coverage/",
    "design-coverage-large": f"{JEWELLERY}/coverage/",
    "raci": f"{HOSPITAL}/raci/",
    "raci-large": f"{JEWELLERY}/raci/",
    "raci-function": f"{JEWELLERY}/raci/promotion/",
    "health": f"{HOSPITAL}/health/?derived=1",
    "health-large": f"{JEWELLERY}/health/",
    "chart": f"{HOSPITAL}/chart/?leaves=upright",
    "chart-large": f"{JEWELLERY}/chart/",
    "api": "/api/",
    "sign-in": "/sign-in/?next=/library/",
}


def choose_positions(page: Page) -> None:
    """Choose two positions of the register and go on to what can be done with them."""
    page.locator("input[name=position]").first.check()
    page.locator("input[name=position]").last.check()
    with page.expect_navigation():
        page.locator("#bulk button").first.click()


def look_at_a_term(page: Page) -> None:
    """Ask what it would come to if a term were replaced in the positions chosen."""
    choose_positions(page)
    task = page.locator("details.task").first
    task.locator("summary").click()
    task.locator("input[type=text], input:not([type])").nth(0).fill("客户")
    task.locator("input[type=text], input:not([type])").nth(1).fill("患者")
    with page.expect_navigation():
        task.locator("button").click()


def choose_a_line(page: Page) -> None:
    """Choose what the post does elsewhere, and go on to where it is to stand."""
    page.locator("input[name=line]").first.check()
    with page.expect_navigation():
        page.locator("form button[type=submit]").last.click()


# What only somebody signed in sees, as (role, address): of `company.make_company`, which fills in what is in braces.
SIGNED_IN = {
    "own-home": ("editor", "/"),
    "own-designs": ("editor", "/own/"),
    "own-design": ("editor", "/designs/ours/"),
    "own-empty": ("editor", "/own/new/"),
    "adopt": ("editor", f"{HOSPITAL}/adopt/"),
    "origin": ("editor", "/designs/ours/origin/"),
    "todo": ("approver", "/todo/"),
    "mine": ("editor", "/mine/"),
    "password": ("editor", "/password/"),
    "draft": ("editor", "/designs/ours/draft/"),
    "draft-department": ("editor", "/designs/ours/draft/departments/MKT-PR/"),
    "draft-position": ("editor", "/designs/ours/draft/positions/MKT-PR-HEAD/"),
    "edit-names": ("editor", "/designs/ours/draft/edit/MKT-PR-HEAD/names/"),
    "edit-move": ("editor", "/designs/ours/draft/edit/MKT-PR-HEAD/move/"),
    "edit-process": ("editor", "/designs/ours/draft/processes/0/edit/"),
    "phrases": ("editor", "/designs/ours/draft/phrases/MKT-PR-HEAD/"),
    "draft-register": ("editor", "/designs/ours/draft/register/"),
    "bulk": ("editor", "/designs/ours/draft/register/"),
    "bulk-preview": ("editor", "/designs/ours/draft/register/"),
    "history": ("editor", "/designs/ours/draft/history/"),
    "editions": ("editor", "/designs/ours/editions/"),
    "editions-review": ("approver", "/designs/branch/editions/"),
    "record": ("approver", "/designs/ours/record/"),
    "review": ("approver", "/designs/branch/review/"),
    "comments": ("approver", "/designs/branch/comments/{said}/"),
    "rights": ("administrator", "/designs/ours/rights/"),
    "holders": ("editor", "/designs/ours/holders/{officer}/"),
    "import": ("editor", "/designs/ours/draft/import/"),
    "import-check": ("editor", "/designs/ours/draft/import/check/"),
    "import-new": ("editor", "/own/import/"),
    "import-faults": ("editor", "/own/import/check/"),
    "import-conflicts": ("administrator", "/designs/ours/draft/import/check/"),
    "import-editions": ("administrator", "/own/import/editions/"),
    "import-editions-check": ("administrator", "/own/import/editions/check/"),
    "read": ("editor", "/own/read/"),
    "read-review": ("editor", "/own/read/{text}/"),
    "take-position": ("editor", "/positions/market-department-manager/"),
    "job-waiting": ("editor", "/printing/{waiting}/"),
    "job-printing": ("editor", "/printing/{printing}/"),
    "job-ready": ("editor", "/printing/{ready}/"),
    "job-failed": ("editor", "/printing/{failed}/"),
    "queue-full": ("reviewer", f"{JEWELLERY}/booklet.pdf"),
    "tokens": ("administrator", "/account/tokens/"),
    "organisation": ("administrator", "/own/organisation/"),
    "webhooks": ("administrator", "/own/webhooks/"),
    "word-templates": ("administrator", "/own/word-template/"),
}

# What is done on a page before it is the one that its name means.
THEN = {"bulk": choose_positions, "bulk-preview": look_at_a_term, "take-position": choose_a_line}

PAPERS = {
    "position": f"{HOSPITAL}/positions/MKT-PR-HEAD.pdf",
    "chart": f"{HOSPITAL}/chart.pdf",
    "chart-large": f"{JEWELLERY}/chart.pdf?pages=departments&leaves=upright",
    "booklet": f"{HOSPITAL}/booklet.pdf",
    "booklet-large": f"{JEWELLERY}/booklet.pdf",
}

WIDTHS = {390: 844, 768: 1024, 1440: 900}  # a phone, a tablet, a desk: width and height in pixels
