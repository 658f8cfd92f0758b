"""The sample photos and the objects in them that the checks prompt for.

Owns: reading a photo the way SAM wants it, and boxes (x0, y0, x1, y1 in image pixels), drawn by hand.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parents[3] / "projects" / "sample"
BOXES = {
    "astronaut.jpg": [(152, 14, 303, 190), (279, 343, 497, 511), (134, 349, 209, 424)],
    "cat.jpg": [(135, 87, 207, 147), (232, 227, 292, 266), (20, 0, 380, 299)],
    "coffee.jpg": [(80, 70, 478, 388), (171, 17, 406, 309), (324, 236, 406, 325)],
    "coins.png": [(22, 34, 67, 75), (305, 15, 366, 72), (144, 235, 202, 288), (315, 156, 380, 219)],
    "galaxies.jpg": [(703, 451, 752, 498), (107, 377, 147, 420)],
    "rocket.jpg": [(307, 124, 337, 408), (0, 0, 90, 426)],
}
SIDE = 1024
MARGIN = 64


@dataclass(frozen=True)
class Prompt:
    """kind "box" or "click", coords float32 [1, N, 2] in the 1024 frame, labels float32 [1, N]."""

    kind: str
    coords: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True)
class Photo:
    """name, pixels uint8 [1, H, W, 3] RGB with long side 1024, and prompts for its objects."""

    name: str
    pixels: np.ndarray
    prompts: list[Prompt]

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the pixels."""
        return self.pixels.shape[1], self.pixels.shape[2]

    @property
    def padded_size(self) -> tuple[int, int]:
        """(height, width) that the app encodes at: up to 16, plus the margin, at most 1024."""
        height, width = (min(SIDE, -(-side // 16) * 16 + MARGIN) for side in self.size)
        return height, width

    def crop(self, logits: np.ndarray) -> np.ndarray:
        """The part of logits [..., 256, 256] that lies on the photo."""
        height, width = (-(-side // 4) for side in self.size)
        return logits[..., :height, :width]


def open_photos() -> list[Photo]:
    """All sample photos, each with a box and a click per object."""
    return [_open(name, boxes) for name, boxes in BOXES.items()]


def _open(name: str, boxes: list[tuple[int, int, int, int]]) -> Photo:
    with Image.open(FOLDER / name) as file:
        image = file.convert("RGB")
    scale = SIDE / max(image.size)
    image = image.resize(tuple(int(side * scale + 0.5) for side in image.size), Image.Resampling.BILINEAR)
    prompts = []
    for x0, y0, x1, y1 in boxes:
        prompts.append(_prompt("box", [(x0, y0), (x1, y1)], [2, 3], scale))
        # A lone click is followed by SAM's padding point.
        prompts.append(_prompt("click", [((x0 + x1) / 2, (y0 + y1) / 2), (0, 0)], [1, -1], scale))
    return Photo(name, np.asarray(image)[None], prompts)


def _prompt(kind: str, points: list[tuple[float, float]], labels: list[int], scale: float) -> Prompt:
    coords = np.array([points], np.float32) * np.float32(scale)
    return Prompt(kind, coords, np.array([labels], np.float32))
