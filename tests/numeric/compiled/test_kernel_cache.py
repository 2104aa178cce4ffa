"""Kernels on disk: found again, made anew when torn or foreign, and never in the way."""

from pathlib import Path

import pytest

pytest.importorskip("llvmlite", reason="the compiled kernels are an extra")

from gsdcheck.numeric.compiled import cache
from gsdcheck.numeric.compiled.cache import cache_folder, cached_object


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GSDCHECK_CACHE", str(tmp_path / "kernels"))
    return tmp_path / "kernels"


class Maker:
    """Counts how often it had to work."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> bytes:
        self.calls += 1
        return b"object code"


def test_an_object_is_made_once(folder: Path) -> None:
    make = Maker()
    assert [cached_object("key", make), cached_object("key", make)] == [b"object code"] * 2
    assert make.calls == 1
    assert len(list(folder.iterdir())) == 1


def test_keys_do_not_share(folder: Path) -> None:
    make = Maker()
    cached_object("one", make)
    cached_object("two", make)
    assert make.calls == len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("content", [b"", b"torn", b"x" * 100])
def test_a_torn_or_foreign_file_is_made_anew(folder: Path, content: bytes) -> None:
    make = Maker()
    cached_object("key", make)
    next(folder.iterdir()).write_bytes(content)
    assert cached_object("key", make) == b"object code"
    assert make.calls == 2


def test_another_generator_makes_other_kernels(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    cached_object("key", make)
    monkeypatch.setattr(cache, "generator_fingerprint", lambda: "edited")
    cached_object("key", make)
    assert make.calls == 2
    assert folder.exists()


def test_a_folder_that_cannot_be_made_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("GSDCHECK_CACHE", str(tmp_path / "file" / "kernels"))
    assert cached_object("key", Maker()) == b"object code"


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GSDCHECK_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache_folder() == Path("/somewhere/gsdcheck")
