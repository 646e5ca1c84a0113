"""The trained part of the shape classifier: one hidden layer and a softmax, read from a file."""

from __future__ import annotations

import zlib
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from gestures.descriptor import SIZE, Floats
from gestures.errors import ModelError

WEIGHTS = Path(__file__).parent / "model" / "shapes.json"
SCHEMA = 1
SHAPES = ("palm", "fist", "point", "victory", "three", "thumb", "call", "none")
DIGITS = 6  # significant ones that are written


@dataclass(frozen=True, eq=False)
class Network:
    """hidden: (SIZE, h), hidden_bias: (h,), out: (h, 8), out_bias: (8,), in the order of SHAPES."""

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    def probabilities(self, descriptors: Floats) -> Floats:
        """(..., SIZE) descriptors to (..., 8) probabilities."""
        active = np.maximum(descriptors @ self.hidden + self.hidden_bias, 0.0)
        scores = active @ self.out + self.out_bias
        parts = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares: Floats = parts / parts.sum(axis=-1, keepdims=True)
        return shares


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """crc32 is that of the network's text as it stands in the file."""

    schema: int
    shapes: tuple[str, ...]
    crc32: int
    network: msgspec.Raw


class _Layers(msgspec.Struct, forbid_unknown_fields=True):
    hidden: list[list[float]]
    hidden_bias: list[float]
    out: list[list[float]]
    out_bias: list[float]


@cache
def shipped() -> Network:
    """The weights that lie in this package. Raises ModelError."""
    return load(WEIGHTS)


def load(path: Path) -> Network:
    """Raises ModelError: missing, damaged, or made for another version of this program."""
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
        if file.schema != SCHEMA or file.shapes != SHAPES:
            raise ModelError(f"{path}: schema {file.schema} for {file.shapes}; train it again")
        if zlib.crc32(bytes(file.network)) != file.crc32:
            raise ModelError(f"{path}: damaged (checksum); restore it or train it again")
        layers = msgspec.json.decode(file.network, type=_Layers)
        network = Network(*(np.array(layer) for layer in msgspec.structs.astuple(layers)))
    except OSError as error:
        raise ModelError(f"{path}: can't be read ({error.strerror}); restore it") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise ModelError(f"{path}: damaged ({error}); restore it or train it again") from error
    width = network.hidden_bias.size
    shapes = ((SIZE, width), (width,), (width, len(SHAPES)), (len(SHAPES),))
    if tuple(layer.shape for layer in astuple(network)) != shapes:
        raise ModelError(f"{path}: layers of the wrong size; train it again")
    return network


def save(network: Network, path: Path) -> None:
    """The same weights give the same bytes. Raises OSError."""
    layers = _Layers(*(_rounded(layer).tolist() for layer in astuple(network)))
    text = msgspec.json.encode(layers)
    file = _File(SCHEMA, SHAPES, zlib.crc32(text), msgspec.Raw(text))
    path.write_bytes(msgspec.json.encode(file) + b"\n")


def _rounded(layer: Floats) -> Floats:
    written: Floats = np.array([float(f"{v:.{DIGITS}g}") for v in layer.flat]).reshape(layer.shape)
    return written
