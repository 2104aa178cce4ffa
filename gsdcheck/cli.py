"""The command line: parsing and printing only. Every command loads what it needs when it runs."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from gsdcheck.errors import GsdcheckError, InvalidInput

if TYPE_CHECKING:
    from gsdcheck.engine.verify import Decision

REPORT = "gsdcheck-report"
RECORD = "record.json"

_UNUSABLE, _INTERNAL, _INTERRUPTED = 2, 3, 130

Command = TypeVar("Command", bound=Callable[..., Any])


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The command line; ends the process with the exit codes of the README."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command line with these arguments."""
    try:
        code = app.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted.", _INTERRUPTED)
    except click.ClickException as fault:
        hint = fault.ctx.get_usage() if isinstance(fault, click.UsageError) and fault.ctx else ""
        return _fail(f"{fault.format_message()}{chr(10) + hint if hint else ''}", _UNUSABLE)
    except GsdcheckError as fault:
        return _fail(str(fault), _UNUSABLE)
    except BrokenPipeError:  # `gsdcheck claims | head`: the reader has seen enough
        sys.stderr.close()
        return 0
    except Exception as fault:  # the last resort, with its own exit code, so that a defect is never a verdict
        import traceback

        traceback.print_exc()
        return _fail(
            f"internal error: {type(fault).__name__}: {fault}. This is a defect of gsdcheck.", _INTERNAL
        )
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    click.echo(f"gsdcheck: {message}", err=True)
    return code


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"gsdcheck {version('gsdcheck')}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print it."
)
@click.pass_context
def app(context: click.Context) -> None:
    """Decide the claims about oscillating recurrent networks: proved, refuted with a certificate, or open.

    Exit codes: 0 as expected; 1 a verdict differs; 2 could not run; 3 internal error; 4 undecided where a
    decision was expected; 5 nothing was checked; 130 interrupted.
    """
    if context.invoked_subcommand in ("verify", "inspect"):
        from gsdcheck.engine.settings import project_settings

        context.default_map = {str(context.invoked_subcommand): project_settings(Path.cwd())}


def _common(command: Command) -> Command:
    """The options that every command with a record has."""
    options = (
        click.option(
            "--json", "json_file", metavar="FILE", help="Also write the record there; - for stdout."
        ),
        click.option(
            "--report",
            metavar="DIR",
            default=REPORT,
            envvar="GSDCHECK_REPORT",
            show_default=True,
            help="Folder of the report.",
        ),
        click.option(
            "--seed", type=int, default=0, envvar="GSDCHECK_SEED", show_default=True, help="Of what is drawn."
        ),
        click.option("--reproducible", is_flag=True, help="Leave times and the machine out of the record."),
        click.option(
            "--fail-on",
            type=click.Choice(["undecided"]),
            envvar="GSDCHECK_FAIL_ON",
            help="Undecided is exit code 4.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
        click.option("-v", "--verbose", is_flag=True, help="Print each part as it is done."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@app.command()
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option(
    "--profile",
    type=click.Choice(["quick", "standard", "deep"]),
    default="quick",
    envvar="GSDCHECK_PROFILE",
    show_default=True,
    help="How many cases are generated.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=2,
    envvar="GSDCHECK_JOBS",
    show_default=True,
    help="Processes.",
)
@_common
def verify(claims: tuple[str, ...], profile: str, jobs: int, **options: Any) -> int:
    """Decide the claims of the paper (all by default). CLAIM: an id, a row (I1) or a sentence (P4)."""
    from gsdcheck.claims import find_claims
    from gsdcheck.engine import verify as engine

    entries = find_claims(claims)
    _require_writable(options)
    run = _Run(options)
    decisions: list[Decision] = []
    status = "complete"
    with run.progress() as listen:
        try:
            for decision in engine.verify(
                entries, profile=profile, seed=options["seed"], jobs=jobs, listen=listen
            ):
                decisions.append(decision)
        except KeyboardInterrupt:
            status = "interrupted"
    record = _verify_record(decisions, status, profile, jobs, run)
    run.show(record)
    if status == "interrupted":
        return _fail("interrupted; what was decided so far is in the record.", _INTERRUPTED)
    return engine.exit_code(record["judgements"], fail_on_undecided=options["fail_on"] == "undecided")


def _verify_record(
    decisions: "list[Decision]", status: str, profile: str, jobs: int, run: "_Run"
) -> dict[str, Any]:
    from gsdcheck.engine.paper import paper_series
    from gsdcheck.engine.serial import decisions_data
    from gsdcheck.record.build import build_record

    return build_record(
        kind="verify",
        status=status,
        profile=profile,
        seed=run.options["seed"],
        subject={"name": "paper"},
        judgements=run.timed(decisions_data(decisions)),
        series=paper_series() if status == "complete" else None,
        run=run.machine(jobs),
    )


@app.command()
@click.argument("weights")
@click.option("--activation", default="tanh", show_default=True, help="A name, or an expression in x.")
@click.option("--form", type=click.Choice(["outer", "inner"]), default="outer", show_default=True)
@click.option("--leak", default="0", show_default=True, help="γ ≥ 0, an exact number such as 1/10.")
@click.option("--bias", help="b, exact numbers separated by commas; by default the file's own.")
@click.option("--euler-step", metavar="H", help="The step of forward Euler that the network is run with.")
@click.option("--project-skew", is_flag=True, help="Replace W by (W - Wᵀ)/2.")
@_common
def inspect(weights: str, **options: Any) -> int:
    """What the theory says about the network in WEIGHTS: .npy .npz[::key] .csv .json."""
    from gsdcheck.engine import inspect as engine
    from gsdcheck.engine.verify import exit_code

    _require_writable(options)
    run = _Run(options)
    names = ("activation", "form", "leak", "bias", "euler_step", "project_skew", "seed")
    with run.progress() as _:
        record = engine.inspect(weights, **{name: options[name] for name in names})
    run.show(record)
    return exit_code(record["judgements"], fail_on_undecided=options["fail_on"] == "undecided")


@app.command()
def claims() -> None:
    """List the claims: row, sentence of the paper, id, expected verdict."""
    from gsdcheck.claims import ALL_CLAIMS

    for entry in ALL_CLAIMS:
        claim = entry.claim
        expected = str(claim.expected) if claim.expected else "open"
        click.echo(f"{claim.row:<4} {claim.sentence}  {claim.id:<46} {expected:<10}")


@app.command()
@click.argument("claim")
def explain(claim: str) -> None:
    """Print the statement, assumptions and proof page of CLAIM (an id, a row or a sentence)."""
    from gsdcheck.certify.pages import page_text
    from gsdcheck.certify.premises import PREMISES
    from gsdcheck.claims import find_claims
    from gsdcheck.sources import SOURCES

    for entry in find_claims((claim,)):
        found = entry.claim
        click.echo(f"{found.id} ({found.row}, {found.sentence}): {found.title}\n\n{found.statement}\n")
        click.echo("Assumptions:")
        for name in found.assumptions:
            click.echo(f"  {name}: {PREMISES[name].says}")
        click.echo(f"Expected: {found.expected or 'open'}")
        if found.amended_by:
            click.echo(f"True instead: {found.amended_by}")
        click.echo(f"Mutants: {', '.join(m.breaks for m in entry.mutants)}")
        click.echo(f"Source: {SOURCES[found.source]}\n\n{page_text(found.id)}")


@app.command()
@click.argument("files", nargs=-1, required=True)
@click.option("-q", "--quiet", is_flag=True, help="Print only what does not hold.")
def replay(files: tuple[str, ...], quiet: bool) -> int:
    """Re-check the certificates of records, offline: still holds, no longer holds, cannot replay."""
    from gsdcheck.engine.replay import Outcome, replay_file

    worst = 0
    for file in files:
        replayed = replay_file(file)
        for item in replayed:
            if item.outcome is Outcome.FAILS or not quiet:
                detail = f": {item.detail}" if item.detail else ""
                click.echo(
                    f"{item.outcome.value:<16} {item.claim}{f' [{item.case}]' if item.case else ''}{detail}"
                )
        counts = {o: sum(item.outcome is o for item in replayed) for o in Outcome}
        click.echo(f"{file}: " + ", ".join(f"{n} {o.value}" for o, n in counts.items() if n))
        if not any(counts[o] for o in (Outcome.HOLDS, Outcome.FAILS)):
            worst = max(worst, 5)
        worst = 1 if counts[Outcome.FAILS] else worst
    return worst


def _require_writable(options: dict[str, Any]) -> None:
    """Fail before the work, not after it, when the report cannot be written."""
    folder = Path(options["report"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise InvalidInput(
            f"the report folder {folder} cannot be written: {fault.strerror}. Give another with --report DIR."
        ) from fault


class _Run:
    """One run of a command with a record: its console, its clock, and where the record goes."""

    def __init__(self, options: dict[str, Any]) -> None:
        import time

        self.options = options
        self.clock = time.perf_counter
        self.started = self.clock()

    def progress(self) -> Any:
        """A context that yields a listener showing events on stderr."""
        from gsdcheck.report.progress import shown_progress

        return shown_progress(quiet=self.options["quiet"], verbose=self.options["verbose"])

    def timed(self, judgements: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The judgements, without their seconds if the record is to be reproducible."""
        if self.options["reproducible"]:
            return [{**judgement, "seconds": None} for judgement in judgements]
        return judgements

    def machine(self, jobs: int) -> dict[str, Any] | None:
        """When, how long and on what; None if the record is to be reproducible."""
        if self.options["reproducible"]:
            return None
        import platform
        from datetime import UTC, datetime

        return {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(self.clock() - self.started, 3),
            "jobs": jobs,
            "machine": f"{platform.system()} {platform.machine()}",
        }

    def show(self, record: dict[str, Any]) -> None:
        """The record to its files and, unless quiet, to the terminal."""
        from gsdcheck.record.canonical import canonical
        from gsdcheck.record.files import write_record
        from gsdcheck.report.write import write_report

        write_report(self.options["report"], record)
        target = self.options["json_file"]
        if target == "-":
            click.echo(canonical(record), nl=False)
        elif target:
            write_record(target, record)
        if not self.options["quiet"] and target != "-":
            self._print(record)

    def _print(self, record: dict[str, Any]) -> None:
        from rich.console import Console

        from gsdcheck.report.terminal import print_record

        path = Path(self.options["report"]) / RECORD
        console = Console(highlight=False, soft_wrap=False)
        print_record(record, console, record_path=str(path))
        console.print(f"Report: {path.parent / 'report.html'}", markup=False)


if __name__ == "__main__":
    main()
