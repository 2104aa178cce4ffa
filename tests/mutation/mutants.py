"""The mutants of a source text: one small change each, made by the operators of cosmic-ray."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

# VariableReplacer and VariableInserter put numbers in at random and would not be the same mutant twice. Identity for
# equality, or back, changes nothing between small integers, booleans and interned texts, and ruff refuses it elsewhere.
_LEFT_OUT = ("core/VariableReplacer", "core/VariableInserter")
_IDENTITY = ("_Is", "_IsNot", "_Is_Eq", "_IsNot_NotEq")
_SYMBOLS = frozenset({"+", "-", "*", "/", "//", "%", "**", ">>", "<<", "|", "&", "^"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """The `occurrence`-th place of a file where an operator applies; `file` is relative to the checkout."""

    file: str
    line: int
    operator: str
    occurrence: int


def mutants_of(file: str, source: str) -> Iterator[Mutant]:
    """Every place of the source where an operator of cosmic-ray applies, also where it changes no behaviour."""
    from cosmic_ray.ast import ast_nodes, get_ast

    seen: dict[str, int] = {}
    for node in ast_nodes(get_ast(source)):
        for name, operator in _operators_for(node):
            for (line, _), _ in operator.mutation_positions(node):
                occurrence = seen.get(name, 0)
                seen[name] = occurrence + 1
                yield Mutant(file=file, line=line, operator=name, occurrence=occurrence)


def mutated(source: str, mutant: Mutant) -> str:
    """The source with this one change."""
    from cosmic_ray.mutating import MutationVisitor

    text = MutationVisitor.mutate_code(source, _operators()[mutant.operator], mutant.occurrence)
    if text is None:
        raise LookupError(f"{mutant.operator} does not apply {mutant.occurrence + 1} times to {mutant.file}")
    return str(text)


def is_change(source: str, changed: str) -> bool:
    """True if the texts differ in what they do.

    Not if only in types, docstrings, `__all__` or the words of an error; in a cache; in how a parameter may be passed
    or whether `zip` checks lengths; or in a limit (MOST_…, MAX_…), beyond which a certificate is refused for its cost.
    A text that is no Python is no change either: nobody could run it.
    """
    try:
        after = _meaning(changed)
    except (SyntaxError, ValueError):
        return False
    return after != _meaning(source)


@cache
def _operators() -> dict[str, Any]:
    from cosmic_ray.plugins import get_operator, operator_names

    names = [name for name in operator_names() if name not in _LEFT_OUT and not name.endswith(_IDENTITY)]
    return {name: get_operator(name)() for name in names}


@cache
def _operators_by_kind() -> tuple[tuple[tuple[str, Any], ...], tuple[tuple[str, Any], ...]]:
    binary = {
        name: item for name, item in _operators().items() if name.startswith("core/ReplaceBinaryOperator")
    }
    return tuple(binary.items()), tuple(item for item in _operators().items() if item[0] not in binary)


def _operators_for(node: Any) -> tuple[tuple[str, Any], ...]:
    """Those that may apply to a node of the tree; asking all 200 of every node would take minutes."""
    binary, others = _operators_by_kind()
    if node.type == "operator":
        return binary if node.value in _SYMBOLS else ()
    return others if hasattr(node, "children") or node.type in ("keyword", "number") else ()


@cache
def _meaning(source: str) -> str:
    compile(source, "<mutant>", "exec", dont_inherit=True)
    return ast.dump(_Meaning().visit(ast.parse(source)))


_LIMITS = ("MOST", "_MOST", "MAX_", "_MAX_")
_CACHES = ("lru_cache", "cache")


class _Meaning(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = [item for item in node.decorator_list if _name(item) not in _CACHES]
        return self.generic_visit(node)

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
        node.posonlyargs, node.kwonlyargs = [], []
        node.defaults = [*node.defaults, *(default for default in node.kw_defaults if default is not None)]
        node.kw_defaults = []
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if _name(node) == "zip":
            node.keywords = []
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        names = [
            item.id for target in node.targets for item in ast.walk(target) if isinstance(item, ast.Name)
        ]
        if names == ["__all__"] or (names and all(name.startswith(_LIMITS) for name in names)):
            return None
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Constant):
            return ast.Pass()
        return self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return _WithoutWords().visit(node)


def _name(node: ast.expr) -> str:
    """`f` of `f`, `f(…)` and `a.f`; nothing for other expressions."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


class _WithoutWords(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.copy_location(ast.Constant(""), node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.copy_location(ast.Constant(""), node) if isinstance(node.value, str) else node
