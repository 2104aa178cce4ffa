"""The command line: parsing and printing only. Every command loads what it needs when it runs."""

import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from gsdcheck.errors import GsdcheckError
from gsdcheck.report.stdout import harmless, put

if TYPE_CHECKING:
    from gsdcheck.claims.entry import Entry
    from gsdcheck.engine.verify import Decision
    from gsdcheck.report.run import Run

REPORT = "gsdcheck-report"
DTYPES = ("float16", "bfloat16", "float32", "float64")

_FAILED, _UNUSABLE, _INTERNAL, _NOTHING, _INTERRUPTED = 1, 2, 3, 5, 130
_WORST_FIRST = (_INTERRUPTED, _INTERNAL, _UNUSABLE, _FAILED, 4, _NOTHING, 0)

Command = TypeVar("Command", bound=Callable[..., Any])


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The command line; ends the process with the exit codes of the README."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command line with these arguments."""
    given = None if arguments is None else list(arguments)
    try:
        code = app.main(args=given, prog_name="gsdcheck", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted.", _INTERRUPTED)
    except click.ClickException as fault:
        hint = fault.ctx.get_usage() if isinstance(fault, click.UsageError) and fault.ctx else ""
        return _fail(f"{fault.format_message()}\n{hint}".rstrip(), _UNUSABLE)
    except GsdcheckError as fault:
        return _fail(str(fault), _UNUSABLE)
    except SystemExit:  # so click answers a closed pipe: the reader of --help has seen enough
        return 0
    except Exception as fault:  # the last resort, with its own exit code, so that a defect is never a verdict
        import traceback

        traceback.print_exc()
        said = f"internal error: {type(fault).__name__}: {fault}. This is a defect of gsdcheck."
        return _fail(said, _INTERNAL)
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    click.echo(f"gsdcheck: {harmless(message)}", err=True)
    return code


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from gsdcheck.record.build import versions

        put(f"gsdcheck {versions()['gsdcheck'] or '(not installed: run from its source)'}")
        context.exit()


_SET_BY_PROJECT = frozenset({"verify", "inspect", "derive", "audit", "proofs", "hunt", "ablate"})
"""The commands whose options a pyproject.toml may set."""


@click.group(
    no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print it."
)
@click.pass_context
def app(context: click.Context) -> None:
    """Decide the claims about oscillating recurrent networks: proved, refuted with a certificate, or open.

    Exit codes: 0 as expected; 1 a verdict differs; 2 could not run; 3 internal error; 4 undecided where a
    decision was expected; 5 nothing was checked; 130 interrupted.
    """
    if context.invoked_subcommand in _SET_BY_PROJECT:
        from gsdcheck.engine.settings import project_settings

        context.default_map = {str(context.invoked_subcommand): project_settings(Path.cwd())}


_setting = partial(click.option, show_default=True)
"""An option whose default is worth knowing."""


def _common(command: Command, *, drawn: bool = True, tabled: bool = True) -> Command:
    """The options that every command with a record has; without a seed where nothing is drawn.

    Not `tabled` is a command for which --latex means something else than a table of claims.
    """
    seed, undecided = click.IntRange(min=0), click.Choice(["undecided"])
    where, json_help = "Folder of the report.", "Also write the record there; - for stdout."
    of_draws = (
        _setting("--seed", type=seed, default=0, envvar="GSDCHECK_SEED", help="Of what is drawn."),
        _setting("--fail-on", type=undecided, envvar="GSDCHECK_FAIL_ON", help="Undecided is exit code 4."),
    )
    options = (
        click.option("--json", "json_file", metavar="FILE", help=json_help),
        _setting("--report", metavar="DIR", default=REPORT, envvar="GSDCHECK_REPORT", help=where),
        *(of_draws if drawn else ()),
        click.option("--reproducible", is_flag=True, help="Leave times and the machine out of the record."),
        click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
        click.option("-v", "--verbose", is_flag=True, help="Print each part as it is done."),
        click.option("--junit", metavar="FILE", help="Also write JUnit XML there."),
        click.option("--markdown", metavar="FILE", help="Also write a Markdown summary there."),
        *(
            [click.option("--latex", metavar="FILE", help="Also write a LaTeX table there.")]
            if tabled
            else ()
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


_recorded = partial(_common, drawn=False)
_untabled = partial(_common, tabled=False)
_profile = _setting(
    "--profile",
    type=click.Choice(["quick", "standard", "deep"]),
    default="quick",
    envvar="GSDCHECK_PROFILE",
    help="How many cases are generated.",
)
_jobs = _setting("--jobs", type=click.IntRange(1, 256), default=2, envvar="GSDCHECK_JOBS", help="Processes.")


@app.command()
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@_profile
@_jobs
@_setting(
    "--figures",
    type=click.Choice(["none", "claims", "paper"]),
    default="claims",
    help="Those of the claims, or also the paper's own story, then as SVG files too.",
)
@_common
def verify(claims: tuple[str, ...], profile: str, jobs: int, figures: str, **options: Any) -> int:
    """Decide the claims of the paper (all by default). CLAIM: an id, a row (I1) or a sentence (P4)."""
    from gsdcheck.claims import find_claims
    from gsdcheck.engine.verify import exit_code
    from gsdcheck.report.destination import deliver
    from gsdcheck.report.run import Run

    entries = find_claims(claims)
    run = Run(options)
    record = _verify_record(entries, profile, jobs, figures, run)
    deliver(record, **run.destination(), figures=figures == "paper")
    if record["status"] == "interrupted":
        return _fail("interrupted; what was decided so far is in the record.", _INTERRUPTED)
    return exit_code(record["judgements"], fail_on_undecided=options["fail_on"] == "undecided")


def _verify_record(
    entries: "tuple[Entry, ...]", profile: str, jobs: int, figures: str, run: "Run"
) -> dict[str, Any]:
    """The record of what was decided; of status interrupted if Ctrl-C came before it was complete."""
    from gsdcheck.engine.answers import answers_data
    from gsdcheck.engine.interrupts import interruptible
    from gsdcheck.engine.paper import paper_series
    from gsdcheck.engine.serial import decisions_data, extended
    from gsdcheck.engine.verify import verify
    from gsdcheck.record.build import build_record

    decisions: list[Decision] = []
    status, series, seed = "interrupted", None, run.options["seed"]
    with suppress(KeyboardInterrupt), interruptible() as check, run.progress() as listen:
        found = verify(entries, profile=profile, seed=seed, jobs=jobs, listen=listen)
        with closing(found):  # its processes are stopped now, not when the garbage is collected
            for decision in found:
                decisions.append(decision)
                check()
        series, status = paper_series(decisions_data(decisions), figures), "complete"
    judgements = run.timed(decisions_data(decisions))
    record = build_record(
        kind="verify",
        status=status,
        profile=profile,
        seed=seed,
        subject={"name": "paper"},
        judgements=judgements,
        series=series,
        run=run.machine(jobs),
    )
    return extended(record, sentences=answers_data(judgements))


@app.command()
@click.argument("weights")
@_setting("--activation", default="tanh", help="A name, or an expression in x.")
@_setting("--form", type=click.Choice(["outer", "inner"]), default="outer")
@_setting("--leak", default="0", help="γ ≥ 0, an exact number such as 1/10.")
@click.option("--bias", help="b, exact numbers separated by commas; by default the file's own.")
@click.option("--euler-step", metavar="H", help="The step of forward Euler that the network is run with.")
@click.option("--project-skew", is_flag=True, help="Replace W by (W - Wᵀ)/2.")
@_common
def inspect(weights: str, **options: Any) -> int:
    """What the theory says about the network in WEIGHTS: .npy .npz[::key] .csv .json, or [[0, 1], [-1, 0]]."""
    from gsdcheck.engine.inspect import inspect
    from gsdcheck.engine.verify import exit_code
    from gsdcheck.report.destination import deliver
    from gsdcheck.report.run import Run

    run = Run(options)
    names = ("activation", "form", "leak", "bias", "euler_step", "project_skew", "seed")
    with run.progress() as listen:
        record = inspect(weights, **{name: options[name] for name in names}, listen=listen)
    record["run"] = run.machine(jobs=1)
    deliver(record, **run.destination())
    return exit_code(record["judgements"], fail_on_undecided=options["fail_on"] == "undecided")


@app.command()
@click.argument("weights")
@_setting("--activation", default="tanh", help="A name, or an expression in x.")
@_setting("--degree", type=click.IntRange(0, 12), default=4, help="Of the polynomial integrals searched.")
@_setting("--form", type=click.Choice(["outer", "inner"]), default="outer")
@_setting("--leak", default="0", help="γ ≥ 0, an exact number such as 1/10.")
@click.option("--bias", help="b, exact numbers separated by commas; by default the file's own.")
@click.option("--state", help="x₀, exact numbers separated by commas: enclose an equilibrium on its leaf.")
@click.option("--project-skew", is_flag=True, help="Replace W by (W - Wᵀ)/2.")
@click.option("--latex", is_flag=True, help="Print the derivation in LaTeX.")
@_untabled
def derive(weights: str, latex: bool, **options: Any) -> int:
    """Derive first integrals, Casimirs, spectra and equilibria of the network in WEIGHTS, exactly.

    WEIGHTS: .npy .npz[::key] .csv .json, or the matrix itself, [[0, 1], [-1, 0]].
    """
    from gsdcheck.engine.derive import derive
    from gsdcheck.engine.verify import exit_code
    from gsdcheck.report.destination import STDOUT, deliver
    from gsdcheck.report.latex import derivation_latex
    from gsdcheck.report.run import Run

    run = Run(options)
    names = ("activation", "degree", "form", "leak", "bias", "state", "project_skew")
    with run.progress() as listen:
        record = derive(weights, **{name: options[name] for name in names}, listen=listen)
    record["run"] = run.machine(jobs=1)
    quiet = options["quiet"]
    deliver(record, **{**run.destination(), "quiet": quiet or latex})
    if latex and not quiet and options["json_file"] != STDOUT:
        put(derivation_latex(record), end="")
    return exit_code(record["judgements"], fail_on_undecided=options["fail_on"] == "undecided")


@app.command()
@click.argument("subjects", nargs=-1, metavar="[SUBJECT]...")
@click.option("--all", "every", is_flag=True, help="The compliance matrix of the library.")
@click.option("--dtype", type=click.Choice(DTYPES), help="Also test the implementation at this type.")
@_jobs
@_common
def audit(subjects: tuple[str, ...], every: bool, dtype: str | None, jobs: int, **options: Any) -> int:
    """Which guarantees an activation gives, and up to which energy.

    SUBJECT: a name (gelu, torch.elu?alpha=1.5), an import path package.module:attr, or an expression in x.
    """
    from gsdcheck.engine.audit_many import audit_many
    from gsdcheck.engine.interrupts import interruptible
    from gsdcheck.engine.verify import exit_code
    from gsdcheck.model.library import distinct_activations
    from gsdcheck.record.build import build_matrix
    from gsdcheck.report.destination import deliver
    from gsdcheck.report.run import Run

    asked = (*subjects, *distinct_activations()) if every else subjects
    if not asked:
        raise click.UsageError("Name an activation, or give --all.")
    run = Run(options)
    records: list[dict[str, Any]] = []
    with suppress(KeyboardInterrupt), interruptible() as check, run.progress() as listen:
        found = audit_many(asked, dtype=dtype, seed=options["seed"], jobs=jobs, listen=listen)
        with closing(found):
            for record in found:
                records.append({**record, "run": run.machine(jobs)})
                check()
    if not records:
        return _fail("interrupted.", _INTERRUPTED)
    whole = records[0] if len(asked) == 1 else build_matrix(records)
    deliver(whole, **run.destination())
    if len(records) < len(asked):
        return _fail("interrupted; the activations audited so far are in the record.", _INTERRUPTED)
    judgements = [judgement for record in records for judgement in record["judgements"]]
    return exit_code(judgements, fail_on_undecided=options["fail_on"] == "undecided")


@app.command()
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option("--require", is_flag=True, help="Anything but checked is an error.")
@click.option("--update", is_flag=True, hidden=True, help="Write the table of audited theorems anew.")
@_jobs
@_recorded
def proofs(claims: tuple[str, ...], require: bool, update: bool, jobs: int, **options: Any) -> int:
    """Run Coq over the formal proofs of the claims: checked, recorded (without Coq), or not checked.

    Exit codes: 1 a proof does not check; 2 it is required, and Coq cannot be used; 5 no claim has one.
    """
    from gsdcheck.claims import find_claims
    from gsdcheck.engine.interrupts import interruptible
    from gsdcheck.engine.proofs import proofs_exit_code, proofs_record, run_coq, update_table
    from gsdcheck.report.destination import deliver
    from gsdcheck.report.run import Run

    if update:
        update_table(jobs=jobs)
        return 0
    entries, run = find_claims(claims), Run(options)
    with interruptible(), run.progress() as listen:
        found = run_coq(entries, jobs=jobs, listen=listen)
    record = proofs_record(entries, found, asked=claims, machine=run.machine(jobs))
    deliver(record, **run.destination())
    return proofs_exit_code(record, require=require)


@app.command()
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@click.option("--activation", metavar="SUBJECT", help="Only networks with this activation.")
@click.option("--n", metavar="RANGE", help="The numbers of units: 3, 2..8 or 3,5,7.")
@click.option("--max-time", metavar="TIME", help="90s, 10m or 1h for all claims together; 60s by default.")
@click.option("--max-examples", type=click.IntRange(min=1), help="So many cases for all claims together.")
@click.option("--scheduler", metavar="ADDRESS", help="Run on the Dask cluster at this address.")
@click.option("--resume", is_flag=True, help="Go on with the hunt that the ledger holds.")
@_jobs
@_common
def hunt(claims: tuple[str, ...], **options: Any) -> int:
    """Search for counterexamples to the claims; findings are kept in .gsdcheck/findings."""
    from gsdcheck.claims import find_claims
    from gsdcheck.engine.hunt.command import Asked, hunt_all, settings_of, with_figures
    from gsdcheck.engine.hunt.findings.files import FOLDER, write_findings
    from gsdcheck.engine.hunt.hunt import findings_of, hunt_record
    from gsdcheck.engine.interrupts import interruptible
    from gsdcheck.engine.verify import exit_code
    from gsdcheck.report.destination import deliver
    from gsdcheck.report.figure_files import svg_of
    from gsdcheck.report.run import Run, require_counted

    require_counted(options, max_examples=options["max_examples"], max_time=options["max_time"])
    entries, run = find_claims(claims), Run(options)
    names = ("activation", "n", "max_time", "max_examples", "seed", "jobs", "scheduler", "resume")
    settings = settings_of(Asked(**{name: options[name] for name in names}), len(entries))
    with interruptible(), run.progress() as listen:
        pursuits = hunt_all(entries, settings, listen)
    findings = findings_of(pursuits, settings)
    write_findings(FOLDER, with_figures(findings, svg_of))
    record = hunt_record(pursuits, settings, findings, run=run.machine(settings.jobs))
    deliver(record, **run.destination())
    if record["status"] == "interrupted":
        said = "what completed rounds showed is in the record; --resume goes on from there."
        return _fail(f"interrupted; {said}", _INTERRUPTED)
    if not any(part["judged"] for part in record["hunts"]):
        return _fail("nothing was checked: no case had a margin.", _NOTHING)
    return exit_code(record["judgements"], fail_on_undecided=options["fail_on"] == "undecided")


@app.command()
@click.argument("claim")
@_setting("--max-time", metavar="TIME", default="60s", help="For all assumptions together.")
@click.option("--max-examples", type=click.IntRange(min=1), help="So many cases for each assumption.")
@_common
def ablate(claim: str, max_time: str, max_examples: int | None, **options: Any) -> int:
    """Drop the assumptions of CLAIM one by one: needed (a counterexample), not needed (still proved), or open."""
    from gsdcheck.claims import find_claims
    from gsdcheck.engine.events import Finished
    from gsdcheck.engine.hunt.ablation.ablate import ablations
    from gsdcheck.engine.hunt.ablation.record import ablation_record
    from gsdcheck.engine.hunt.budget import read_time
    from gsdcheck.engine.interrupts import interruptible
    from gsdcheck.report.destination import deliver
    from gsdcheck.report.run import Run, require_counted

    require_counted(options, max_examples=max_examples, max_time=None)
    entries, run = find_claims((claim,)), Run(options)
    if len(entries) > 1:
        raise click.UsageError(f"{claim} names {len(entries)} claims; give the id of one.")
    chosen = entries[0].claim
    seconds = read_time(max_time) / len(chosen.assumptions) if max_examples is None else None
    rows, status = [], "interrupted"
    with suppress(KeyboardInterrupt), interruptible() as check, run.progress() as listen:
        for row in ablations(chosen.id, seconds=seconds, examples=max_examples, seed=options["seed"]):
            rows.append(row)
            listen(Finished(name=row.assumption, seconds=0.0))
            check()
        status = "complete"
    machine = run.machine(jobs=1)
    record = ablation_record(chosen.id, rows, seed=options["seed"], status=status, run=machine)
    deliver(record, **run.destination())
    if status == "interrupted":
        return _fail("interrupted; the assumptions dropped so far are in the record.", _INTERRUPTED)
    undecided = any(judgement["verdict"] == "undecided" for judgement in record["judgements"])
    return 4 if undecided and options["fail_on"] == "undecided" else 0


@app.command()
def claims() -> None:
    """List the claims by the paper's sentences: row, id, expected verdict."""
    from gsdcheck.claims import ALL_CLAIMS
    from gsdcheck.claims.sentences import SENTENCES

    for number, sentence in enumerate(SENTENCES):
        mine = [entry.claim for entry in ALL_CLAIMS if entry.claim.sentence == sentence.key]
        rows = [f"{c.row:<4} {c.id:<46} {c.expected or 'open'}" for c in mine]
        put("\n".join([*([""] if number else []), f"{sentence.key} {sentence.title}", *rows]))


@app.command()
@click.argument("claim")
def explain(claim: str) -> None:
    """Print the statement, assumptions and proof page of CLAIM (an id, a row or a sentence)."""
    from gsdcheck.certify.pages import page_text
    from gsdcheck.claims import find_claims
    from gsdcheck.claims.explained import explained
    from gsdcheck.report.reflow import reflowed, wrapped

    width = shutil.get_terminal_size().columns
    for entry in find_claims((claim,)):
        put(f"{wrapped(explained(entry), width)}\n\n{reflowed(page_text(entry.claim.id), width)}")


@app.command()
@click.argument("files", nargs=-1, required=True)
@click.option("-q", "--quiet", is_flag=True, help="Print only what does not hold.")
def replay(files: tuple[str, ...], quiet: bool) -> int:
    """Re-check the certificates of records, and findings, offline: still holds, no longer holds, cannot replay."""
    codes = []
    for file in files:
        try:
            codes.append(_replayed(file, quiet))
        except GsdcheckError as fault:  # the other files are replayed nevertheless
            codes.append(_fail(str(fault), _UNUSABLE))
    return min(codes, key=_WORST_FIRST.index)


def _replayed(file: str, quiet: bool) -> int:
    from gsdcheck.engine.replay import Outcome, replay_file
    from gsdcheck.record.safe_json import read_json

    if (data := read_json(file)) and isinstance(data, dict) and data.get("kind") == "finding":
        return _replayed_finding(data, file, quiet)
    found = replay_file(file)
    for item in found:
        if item.outcome is Outcome.FAILS or not quiet:
            case = f" [{item.case}]" if item.case else ""
            detail = f": {item.detail}" if item.detail else ""
            put(harmless(f"{item.outcome.value:<16} {item.claim}{case}{detail}"))
    counts = {outcome: sum(item.outcome is outcome for item in found) for outcome in Outcome}
    summary = ", ".join(f"{n} {outcome.value}" for outcome, n in counts.items() if n)
    if counts[Outcome.FAILS] or not quiet:
        put(harmless(f"{file}: {summary or 'nothing to replay'}"))
    if counts[Outcome.FAILS]:
        return _FAILED
    return 0 if counts[Outcome.HOLDS] else _NOTHING


def _replayed_finding(data: dict[str, Any], file: str, quiet: bool) -> int:
    from gsdcheck.engine.hunt.findings.again import Fate, replayed
    from gsdcheck.engine.hunt.findings.files import require_sound

    again = replayed(require_sound(data, file))
    if again.fate in (Fate.FIXED, Fate.UNKNOWN) or not quiet:
        detail = f" ({again.detail})" if again.detail else ""
        put(harmless(f"{again.fate.value:<16} {again.claim}: {again.sentence}{detail}"))
    return {Fate.FIXED: _FAILED, Fate.UNKNOWN: _UNUSABLE}.get(again.fate, 0)


@app.command()
@click.argument("base")
@click.argument("new")
@click.option(
    "--margin-tolerance", type=click.FloatRange(min=0), help="A margin may fall by this part of it."
)
@click.option("--json", "json_file", metavar="FILE", help="Also write the comparison there; - for stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code says it.")
def compare(base: str, new: str, margin_tolerance: float | None, json_file: str | None, quiet: bool) -> int:
    """What changed from the record BASE to the record NEW; exit code 1 on a regression."""
    from gsdcheck.engine.compare import compare
    from gsdcheck.record.canonical import canonical
    from gsdcheck.record.files import read_record, write_record
    from gsdcheck.report.comparison import comparison_text

    found = compare(read_record(base), read_record(new), margin_tolerance=margin_tolerance)
    if json_file == "-":
        put(canonical(found).decode(), end="")
    elif json_file is not None:
        write_record(json_file, found)
    if not quiet and json_file != "-":
        put(harmless(comparison_text(found)))
    if not found["compared"]:
        return _NOTHING
    return _FAILED if found["regressions"] else 0


if __name__ == "__main__":
    main()
