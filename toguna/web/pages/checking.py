"""Check a document: its figures that do not agree, marked. Read in a process of its own; nothing of it is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from toguna.kernel.api import Refused
from toguna.web import problems
from toguna.web.guard import language_of, status_of
from toguna.web.parts.confined import check_confined
from toguna.web.words import said


def check_document(request: HttpRequest) -> HttpResponse:
    """GET asks for a file or a text, POST shows what was found in it. What cannot be read is said above the form, with its status."""
    if request.method != "POST":
        return render(request, "pages/check.html", {})
    language = language_of(request)
    file, text = request.FILES.get("document"), request.POST.get("text", "").strip()
    if file is None and not text:
        raise Refused(problems.DOCUMENT_NEEDED.at())
    name = file.name if file is not None else said("pasted_text", language) + ".txt"
    content = file.read() if file is not None else text.encode()
    shown: dict[str, object] = {"text": text, "name": name}
    try:
        result = check_confined(content, name, language)
    except Refused as refused:
        told = [f"{one.what(language)} {one.cure(language)}" for one in refused.problems]
        return render(request, "pages/check.html", {**shown, "told": told}, status=status_of(*refused.problems))
    told = [f"{one.what} {one.cure}" for one in result.told]
    # What of the document stands in it was escaped by `articles`.
    shown |= {"told": told, "marked": SafeString(result.marked)}
    return render(request, "pages/check.html", shown, status=422 if told else 200)
