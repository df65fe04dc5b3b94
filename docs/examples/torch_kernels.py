"""Two torch kernels, for the processor or a GPU, to be judged: docs/judge-your-kernel.md.

circulant       a circulant matrix by fast Fourier transforms
butterfly       a product of butterfly factors as batched 2 x 2 products

Narrow formats are computed in float32 and rounded once at the end.

    ldrtheory conform torch_kernels:circulant --family Circulant --library torch --device cuda \
        --dtype bfloat16 --accumulate float32 --sizes 16384
"""

from __future__ import annotations

from typing import Any


def _wide(x: Any) -> Any:
    """Return x in float32 where it is narrower."""
    return x.float() if x.dtype.itemsize < 4 else x


def circulant(parameters: Any, x: Any) -> Any:
    """Return C x for the circulant matrix C with first column c."""
    import torch

    if x.numel() == 0:  # MKL's transforms refuse an empty batch
        return torch.empty_like(x)
    c, n = _wide(parameters["c"]), x.shape[-1]
    spectrum = torch.fft.rfft(c) * torch.fft.rfft(_wide(x))
    return torch.fft.irfft(spectrum, n=n).to(x.dtype)


def butterfly(parameters: Any, x: Any) -> Any:
    """Return M x, M the product of factors of bits 0, 1, ...: one 2 x 2 product for each pair of indices."""
    import torch

    y = _wide(x)
    for bit, (d, o) in enumerate(zip(parameters["diagonal"], parameters["offdiagonal"])):
        # rows of the 2 x 2 blocks: (d[i], o[i]) and (o[j], d[j]), j = i + 2^bit
        d, o = (_wide(v).reshape(-1, 2, 1 << bit) for v in (d, o))
        blocks = torch.stack(
            [torch.stack([d[:, 0], o[:, 0]], dim=-1), torch.stack([o[:, 1], d[:, 1]], dim=-1)], dim=-2
        )
        pairs = y.reshape(*x.shape[:-1], len(d), 2, 1 << bit).movedim(-2, -1).unsqueeze(-1)
        y = torch.matmul(blocks, pairs).squeeze(-1).movedim(-1, -2).reshape(x.shape)
    return y.to(x.dtype)
