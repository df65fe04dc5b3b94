"""The torch kernels of docs/examples, on the processor and, where there is one, on a GPU."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldrtheory.conform import Adapter, run

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
torch = pytest.importorskip("torch", reason="torch is not installed: its kernels are not judged")
NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU: kernels on CUDA are not judged")


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=NO_GPU)])
@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
@pytest.mark.parametrize("name", ["circulant", "butterfly"])
def test_kernels_conform(name: str, dtype: str, device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import torch_kernels

    answer = run(
        Adapter(
            name.title(),
            getattr(torch_kernels, name),
            dtype=dtype,
            accumulate="float32",
            library="torch",
            device=device,
            sizes=[1, 2, 8, 16, 1 << 14],
        )
    )
    assert answer.conforms, str(answer)


def test_a_butterfly_with_its_tables_exchanged_does_not_conform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import torch_kernels

    def swapped(parameters: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
        other = {"diagonal": parameters["offdiagonal"], "offdiagonal": parameters["diagonal"]}
        return torch_kernels.butterfly(other, x)

    answer = run(Adapter("Butterfly", swapped, dtype="float32", library="torch", sizes=[2, 4, 8]))
    assert not answer.conforms
