"""The paper's claims as Markdown: the sentences, then one table."""

from gsdcheck.report.grouping import claim_groups
from gsdcheck.report.markdown import has_markdown, render_markdown


def test_the_claims_are_one_table_after_the_sentences(verify_record) -> None:
    says = {"true": "so | it is (O3)", "false": "not <so> (O4)", "open": None}
    verify_record["sentences"] = [{"sentence": "P3", "text": "It oscillates.", "says": says}]
    lines = render_markdown(verify_record).splitlines()
    assert has_markdown(verify_record)
    start = lines.index("**P3** It oscillates.")
    assert lines[start + 2 : start + 5] == [
        "* **true**: so \\| it is (O3)",
        "* **false**: not &lt;so&gt; (O4)",
        "",
    ]
    table = [line for line in lines if line.startswith("|")]
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1
    assert len(table) == 2 + len(claim_groups(verify_record))
    assert (
        "| O2 | `odd-bounded-continuous-suffices` | ✗ refuted | exact | `oscillation-is-perpetual` |" in table
    )


def test_a_record_without_sentences_is_its_table_and_its_counts(verify_record) -> None:
    lines = render_markdown(verify_record).splitlines()
    assert lines[2] == "| row | claim | verdict | evidence | true instead |"
    assert lines[-1] == "6 claims: 2 proved, 2 refuted, 1 supported, 1 undecided."
