"""已有相似线索: a form that stops once when clues like the typed one are found."""

from django import forms

from clues.services.duplicates import Likeness, Traits, find_similar

SEEN = "similar_seen"


class SimilarCheck(forms.Form):
    """Stops once when clues like this one are found that the person hasn't looked at.

    Looked at is what the box in the panel says (`similar_seen`, public ids), which only a person ticks.
    """

    warns_of_similar = True
    anchors = {SEEN: "similar"}
    similar = ()
    all_seen = False

    def look_for_similar(self, cleaned):
        """Find like clues; complain where they weren't looked at and all else is right."""
        names = [row["name"].value() or "" for row in getattr(self, "rows", ())]
        indexes = getattr(self, "party_indexes", ())
        self.similar = similar_to(self.user, cleaned, names, indexes)
        acknowledged = {public_id for typed in self.data.getlist(SEEN) for public_id in typed.split(",")}
        self.all_seen = all(like.clue.public_id in acknowledged for like in self.similar)
        if not self.all_seen and not self.errors:
            words = f"已有相似线索{len(self.similar)}件，请核对。不是同一件事的，勾选“已核对”后再提交。"
            self.add_error(None, forms.ValidationError(words, code=SEEN))

    @property
    def similar_waits(self) -> bool:
        """Whether like clues wait to be looked at."""
        return bool(self.similar) and not self.all_seen

    @property
    def similar_seen(self) -> str:
        """Ids of the clues shown with this form."""
        return ",".join(like.clue.public_id for like in self.similar)


def similar_to(user, values, names=(), indexes=()) -> list[Likeness]:
    """Clues like what stands in a form's cleaned values."""
    position = values.get("position")
    traits = Traits(
        names=names,
        identity_indexes=indexes,
        longitude=position.longitude if position else None,
        latitude=position.latitude if position else None,
        place=values.get("place", ""),
        summary=values.get("summary", ""),
        county=values.get("county"),
    )
    return find_similar(user, traits)
