"""The border on a map, for orientation only.

The lines are generalised and can lie up to about 0.7 km on the wrong side of a town.
So this module draws, and on purpose it can do nothing else: it measures no distance
and tells of no point on which side it lies.
Coordinates are degrees of longitude and latitude, WGS 84.
"""

import json
from functools import cache
from math import cos, radians
from typing import Any

from matplotlib.axes import Axes

from casebook.data.descriptor import resource
from casebook.publishing.style import COAST, GREY, INK, LAND, SEA

FILE = "border_china_dprk"
POINTS_ACROSS = 250  # that can be told apart on a phone, and nearly on a page
STROKES: dict[str, dict[str, Any]] = {
    "coast": {"color": COAST, "linewidth": 0.7},
    "boundary": {"color": GREY, "linewidth": 0.9, "linestyle": (0, (5, 2))},
    "line of control": {"color": GREY, "linewidth": 0.9, "linestyle": (0, (1, 2))},
}
BETWEEN_CHINA_AND_DPRK: dict[str, Any] = {"color": INK, "linewidth": 1.6, "linestyle": "-"}

Line = list[tuple[float, float]]


@cache
def _collection() -> dict:
    return json.loads(resource(FILE).path.read_text(encoding="utf-8"))


def frame() -> tuple[float, float, float, float]:
    """West, south, east and north of what the file holds, in degrees."""
    return tuple(_collection()["bbox"])


def features(kind: str) -> list[dict]:
    """The features of one kind: land, boundary, line of control, river or coast."""
    return [each for each in _collection()["features"] if each["properties"]["kind"] == kind]


def outlines(feature: dict) -> list[Line]:
    """The lines of a feature; of an area, its outer edges without holes."""
    geometry = feature["geometry"]
    coordinates = geometry["coordinates"]
    lines = {
        "LineString": lambda: [coordinates],
        "MultiLineString": lambda: coordinates,
        "Polygon": lambda: coordinates[:1],
        "MultiPolygon": lambda: [polygon[0] for polygon in coordinates],
    }[geometry["type"]]()
    return [[tuple(point[:2]) for point in line] for line in lines]


def thinned(line: Line, shown: tuple[float, float, float, float]) -> Line:
    """The points of a line that can be told apart in a part of the map; few of those outside it."""
    west, south, east, north = shown
    step = (east - west) / POINTS_ACROSS
    kept = [line[0]]
    for x, y in line[1:-1]:
        inside = west - step < x < east + step and south - step < y < north + step
        far = max(abs(x - kept[-1][0]), abs(y - kept[-1][1]))
        if far > (step if inside else 40 * step):
            kept.append((x, y))
    return [*kept, line[-1]]


def ground(axes: Axes, shown: tuple[float, float, float, float] | None = None) -> None:
    """Draw land, sea, coast and border, and set the frame in a fair proportion.

    Args:
        axes: an empty panel.
        shown: west, south, east and north of the part to show; without it the whole.
    """
    west, south, east, north = shown or frame()
    axes.set_facecolor(SEA)
    for feature in features("land"):
        for line in (thinned(each, (west, south, east, north)) for each in outlines(feature)):
            axes.fill(*zip(*line, strict=True), color=LAND, linewidth=0, zorder=0.5)
    for kind, stroke in STROKES.items():
        for feature in features(kind):
            ours = feature["properties"].get("countries") == "CHN-PRK"
            for line in (thinned(each, (west, south, east, north)) for each in outlines(feature)):
                style = BETWEEN_CHINA_AND_DPRK if ours else stroke
                axes.plot(*zip(*line, strict=True), zorder=1.5, **style)
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    axes.set_aspect(1 / cos(radians((south + north) / 2)))
    axes.grid(visible=False)
    axes.spines[:].set_visible(True)
