"""The paper's claims as Markdown: the sentences, then one table."""

from gsdcheck.report.exports import write_exports
from gsdcheck.report.grouping import claim_groups
from gsdcheck.report.markdown import has_markdown, render_markdown
from gsdcheck.report.write import write_report


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
    row = (
        "| O2 | `odd-bounded-continuous-suffices` Odd, bounded, continuous suffices for perpetual oscillation"
    )
    assert f"{row} | ✗ refuted | exact | yes | `oscillation-is-perpetual` |" in table


def test_a_record_without_sentences_is_its_counts_and_its_table(verify_record) -> None:
    lines = [line for line in render_markdown(verify_record).splitlines() if line]
    assert lines[1] == "**paper**: 6 claims, 2 proved, 2 refuted, 1 supported, 1 undecided."
    assert lines[2] == "| row | claim | verdict | evidence | as expected | true instead |"


def test_where_nothing_is_amended_there_is_no_column_for_it(inspect_record) -> None:
    assert "| row | claim | verdict | evidence | as expected |\n" in render_markdown(inspect_record)


def test_the_report_and_the_option_give_one_text(tmp_path, verify_record) -> None:
    write_report(tmp_path, {**verify_record, "series": None})
    write_exports(verify_record, {"markdown": tmp_path / "summary.md"})
    assert (tmp_path / "report.md").read_bytes() == (tmp_path / "summary.md").read_bytes()
