"""The mask prompt: a mask's logits become part of the image tokens.

Owns: what the decoder's graph does to the tokens when an earlier mask is given along (export.py
joins the two). Its three convolutions have stride = kernel (2, 2, 1), so each is a product on
non-overlapping squares and the whole runs on tokens without a single convolution. Its layer norms
are over 4 and 16 channels, which onnxruntime's kernel takes a millisecond for: here the mean is
taken off by the weights before, and the variance is a product too.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from decoder import CHANNELS, GRID
from weights import Frozen, GraphWeights, Linear

NO_MASK = "onnx::Mul_1919"
WIDTH = 16


def no_mask_embedding(weights: GraphWeights) -> Tensor:
    """[256]: what SAM adds to every image token when no mask is given."""
    return weights.tensor(NO_MASK).flatten()


class CentredNorm(Frozen):
    """Layer norm of each `width` of 16 channels whose mean is 0 already: [N, 16] -> [N, 16]."""

    def __init__(self, scale: Tensor, shift: Tensor, eps: float) -> None:
        super().__init__()
        width = scale.numel()
        mean = torch.block_diag(*[torch.full((width, width), 1 / width)] * (WIDTH // width))
        self.hold(scale=scale.repeat(WIDTH // width), shift=shift.repeat(WIDTH // width), mean=mean)
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        variance = (x * x) @ self.mean
        return x / (variance + self.eps).sqrt() * self.scale + self.shift


def centred(weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """The linear layer (weight [in, out], bias [out]) whose outputs have the mean 0."""
    return weight - weight.mean(1, keepdim=True), bias - bias.mean()


class MaskPrompt(Frozen):
    """tokens [1, 4096, 256], mask_input [1, 1, 256, 256] logits -> tokens_out [1, 4096, 256].

    The encoder's tokens have the "no mask" embedding inside, so it is taken off here.
    """

    def __init__(self, weights: GraphWeights) -> None:
        super().__init__()
        name = "model.prompt_encoder.mask_downscaling."
        kernels = [weights.tensor(f"{name}{i}.weight") for i in (0, 3, 6)]
        biases = [weights.tensor(f"{name}{i}.bias") for i in (0, 3, 6)]
        # The four pixels of each of a token's four 2 x 2 squares, side by side.
        weight, bias = centred(kernels[0].reshape(4, 4).t(), biases[0])
        self.first = Linear(torch.block_diag(*[weight] * 4), bias.repeat(4))
        self.second = Linear(*centred(kernels[1].permute(2, 3, 1, 0).reshape(WIDTH, WIDTH), biases[1]))
        self.third = Linear(kernels[2].reshape(CHANNELS, WIDTH).t(), biases[2] - no_mask_embedding(weights))
        norms = (("onnx::Mul_1912", "onnx::Add_1914"), ("onnx::Mul_1916", "onnx::Add_1918"))
        self.first_norm, self.second_norm = (
            CentredNorm(weights.tensor(scale).flatten(), weights.tensor(shift).flatten(), eps=1e-6)
            for scale, shift in norms
        )

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        # From (y, sub y, sub-sub y, x, sub x, sub-sub x) to (y, x, sub y, sub x, sub-sub y, sub-sub x),
        # one axis at a time.
        x = mask.reshape(2 * GRID, 2, 2 * GRID, 2).transpose(1, 2)
        x = x.reshape(GRID, 2, GRID, 8).transpose(1, 2).reshape(-1, WIDTH)
        x = F.gelu(self.first_norm(self.first(x)))
        x = F.gelu(self.second_norm(self.second(x)))
        return tokens + self.third(x)
