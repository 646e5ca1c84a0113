"""How colours look to people who see fewer of them."""

from typing import Literal

import cv2
import numpy as np
from PySide6.QtGui import QColor

Vision = Literal["full", "protan", "deutan", "tritan"]
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (IEEE TVCG 15(6), 2009), severity 1.0: matrices for linear RGB.
SEEN: dict[Vision, tuple[tuple[float, float, float], ...]] = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def difference(first: QColor, second: QColor, vision: Vision) -> float:
    """How far two colours lie apart for these eyes: Euclidean in CIE L*a*b* (CIE 1976, D65); 2.3
    is just noticeable."""
    return float(np.linalg.norm(_lab(first, vision) - _lab(second, vision)))


def _lab(color: QColor, vision: Vision) -> np.ndarray:
    coded = np.array([color.redF(), color.greenF(), color.blueF()])
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(SEEN[vision]) @ linear, 0.0, 1.0)
    again = np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055)
    pixel = again.astype(np.float32).reshape(1, 1, 3)
    return np.asarray(cv2.cvtColor(pixel, cv2.COLOR_RGB2Lab)).reshape(3)
