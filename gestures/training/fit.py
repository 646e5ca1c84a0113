"""A network fitted in plain numpy: cross entropy, Adam (Kingma and Ba 2015), cosine decay.

Seeded, so that the same lessons give the same weights.
"""

from __future__ import annotations

import numpy as np

from gestures.descriptor import Floats
from gestures.network import SHAPES, Network
from gestures.training.lessons import Lessons

HIDDEN = 40
EPOCHS = 30
BATCH = 256
RATE = 3e-3
DECAY = 1e-4
MOMENTS = (0.9, 0.999)
TINY = 1e-8


def fit(lessons: Lessons, seed: int) -> Network:
    """The network that has seen the lessons EPOCHS times."""
    rng = np.random.default_rng(seed)
    mean, spread = lessons.descriptors.mean(axis=0), lessons.descriptors.std(axis=0) + TINY
    inputs = (lessons.descriptors - mean) / spread
    targets = np.eye(len(SHAPES))[lessons.classes]
    hidden, hidden_bias, out, out_bias = _descend(inputs, targets, rng)
    hidden = hidden / spread[:, None]
    return Network(hidden, hidden_bias - mean @ hidden, out, out_bias)


def _descend(inputs: Floats, targets: Floats, rng: np.random.Generator) -> list[Floats]:
    layers = _first(inputs.shape[1], targets.shape[1], rng)
    slopes = [np.zeros_like(layer) for layer in layers]
    squares = [np.zeros_like(layer) for layer in layers]
    batches = max(1, len(inputs) // BATCH)
    for epoch in range(EPOCHS):
        order = rng.permutation(len(inputs))
        for number in range(batches):
            step = epoch * batches + number + 1
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / (EPOCHS * batches)))
            picked = order[number * BATCH : (number + 1) * BATCH]
            gradients = _gradients(layers, inputs[picked], targets[picked])
            for i, gradient in enumerate(gradients):
                slopes[i] = MOMENTS[0] * slopes[i] + (1 - MOMENTS[0]) * gradient
                squares[i] = MOMENTS[1] * squares[i] + (1 - MOMENTS[1]) * gradient**2
                slope = slopes[i] / (1 - MOMENTS[0] ** step)
                size = np.sqrt(squares[i] / (1 - MOMENTS[1] ** step)) + TINY
                layers[i] = layers[i] - rate * (slope / size + DECAY * layers[i])
    return layers


def _first(inputs: int, outputs: int, rng: np.random.Generator) -> list[Floats]:
    return [
        rng.normal(0, np.sqrt(2 / inputs), (inputs, HIDDEN)),
        np.zeros(HIDDEN),
        rng.normal(0, np.sqrt(1 / HIDDEN), (HIDDEN, outputs)),
        np.zeros(outputs),
    ]


def _gradients(layers: list[Floats], inputs: Floats, targets: Floats) -> list[Floats]:
    hidden, hidden_bias, out, _ = layers
    active = np.maximum(inputs @ hidden + hidden_bias, 0.0)
    error = (Network(*layers).probabilities(inputs) - targets) / len(inputs)
    back = (error @ out.T) * (active > 0)
    return [inputs.T @ back, back.sum(axis=0), active.T @ error, error.sum(axis=0)]
