"""One page of every kind: the tests walk them, `make pictures` photographs them. A new kind of page gets a line here."""

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

PAPERS = {
    "position": f"{HOSPITAL}/positions/MKT-PR-HEAD.pdf",
    "register": f"{JEWELLERY}/register/",
    "chart": f"{HOSPITAL}/chart.pdf",
    "chart-large": f"{JEWELLERY}/chart.pdf?pages=departments&leaves=upright",
    "booklet": f"{HOSPITAL}/booklet.pdf",
    "booklet-large": f"{JEWELLERY}/booklet.pdf",
}

WIDTHS = {390: 844, 768: 1024, 1440: 900}  # a phone, a tablet, a desk: width and height in pixels
