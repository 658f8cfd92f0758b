"""The mask prompt: a mask's logits become part of the image tokens.

Owns: what the decoder's graph does to the tokens when an earlier mask is given along (export.py
joins the two). Its three convolutions have stride = kernel (2, 2, 1), so each is a product on
non-overlapping squares and the whole runs on tokens without a single convolution.
"""

from torch import Tensor
from torch.nn import functional as F

from decoder import CHANNELS, GRID
from weights import Frozen, GraphWeights, Linear, Norm

NO_MASK = "onnx::Mul_1919"


def no_mask_embedding(weights: GraphWeights) -> Tensor:
    """[256]: what SAM adds to every image token when no mask is given."""
    return weights.tensor(NO_MASK).flatten()


class MaskPrompt(Frozen):
    """tokens [1, 4096, 256], mask_input [1, 1, 256, 256] logits -> tokens_out [1, 4096, 256].

    The encoder's tokens have the "no mask" embedding inside, so it is taken off here.
    """

    def __init__(self, weights: GraphWeights) -> None:
        super().__init__()
        name = "model.prompt_encoder.mask_downscaling."
        kernels = [weights.tensor(f"{name}{i}.weight") for i in (0, 3, 6)]
        biases = [weights.tensor(f"{name}{i}.bias") for i in (0, 3, 6)]
        self.first = Linear(kernels[0].reshape(4, 4).t(), biases[0])
        self.second = Linear(kernels[1].permute(2, 3, 1, 0).reshape(16, 16), biases[1])
        self.third = Linear(kernels[2].reshape(CHANNELS, 16).t(), biases[2] - no_mask_embedding(weights))
        norms = (("onnx::Mul_1912", "onnx::Add_1914"), ("onnx::Mul_1916", "onnx::Add_1918"))
        self.first_norm, self.second_norm = (
            Norm(weights.tensor(scale).flatten(), weights.tensor(shift).flatten(), eps=1e-6)
            for scale, shift in norms
        )

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        # rows (y, x, sub y, sub x) of the 2 x 2 pixels under each first-layer output
        x = mask.reshape(GRID, 2, 2, GRID, 2, 2).permute(0, 3, 1, 4, 2, 5)
        x = self.first(x.reshape(-1, 4))
        x = F.gelu(self.first_norm(x)).reshape(-1, 16)
        x = F.gelu(self.second_norm(self.second(x)))
        return tokens + self.third(x)
