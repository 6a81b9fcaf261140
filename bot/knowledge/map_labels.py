"""Finds room for the labels of a picture, so that none covers another one or a marker. Used by the map."""

from __future__ import annotations

from typing import NamedTuple

ASCENT, DESCENT = 9, 2  # of a text around its base line, in units of the picture


class Box(NamedTuple):
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tells whether the two overlap."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Tells whether the other one lies inside."""
        return self.left <= other.left and other.right <= self.right and self.top <= other.top and other.bottom <= self.bottom


class Room(NamedTuple):
    """Where a label goes: how the text is anchored at (x, y), and what it covers."""

    anchor: str
    x: float
    y: float
    box: Box


def around(x: float, y: float, radius: float) -> Box:
    """Returns the square around a disc."""
    return Box(x - radius, y - radius, x + radius, y + radius)


def find_room(width: float, x: float, y: float, gaps: tuple[float, ...], taken: list[Box], frame: Box) -> Room | None:
    """Returns where a text of that width fits beside (x, y) and inside `frame`, at one of the distances `gaps`, without covering what is `taken`."""
    middle = min(max(x, frame.left + width / 2), frame.right - width / 2)
    for gap in gaps:
        near = gap * 0.7
        for anchor, left, base in (("start", x + gap, y + 4), ("end", x - gap - width, y + 4), ("middle", middle - width / 2, y - gap), ("middle", middle - width / 2, y + gap + 8),
                                   ("start", x + near, y - near), ("end", x - near - width, y - near), ("start", x + near, y + near + 8), ("end", x - near - width, y + near + 8)):
            box = Box(left, base - ASCENT, left + width, base + DESCENT)
            if frame.holds(box) and not any(box.meets(other) for other in taken):
                return Room(anchor, {"start": box.left, "middle": middle, "end": box.right}[anchor], base, box)
    return None
