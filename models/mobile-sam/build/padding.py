"""What fills the 64 x 64 embedding beyond the part that was encoded.

Owns: the mean maps. The original encodes a square of 1024 with the photo in its top left corner;
we encode the photo and a margin of 64 pixels (4 tokens), which settles the photo's own tokens,
and skip the rest. The decoder still attends to all 4096 tokens, so the skipped ones need values.
Zeros cost .011 of box mIoU, repeating the edge .005, the mean of what the original computes
there .001.

`pad_maps.npz` is a measurement, not a computation from the weights: for every position, the mean
over COCO photos of the exact encoder's embedding where that position was padding, once below wide
photos (`bottom`) and once to the right of tall ones (`right`); the first 21 rows and 35 columns
were padding in no photo and hold a constant. It cannot be made again without those photos, so it
is stored as recorded: uint8 [64, 64, 256] in (y, x, channel) with a float32 scale and low per
channel (steps of at most .003), without the "no mask" embedding.
"""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from weights import Frozen

RECORDED = Path(__file__).parent / "pad_maps.npz"


class PadMaps(Frozen):
    """[B, h, w, 256], h and w <= 64 -> [B, 64, 64, 256], filled below and then to the right.

    The maps stay uint8 in the file (2 MB, not 8); onnxruntime expands them once, when it loads.
    """

    def __init__(self, no_mask: Tensor) -> None:
        """no_mask: [256], added to both maps because the encoder adds it to its tokens."""
        super().__init__()
        with np.load(RECORDED) as recorded:
            for side in ("bottom", "right"):
                low = torch.from_numpy(recorded[f"{side}_low"]) + no_mask
                self.register_buffer(side, torch.from_numpy(recorded[side])[None])
                self.register_buffer(f"{side}_scale", torch.from_numpy(recorded[f"{side}_scale"]))
                self.register_buffer(f"{side}_low", low)

    def forward(self, x: Tensor) -> Tensor:
        batch, height, width = x.shape[0], x.shape[1], x.shape[2]
        bottom = self.bottom.float() * self.bottom_scale + self.bottom_low
        right = self.right.float() * self.right_scale + self.right_low
        x = torch.cat([x, bottom[:, height:, :width].expand(batch, -1, -1, -1)], 1)
        return torch.cat([x, right[:, :, width:].expand(batch, -1, -1, -1)], 2)
