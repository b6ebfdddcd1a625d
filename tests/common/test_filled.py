"""A part of a page stands only where there is something in it: no browser has to ask what is inside."""

from django.template import engines

PARENT = '{% load ui %}<main>{% filled "div" "side" %}{% block side %}{% endblock %}{% endfilled %}</main>'


def drawn(side: str) -> str:
    """The page of a template whose block is `side`."""
    made = engines["django"].from_string(PARENT.replace("{% block side %}", "{% block side %}" + side))
    return made.render({"name": "<王某>"})


def test_nothing_but_blanks_leaves_no_element():
    assert drawn(" \n {% if no %}x{% endif %} ") == "<main></main>"


def test_what_is_inside_stands_as_it_was_written():
    assert drawn("<p>{{ name }}</p>") == '<main><div class="side"><p>&lt;王某&gt;</p></div></main>'


def test_a_part_may_have_a_name_of_its_own():
    made = engines["django"].from_string(
        '{% load ui %}{% filled "nav" "crumbs" "所在位置" %}<a>线索</a>{% endfilled %}'
    )
    assert made.render() == '<nav class="crumbs" aria-label="所在位置"><a>线索</a></nav>'
