"""The first page after sign-in (工作台) and the one search of the top bar."""

from django.shortcuts import render


def desk(request):
    """What is due for me, in order of its time."""
    return render(request, "home.html")


def search(request):
    """Numbers, parties and places, over what the person may see."""
    return render(request, "search.html")
