"""The addresses of the pages: a table of contents. The same words name address, view and test."""

from django.urls import include, path, register_converter

from departments.views import (
    accounts,
    adopting,
    bulk,
    charts,
    choose,
    compare,
    coverage,
    designs,
    downloads,
    editing,
    editions,
    functions,
    health,
    history,
    holders,
    home,
    knowledge,
    library,
    organisation,
    origin,
    paper,
    permalinks,
    processes,
    raci,
    register,
    review,
    rights,
    search,
    todo,
    tree,
)
from departments.views.reading import EditionConverter

register_converter(EditionConverter, "edition")

# /designs/<slug>/…: the edition in force; /designs/<slug>/draft/…, /designs/<slug>/editions/<n>/…: another
design_urls = [
    path("", designs.design, name="design"),
    path("chart/", charts.chart, name="chart"),
    path("chart.svg", charts.chart_svg, name="chart-svg"),
    path("chart.pdf", charts.chart_pdf, name="chart-pdf"),
    path("booklet.pdf", paper.booklet_pdf, name="booklet"),
    path("departments/<slug:ref>/", tree.department, name="department"),
    path("positions/<slug:ref>/", tree.position, name="position"),
    path("positions/<slug:ref>.pdf", paper.position_pdf, name="position-pdf"),
    path("processes/<int:number>/", processes.process, name="process"),
    path("downloads/", downloads.downloads, name="downloads"),
    path("downloads/<slug:name>", downloads.download, name="download"),
    path("design.yaml", downloads.design_document, {"form": "yaml"}, name="design-yaml"),
    path("design.json", downloads.design_document, {"form": "json"}, name="design-json"),
    path("coverage/", coverage.design_coverage, name="design-coverage"),
    path("health/", health.design_health, name="design-health"),
    path("raci/", raci.design_raci, name="design-raci"),
    path("raci.xlsx", raci.raci_xlsx, name="raci-xlsx"),
    path("raci/<slug:function>/", raci.raci_function, name="raci-function"),
    path("register/", register.register, name="register"),
    path("register/change/", bulk.bulk, name="bulk"),
    path("edit/<slug:ref>/", editing.edit, name="edit"),
    path("history/", history.history, name="history"),
    path("history/<int:number>/undo/", history.undo_change, name="undo-change"),
]

# What is done with a design as a whole: adopted, revised, submitted, approved, put in force
edition_urls = [
    path("adopt/", adopting.adopt, name="adopt"),
    path("origin/", origin.origin, name="origin"),
    path("editions/", editions.editions, name="editions"),
    path("editions/begin/", editions.begin, name="begin"),
    path("editions/submit/", editions.submit, name="submit"),
    path("editions/send-back/", editions.send_back, name="send-back"),
    path("editions/approve/", editions.approve, name="approve"),
    path("editions/publish/", editions.publish, name="publish"),
    path("editions/<int:number>/bring-back/", editions.bring_back, name="bring-back"),
    path("review/", review.review, name="review"),
    path("rights/", rights.rights, name="rights"),
    path("holders/<uuid:uid>/", holders.holders, name="holders"),
    path("comments/<uuid:uid>/", review.comments, name="comments"),
    path("comments/<int:pk>/settle/", review.settled, name="settle"),
]

account_urls = [
    path("sign-in/", accounts.sign_in, name="login"),
    path("sign-out/", accounts.sign_out, name="logout"),
    path("password/", accounts.password, name="password_change"),
    path("password/changed/", accounts.password_changed, name="password_change_done"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("", include(account_urls)),
    path("library/", library.library, name="library"),
    path("own/", adopting.own, name="own"),
    path("todo/", todo.todo, name="todo"),
    path("mine/", holders.mine, name="mine"),
    path("own/organisation/", organisation.organisation, name="organisation"),
    path("own/logo", organisation.logo, name="logo"),
    path("own/new/", adopting.adopt_empty, name="adopt-empty"),
    path("designs/<edition:slug>/", include(design_urls)),
    path("designs/<slug:slug>/", include(edition_urls)),
    path("compare/", compare.comparison, name="compare"),
    path("choose/", choose.choose, name="choose"),
    path("choose/advice.pdf", choose.choose_pdf, name="choose-pdf"),
    path("choose/rules/", choose.choose_rules, name="choose-rules"),
    path("coverage/", coverage.library_coverage_page, name="coverage"),
    path("functions/", functions.functions, name="functions"),
    path("functions/<slug:slug>/", functions.function, name="function"),
    path("knowledge/", knowledge.topics, name="topics"),
    path("knowledge/<slug:key>/", knowledge.topic, name="topic"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    path("ns/orgdesign", downloads.vocabulary_file, name="vocabulary"),
    path("n/<uuid:uid>/", permalinks.node, name="permalink"),
]
