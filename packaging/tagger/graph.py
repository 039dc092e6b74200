"""The trained network as an ONNX graph in onnxruntime's own large steps, with weights in 8-bit whole numbers.

Left to torch's exporter and onnxruntime's quantiser the graph has ten times the nodes and the same results, and takes a
fifth longer. Numbers from the operators' pages, read 2026-11-23:
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md (QAttention, DynamicQuantizeMatMul, Gelu).
"""

from dataclasses import dataclass, field
from typing import Any  # Any: of whatever number

import numpy as np
import onnx
import torch
from network import LABELS, LONGEST, TaggerNetwork
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

Array = NDArray[Any]

_OPSET = 17
_IR = 8
_OWN = "com.microsoft"


def compose(network: TaggerNetwork) -> onnx.ModelProto:
    """ids: (1, pieces) int64, at most LONGEST -> `pieces` (1, pieces, 14) and `post` (1, 13), probabilities.

    One text at a time, hence no mask: what is computed is rounded by the largest of all that is read together, so
    that a text would be read otherwise beside another.
    """
    graph = _Graph()
    encoder = network.encoder
    embeddings = encoder.embeddings
    words, scale, zero = _rounded_table(embeddings.word_embeddings.weight)
    found = graph.add("Gather", [graph.keep("words", words), "ids"], "words.found")
    found = graph.add(
        "DequantizeLinear", [found, graph.keep("words.scale", scale), graph.keep("words.zero", zero)], "words.exact"
    )
    graph.add("Shape", ["ids"], "length", start=1, end=2)
    kinds = _as_stored(embeddings.token_type_embeddings.weight)[0]
    places = graph.keep("places", _as_stored(embeddings.position_embeddings.weight)[:LONGEST] + kinds)
    ends = [graph.keep("from", np.zeros(1, np.int64)), "length", graph.keep("axis", np.zeros(1, np.int64))]
    found = graph.add("Add", [found, graph.add("Slice", [places, *ends], "places.found")], "placed")
    hidden = graph.normed(found, embeddings.LayerNorm, "embedded")
    for number, layer in enumerate(encoder.encoder.layer):
        name = f"layer{number}"
        own = layer.attention.self
        met = graph.attention(
            hidden, (own.query, own.key, own.value), encoder.config.num_attention_heads, f"{name}.met"
        )
        told = graph.linear(met, layer.attention.output.dense, f"{name}.told")
        told = graph.add("Add", [told, hidden], f"{name}.told.beside")
        hidden = graph.normed(told, layer.attention.output.LayerNorm, f"{name}.told.normed")
        wide = graph.linear(hidden, layer.intermediate.dense, f"{name}.wide")
        wide = graph.add("Gelu", [wide], f"{name}.wide.bent", _OWN)
        told = graph.linear(wide, layer.output.dense, f"{name}.out")
        told = graph.add("Add", [told, hidden], f"{name}.out.beside")
        hidden = graph.normed(told, layer.output.LayerNorm, f"{name}.out.normed")
    graph.add("Softmax", [graph.linear(hidden, network.piece, "pieces.raw")], "pieces", axis=-1)
    mean = graph.add("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
    most = graph.add("ReduceMax", [hidden], "most", axes=[1], keepdims=0)
    whole = graph.add("Concat", [mean, most], "whole", axis=-1)
    graph.add("Sigmoid", [graph.linear(whole, network.post, "post.raw")], "post")
    return graph.model()


@dataclass
class _Graph:
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    kept: list[onnx.TensorProto] = field(default_factory=list)

    def keep(self, name: str, values: Array) -> str:
        self.kept.append(numpy_helper.from_array(np.array(values, order="C"), name))
        return name

    def add(self, kind: str, inputs: list[str], name: str, domain: str = "", **settings: float | list[int]) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name, domain=domain, **settings))
        return name

    def normed(self, values: str, norm: nn.LayerNorm, name: str) -> str:
        weights = [self.keep(f"{name}.{part}", _exact(getattr(norm, part))) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [values, *weights], name, axis=-1, epsilon=norm.eps)

    def linear(self, values: str, layer: nn.Linear, name: str) -> str:
        rounded, scale, zero = _rounded_columns(_exact(layer.weight).T)
        parts = {"weight": rounded, "scale": scale, "zero": zero, "bias": _exact(layer.bias)}
        kept = [self.keep(f"{name}.{part}", values) for part, values in parts.items()]
        return self.add("DynamicQuantizeMatMul", [values, *kept], name, _OWN)

    def attention(self, values: str, layers: tuple[nn.Linear, nn.Linear, nn.Linear], heads: int, name: str) -> str:
        """Query, key and value in one, so that what they read is rounded once."""
        rounded, scale, zero = _rounded_columns(np.concatenate([_exact(layer.weight).T for layer in layers], axis=1))
        bias = np.concatenate([_exact(layer.bias) for layer in layers])
        read = [f"{name}.read", f"{name}.read.scale", f"{name}.read.zero"]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [values], read, read[0]))
        inputs = [read[0], self.keep(f"{name}.weight", rounded), self.keep(f"{name}.bias", bias)]
        inputs += [read[1], self.keep(f"{name}.scale", scale), "", read[2], self.keep(f"{name}.zero", zero)]
        return self.add("QAttention", inputs, name, _OWN, num_heads=heads)

    def model(self) -> onnx.ModelProto:
        asked = [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])]
        told = [
            helper.make_tensor_value_info("pieces", TensorProto.FLOAT, [1, "pieces", LABELS]),
            helper.make_tensor_value_info("post", TensorProto.FLOAT, [1, LABELS - 1]),
        ]
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN, 1)]
        graph = helper.make_graph(self.nodes, "tagger", asked, told, self.kept)
        made = helper.make_model(graph, opset_imports=opsets, ir_version=_IR)
        onnx.checker.check_model(made)
        return made


def _exact(weights: torch.Tensor) -> Array:
    return weights.detach().numpy().astype(np.float32)


def _rounded_columns(weights: Array) -> tuple[Array, Array, Array]:
    """Each column by its own scale, zero at zero."""
    scale = (np.abs(weights).max(axis=0) / np.float32(127)).astype(np.float32)
    return np.rint(weights / scale).astype(np.int8), scale, np.zeros(len(scale), np.int8)


def _rounded_table(weights: torch.Tensor) -> tuple[Array, Array, Array]:
    """The whole table by one scale, its least number at 0 and its greatest at 255."""
    values = _exact(weights)
    scale = np.float32((values.max() - values.min()) / np.float32(255))
    zero = np.rint(-values.min() / scale)
    rounded = np.clip(np.rint(values / scale) + zero, 0, 255)
    return rounded.astype(np.uint8), np.asarray(scale), np.asarray(zero, np.uint8)


def _as_stored(weights: torch.Tensor) -> Array:
    """A table after rounding: places are rounded as words are, though few enough to be kept as floats."""
    rounded, scale, zero = _rounded_table(weights)
    return (rounded.astype(np.float32) - zero.astype(np.float32)) * scale
