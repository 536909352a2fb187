"""/choose/: which structure suits a company, why, and which designs to look at."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from departments.advice import QUESTIONS, Answers, advise, candidates, read_rules
from departments.formats.advice_paper import advice_book
from departments.forms.choosing import Choosing
from departments.models import Design, Source, Topic
from departments.models.facets import STRUCTURE_NOTES, UNSTATED
from departments.views.paper import paper


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show the form and, where something is answered, the advice. 1 query without answers, 5 with."""
    form = Choosing(request.GET or None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _advice(form.answers())
    context["address"] = request.GET.urlencode()
    return TemplateResponse(request, "choose/choose.html", context)


@require_safe
def choose_pdf(request: HttpRequest) -> HttpResponse:
    """Send the advice as one page to take to a meeting; without answers, lead to the form. 5 queries."""
    form = Choosing(request.GET)
    if not form.is_valid():
        return HttpResponseRedirect(f"{reverse('choose')}?{request.GET.urlencode()}")
    return paper(request, advice_book(_advice(form.answers())), _("Choosing a structure"))


@require_safe
def choose_rules(request: HttpRequest) -> HttpResponse:
    """Show every rule with its weight and source. 3 queries."""
    rules = read_rules()
    unjudged = [structure for structure in STRUCTURE_NOTES if structure not in {*rules.structures, UNSTATED}]
    context = {"rules": rules, "cited": _cited(), "unjudged": unjudged}
    return TemplateResponse(request, "choose/rules.html", context)


def _advice(answers: Answers) -> dict[str, Any]:
    """Return what the page and the paper show. 5 queries."""
    rules = read_rules()
    advice = advise(answers, rules)
    reference = Design.objects.reference().readable().prefetch_related("classifications")
    sizes = answers.sizes(rules)
    return {
        "advice": advice,
        "answers": answers,
        "rules": rules,
        "size_given_twice": sizes if None not in sizes and len(set(sizes)) > 1 else None,
        "questions": len(QUESTIONS),
        "candidates": candidates(reference, advice.answered, advice.best.structure),
        "cited": _cited(),
    }


def _cited() -> dict[str, dict[str, Any]]:
    """Return source key → its citation with the page that shows it and its readable title. 3 queries."""
    rules = read_rules()
    citations = [source.model_dump(mode="json") for source in rules.sources.values()]
    designs = Design.objects.in_bulk([one["design"] for one in citations if one["design"]], field_name="slug")
    topics = Topic.objects.in_bulk([one["topic"] for one in citations if one["topic"]], field_name="key")
    return {
        key: citation | {"page": designs.get(citation["design"]) or topics.get(citation["topic"])}
        for key, citation in zip(rules.sources, Source.objects.cited(citations), strict=True)
    }
