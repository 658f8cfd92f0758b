"""From modules to ONNX files.

Owns: the export's settings and the two ways of storing weights in fewer bytes: fp16 storage and
dynamic int8 quantisation.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

OPSET = 17
SMALLEST_HALF = 256
# Angles in radians: rounding a frequency moves far points by a visible part of a period.
KEPT_FLOAT = ("prompt.frequencies", "prompt.grid")
QUANTISED_PRODUCTS = 40

Axes = dict[str, dict[int, str]]


def export_graph(
    module: nn.Module, path: Path, example: dict[str, Tensor], outputs: list[str], axes: Axes
) -> None:
    """Trace `module` with the `example` inputs (in order) and write `path`.

    Constants are not folded: uint8 maps and bias tables stay small in the file, and onnxruntime
    folds them when it loads.
    """
    module.eval()
    with torch.no_grad():
        torch.onnx.export(
            module,
            tuple(example.values()),
            path,
            opset_version=OPSET,
            dynamo=False,
            input_names=list(example),
            output_names=outputs,
            dynamic_axes=axes,
            do_constant_folding=False,
        )
    onnx.checker.check_model(path)


def store_as_half(source: Path, target: Path) -> None:
    """Store float32 weights as fp16 with a Cast behind each; everything is computed in float32.

    onnxruntime folds the casts when it loads, so this halves the file and changes no speed.
    """
    model = onnx.load(source)
    graph = model.graph
    stored, casts = [], []
    for tensor in graph.initializer:
        small = int(np.prod(tensor.dims)) < SMALLEST_HALF or tensor.name in KEPT_FLOAT
        if tensor.data_type != TensorProto.FLOAT or small:
            stored.append(tensor)
            continue
        half = f"{tensor.name}_half"
        stored.append(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), half))
        casts.append(
            helper.make_node("Cast", [half], [tensor.name], name=f"{half}_cast", to=TensorProto.FLOAT)
        )
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(stored)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, target)


def quantise_products(source: Path, target: Path, reduced_range: bool = False) -> None:
    """Dynamic int8 for the encoder's 40 products with weights, one scale per output channel.

    Attention's products of two activations stay float32, as do the convolutions: quantised ones
    are slower on CPUs. Each weight keeps a zero point of its own, because onnxruntime's
    `session.x64quantprecision` rewrites weight and zero point together and fails on shared ones.
    `reduced_range` keeps weights within 7 bits; see docs/int8.md for why it is not used.
    """
    graph = onnx.load(source).graph
    constants = {tensor.name for tensor in graph.initializer}
    names = [n.name for n in graph.node if n.op_type == "MatMul" and n.input[1] in constants]
    if len(names) != QUANTISED_PRODUCTS:
        raise ValueError(f"{source}: {len(names)} products with weights, expected {QUANTISED_PRODUCTS}")
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        nodes_to_quantize=names,
        per_channel=True,
        reduce_range=reduced_range,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    model = onnx.load(target)
    del model.graph.value_info[:]  # 130 kB of shapes that onnxruntime infers again anyway
    onnx.checker.check_model(model)
    onnx.save(model, target)
