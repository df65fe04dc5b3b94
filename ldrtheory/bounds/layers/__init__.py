"""Layers of a planned network: what they hold, what they compute with, and how they unroll.

layer       Layer, Weights, Block, Stage: what every layer supplies
applied     Linear, Convolution
recurrent   Recurrent, LSTM, Attention
"""

from ldrtheory.bounds.layers.applied import Convolution, Linear
from ldrtheory.bounds.layers.layer import LARGEST, Block, Layer, Stage, Weights, count, whole
from ldrtheory.bounds.layers.recurrent import LSTM, Attention, Recurrent

__all__ = [
    "LARGEST",
    "LSTM",
    "Attention",
    "Block",
    "Convolution",
    "Layer",
    "Linear",
    "Recurrent",
    "Stage",
    "Weights",
    "count",
    "whole",
]
