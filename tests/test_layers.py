"""The direction of imports: the contracts of pyproject.toml, checked by import-linter."""

from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent


def test_contracts_of_the_project_hold(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_a_noun_that_imports_a_verb_breaks_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for layer, line in (("verbs", ""), ("nouns", "import verbs\n")):
        (tmp_path / layer).mkdir()
        (tmp_path / layer / "__init__.py").write_text(line, encoding="utf-8")
    contract = "[[tool.importlinter.contracts]]\nname = 'down'\ntype = 'layers'\nlayers = ['verbs', 'nouns']\n"
    config = tmp_path / "pyproject.toml"
    config.write_text(f"[tool.importlinter]\nroot_packages = ['verbs', 'nouns']\n{contract}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert lint_imports(config_filename=str(config), no_cache=True) == 1
