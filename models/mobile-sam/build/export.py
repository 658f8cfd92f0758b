"""From modules to ONNX files.

Owns: the export's settings, the two ways of storing weights in fewer bytes (fp16 storage and
dynamic int8 quantisation), and how the parts fit: tokens cross from encoder to decoder as fp16.
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
QUANTISED_PRODUCTS = 60

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
    share_nodes(path)
    onnx.checker.check_model(path)


def share_nodes(path: Path) -> None:
    """Let nodes that do the same to the same inputs be one, in the graph in `path`.

    The exporter writes each shape and constant anew wherever it is used: half of all nodes, 300 kB
    of the encoder. onnxruntime would drop them too, each time it loads.
    """
    model = onnx.load(path)
    kept: dict[tuple, onnx.NodeProto] = {}
    renamed: dict[str, str] = {}
    for node in model.graph.node:
        node.input[:] = [renamed.get(name, name) for name in node.input]
        attributes = tuple(attribute.SerializeToString() for attribute in node.attribute)
        first = kept.setdefault((node.op_type, tuple(node.input), attributes, len(node.output)), node)
        if first is not node:
            renamed.update(zip(node.output, first.output, strict=True))
    given = {output.name for output in model.graph.output}
    if given & renamed.keys():
        raise ValueError(f"{path}: an output of the graph is made twice")
    nodes = list(kept.values())
    del model.graph.node[:], model.graph.value_info[:]
    model.graph.node.extend(nodes)
    onnx.save(model, path)


def give_half(source: Path, name: str) -> None:
    """Round the output `name` of the graph in `source` to fp16, at its very end.

    Embeddings are kept as fp16; rounded here they are the same now and read from disk.
    """
    model = onnx.load(source)
    graph = model.graph
    exact = f"{name}_exact"
    for node in graph.node:
        node.output[:] = [exact if output == name else output for output in node.output]
    graph.node.append(helper.make_node("Cast", [exact], [name], name=f"{name}_half", to=TensorProto.FLOAT16))
    (output,) = (output for output in graph.output if output.name == name)
    output.type.tensor_type.elem_type = TensorProto.FLOAT16
    onnx.checker.check_model(model)
    onnx.save(model, source)


def join_mask_prompt(decoder: Path, mask_prompt: Path, target: Path) -> None:
    """One graph of the two: `tokens` as fp16, `mask_input`, and `has_mask` (bool [1]).

    `has_mask` chooses a branch, so that a question without a mask does nothing for one. Two graphs
    would hand 4 MB of tokens over, which takes longer than the mask prompt itself.
    """
    model, part = onnx.load(decoder), onnx.compose.add_prefix(onnx.load(mask_prompt), "mask/")
    graph, shape = model.graph, [1, 4096, 256]

    def widen(name: str) -> onnx.NodeProto:
        return helper.make_node("Cast", ["tokens"], [name], name=f"{name}/Cast", to=TensorProto.FLOAT)

    def branch(name: str, nodes: list[onnx.NodeProto], output: str) -> onnx.GraphProto:
        described = helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)
        return helper.make_graph(nodes, name, [], [described])

    rename_input(part.graph, "mask/mask_input", "mask_input")
    given = branch("given", [widen("mask/tokens"), *part.graph.node], "mask/tokens_out")
    given.initializer.extend(part.graph.initializer)
    choice = helper.make_node(
        "If",
        ["has_mask"],
        ["prompted"],
        name="mask_prompt",
        then_branch=given,
        else_branch=branch("absent", [widen("tokens_float")], "tokens_float"),
    )
    rename_input(graph, "tokens", "prompted")
    nodes = [choice, *graph.node]
    inputs = [
        helper.make_tensor_value_info("tokens", TensorProto.FLOAT16, shape),
        *(given for given in graph.input if given.name != "tokens"),
        helper.make_tensor_value_info("mask_input", TensorProto.FLOAT, [1, 1, 256, 256]),
        helper.make_tensor_value_info("has_mask", TensorProto.BOOL, [1]),
    ]
    del graph.node[:], graph.input[:]
    graph.node.extend(nodes)
    graph.input.extend(inputs)
    onnx.checker.check_model(model)
    onnx.save(model, target)


def rename_input(graph: onnx.GraphProto, old: str, new: str) -> None:
    """Let every node that reads `old` read `new`."""
    for node in graph.node:
        node.input[:] = [new if name == old else name for name in node.input]


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
    """Dynamic int8 for the encoder's 60 products with weights, one scale per output channel.

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
