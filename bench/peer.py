"""The peers' way of running SAM, timed: python onnxruntime with default options on the original graphs.

One JSON request a line on stdin, one JSON answer a line on stdout; times in milliseconds.
  {"op": "load", "encoder": FILE, "decoder": FILE}    -> {"runtime": ...}
  {"op": "encode", "file": FILE}                      -> {"read", "prepare", "run", "total"}
  {"op": "click", "points": [[x, y, label], ...]}     -> {"run", "contour", "total", "points"}
Clicks are answered as AnyLabeling and the like do it: all points so far, no mask input, the mask upscaled
to the photo's size by the graph itself, the outer contours of OpenCV, simplified.
"""

import json
import sys
from time import perf_counter

import cv2
import numpy as np
import onnxruntime

SIDE = 1024
MEAN = np.array([123.675, 116.28, 103.53], np.float32)
STD = np.array([58.395, 57.12, 57.375], np.float32)


class Peer:
    """Sessions of the original graphs, and the embedding of the last image."""

    def __init__(self, encoder: str, decoder: str):
        providers = ["CPUExecutionProvider"]
        self.encoder = onnxruntime.InferenceSession(encoder, providers=providers)
        self.decoder = onnxruntime.InferenceSession(decoder, providers=providers)
        self.embedding = None
        self.size = (0, 0)

    def encode(self, file: str) -> dict:
        start = perf_counter()
        image = cv2.cvtColor(cv2.imread(file), cv2.COLOR_BGR2RGB)
        read = perf_counter()
        height, width = image.shape[:2]
        scale = SIDE / max(height, width)
        resized = cv2.resize(image, (int(width * scale + 0.5), int(height * scale + 0.5)))
        frame = np.zeros((1, 3, SIDE, SIDE), np.float32)
        frame[0, :, : resized.shape[0], : resized.shape[1]] = ((resized - MEAN) / STD).transpose(2, 0, 1)
        prepared = perf_counter()
        self.embedding = self.encoder.run(None, {"input": frame})[0]
        self.size = (height, width)
        done = perf_counter()
        return times(read=read - start, prepare=prepared - read, run=done - prepared, total=done - start)

    def click(self, points: list) -> dict:
        start = perf_counter()
        scale = SIDE / max(self.size)
        coords = [[x * scale, y * scale] for x, y, _ in points] + [[0, 0]]
        labels = [label for _, _, label in points] + [-1]
        masks = self.decoder.run(
            ["masks"],
            {
                "image_embeddings": self.embedding,
                "point_coords": np.array([coords], np.float32),
                "point_labels": np.array([labels], np.float32),
                "mask_input": np.zeros((1, 1, 256, 256), np.float32),
                "has_mask_input": np.zeros(1, np.float32),
                "orig_im_size": np.array(self.size, np.float32),
            },
        )[0]
        run = perf_counter()
        mask = (masks[0, 0] > 0).astype(np.uint8)
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        simple = [cv2.approxPolyDP(c, 0.001 * cv2.arcLength(c, True), True) for c in contours]
        done = perf_counter()
        count = sum(len(contour) for contour in simple)
        return {**times(run=run - start, contour=done - run, total=done - start), "points": count}


def times(**seconds: float) -> dict:
    """Seconds as milliseconds."""
    return {name: value * 1000 for name, value in seconds.items()}


def main() -> None:
    peer = None
    for line in sys.stdin:
        request = json.loads(line)
        op = request.pop("op")
        if op == "load":
            peer = Peer(**request)
            answer = {"runtime": f"python onnxruntime {onnxruntime.__version__}, OpenCV {cv2.__version__}"}
        else:
            answer = getattr(peer, op)(**request)
        print(json.dumps(answer), flush=True)


main()
