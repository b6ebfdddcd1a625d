"""What a thing is found by, kept beside it: a table of its own, so that neither lists nor deeds carry it.

What is kept follows from rows that the trail answers for, like flags; it names nothing that is encrypted
in them, and never who reported.
"""

from django.db import models

from common.gram_field import GramsField


class Words(models.Model):
    """The pieces (`common/grams.py`) of one thing; a model below says where they come from.

    All are paths from the thing: `texts` and `places` lead to one value each, `several` and `names` to many.
    Names and places are found by first letters of their pinyin too. `follows` leads to other things whose
    deeds change the words: their label, and the paths to them.
    """

    texts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    follows: dict[str, tuple[str, ...]] = {}

    grams = GramsField("检索词", editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @classmethod
    def owner(cls) -> type[models.Model]:
        """The things that these words are of."""
        return cls._meta.pk.related_model
