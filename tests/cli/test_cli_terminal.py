"""What is printed suits where it is printed: terminals, files, old encodings, pipes that close."""

import io
import sys

import pytest

QUICK = "linear-norm-is-conserved-iff-skew"
FEW = ("verify", QUICK, "skewness-is-necessary-for-oscillation", "I6")
COMMANDS = [
    FEW,
    ("inspect", "w.csv", "--euler-step", "1/10"),
    ("claims",),
    ("replay", "gsdcheck-report/record.json"),
]
NAMES = [command[0] for command in COMMANDS]


@pytest.fixture(autouse=True)
def weights(home):
    (home / "w.csv").write_text("0,1,2\n-1,0,3\n-2,-3,0\n")


@pytest.fixture
def colourful(cli, monkeypatch):
    """The command line on a terminal that shows colours."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")

    def ran(*arguments):
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        return cli(*arguments)

    return ran


def printed(cli, command):
    if command[0] == "replay":
        cli(*FEW)
    return cli(*command).out


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_a_file_gets_no_escapes_and_tables_of_at_most_80_columns(cli, command):
    out = printed(cli, command)
    assert out.count("\n") > 2
    assert "\x1b" not in out
    if command[0] != "replay":  # which gives each judgement one line, however long its case
        assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_a_terminal_without_colour_gets_no_escapes(colourful, monkeypatch, command):
    monkeypatch.setenv("NO_COLOR", "1")
    out = printed(colourful, command)
    assert out.count("\n") > 2
    assert "\x1b" not in out


def test_a_terminal_gets_colour(colourful):
    assert "\x1b[" in colourful(*FEW).out
    assert "\x1b" not in colourful(*FEW, "--json", "-").out


@pytest.mark.parametrize("command", [FEW, ("inspect", "w.csv")])
def test_quiet_prints_nothing(cli, command):
    ran = cli(*command, "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_quiet_still_says_what_went_wrong(cli):
    ran = cli("inspect", "missing.csv", "-q")
    assert (ran.code, ran.out) == (2, "")
    assert "missing.csv" in ran.err


@pytest.mark.parametrize("command", [("explain", "I1"), FEW, ("claims",)], ids=lambda command: command[0])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_any_encoding_will_do(cli, monkeypatch, command, encoding):
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, encoding=encoding))
    ran = cli(*command)
    assert (ran.code, ran.err) == (0, "")
    assert "energy-is-conserved" in shown.getvalue().decode(encoding) or QUICK in shown.getvalue().decode(
        encoding
    )


def test_a_text_buffer_in_place_of_stdout_will_do(cli, monkeypatch):
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    assert cli(*FEW).code == 0
    assert QUICK in shown.getvalue()


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_will_do(cli, monkeypatch, closed):
    monkeypatch.setattr(sys, closed, None)
    assert cli(*FEW, "-v").code == 0


@pytest.mark.parametrize(
    "arguments", [("claims",), ("explain", "P4"), ("--help",), FEW, (*FEW, "--json", "-")]
)
def test_a_reader_that_has_seen_enough_is_no_fault(process, arguments):
    ran = process(*arguments)
    ran.stdout.close()
    _, err = ran.communicate()
    assert (ran.returncode, err) == (0, "")


def test_a_full_disk_under_stdout_is_2(process):
    with open("/dev/full", "w") as full:
        ran = process("claims", stdout=full)
    _, err = ran.communicate()
    assert ran.returncode == 2
    assert err == "gsdcheck: stdout cannot be written: No space left on device. Redirect it elsewhere.\n"


def test_every_claim_is_explained_with_its_assumptions_and_its_page(cli):
    from gsdcheck.claims import ALL_CLAIMS

    for entry in ALL_CLAIMS:
        ran = cli("explain", entry.claim.id)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"{entry.claim.id} ({entry.claim.row}, {entry.claim.sentence}): ")
        assert all(f"\n  {name}: " in ran.out for name in entry.claim.assumptions)
        assert "\n# " in ran.out


@pytest.mark.parametrize("name", ["I1", "i1", "energy-is-conserved", " ENERGY-IS-CONSERVED "])
def test_a_claim_goes_by_its_row_and_by_its_id(cli, name):
    assert cli("explain", name).out == cli("explain", "energy-is-conserved").out


def test_a_sentence_explains_all_its_claims(cli):
    from gsdcheck.claims import ALL_CLAIMS

    out = cli("explain", "P4").out
    heads = [f"{e.claim.id} ({e.claim.row}, P4): " for e in ALL_CLAIMS if e.claim.sentence == "P4"]
    assert len(heads) > 1
    assert all(head in out for head in heads)


def test_claims_lists_each_claim_under_its_sentence(cli):
    from gsdcheck.claims import ALL_CLAIMS
    from gsdcheck.claims.sentences import SENTENCES

    blocks = cli("claims").out.split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == [f"{s.key} {s.title}" for s in SENTENCES]
    for sentence, block in zip(SENTENCES, blocks, strict=True):
        mine = [e.claim for e in ALL_CLAIMS if e.claim.sentence == sentence.key]
        expected = [[c.row, c.id, str(c.expected or "open")] for c in mine]
        assert [line.split() for line in block.splitlines()[1:]] == expected
