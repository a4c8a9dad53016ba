"""Texts of updates in the instance: found by name, written as revisions, never lost; compiled from words alone."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connections

from tests.publish.memory import PACK, desk
from tests.revised import revise
from toguna.access.api import acting, add_account
from toguna.cli import main
from toguna.instance.api import Instance
from toguna.kernel.api import Refused
from toguna.publish.build import compile_text
from toguna.publish.core.update_text import UpdateText
from toguna.publish.texts import draft_text, instance_text, replace_source, text_name
from toguna.revisions.api import head, history, read

SOURCE = (PACK / "updates" / "2016-12.en.md").read_text(encoding="utf-8")
SHORT = (
    "---\nproduct: operational_update\ntitle: T\nplace: ML\ncovers: 2016-12\nlanguage: en\n---\n\n## One\n\nWords.\n"
)


@pytest.fixture
def told(instance: Instance) -> Instance:
    revise({"updates/2016-12.en.md": SHORT, "updates/2016-11.en.md": SHORT.replace("2016-12", "2016-11")})
    return instance


def test_words_alone_are_compiled_without_a_file_anywhere(tmp_path: Path) -> None:
    compiled = compile_text(UpdateText(name="2016-12.en.md", source=SOURCE), desk(tmp_path))
    assert compiled.file == "2016-12.en.md" and compiled.resolution.resolved.numbers()


def test_a_translation_finds_its_original_beside_it_wherever_they_lie(tmp_path: Path) -> None:
    french = (PACK / "updates" / "2016-12.fr.md").read_text(encoding="utf-8")
    alone = UpdateText(name="2016-12.fr.md", source=french)
    beside = UpdateText(name="2016-12.fr.md", source=french, folder={"2016-12.en.md": SOURCE.encode()})
    assert compile_text(alone, desk(tmp_path)).original is None
    assert compile_text(beside, desk(tmp_path)).original is not None


@pytest.mark.parametrize("name", ["2016-12.en", "2016-12.en.md", "updates/2016-12.en.md", "updates/2016-12.en"])
def test_a_text_of_the_instance_has_one_name(told: Instance, name: str) -> None:
    found = instance_text(name)
    assert (found.text.name, found.text.source, found.revision) == ("2016-12.en.md", SHORT, head())
    assert [each.name for each in found.text.earlier("en")] == ["2016-11.en.md"]


@pytest.mark.parametrize("name", ["", ".md", "../x", "a/b", "/etc/passwd", ".hidden"])
def test_what_names_no_text_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="text_name"):
        text_name(name)


def test_an_unknown_text_is_refused_with_those_that_there_are(told: Instance) -> None:
    with pytest.raises(Refused) as refused:
        instance_text("2016-13.en")
    [problem] = refused.value.problems
    assert problem.id == "publish.text_unknown" and "2016-12.en, 2016-11.en" in problem.what("en")


def test_of_two_who_edit_one_text_the_second_is_refused_and_both_words_are_there(told: Instance) -> None:
    """As two officers do: both read, both edit, both write at once, each in a process's place with a connection of its own."""
    seen, start, ends = instance_text("2016-12.en"), Barrier(2), {}

    def write(words: str) -> None:
        try:
            start.wait()
            replace_source(seen.text, SHORT + words, acting(None), if_match=seen.revision.digest)
            ends[words] = "written"
        except Refused as refused:
            ends[words] = refused.problems[0].id
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(words,)) for words in ("Mine.\n", "Yours.\n")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends.values()) == ["revisions.changed_meanwhile", "written"]
    [won] = [words for words, end in ends.items() if end == "written"]
    assert instance_text("2016-12.en").text.source == SHORT + won
    assert read(seen.revision, "updates/2016-12.en.md").decode() == SHORT, "what was there before"
    other = instance_text("2016-11.en")
    replace_source(other.text, SHORT, acting(None), if_match=seen.revision.digest)


def test_a_file_is_put_into_the_instance_and_one_read_before_is_refused(
    told: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at, base, file = ["--home", str(told.home)], head().digest, tmp_path / "2016-12.en.md"
    add_account("moussa", ["reporting_officer"], acting(None))
    file.write_text(SHORT + "More.\n", encoding="utf-8")
    assert main(["update", "put", str(file), "--why", "more", "--as", "moussa", *at]) == 0
    assert "2016-12.en.md: changed" in capsys.readouterr().out
    assert instance_text("2016-12.en").text.source.endswith("More.\n")
    assert next((each.revision.actor, each.revision.why) for each in history("updates/2016-12.en.md")) == (
        "moussa",
        "more",
    )
    file.write_text(SHORT + "Other.\n", encoding="utf-8")
    assert main(["update", "put", str(file), "--base", base[:12], *at]) == 2
    assert "moussa changed updates/2016-12.en.md" in capsys.readouterr().err
    assert main(["update", "put", str(file), "--name", "2017-01.en", *at]) == 0
    assert instance_text("2017-01.en").text.source.endswith("Other.\n")
    file.write_text("no front matter", encoding="utf-8")
    assert main(["update", "put", str(file), *at]) == 2
    file.write_bytes(b"\xff\xfe")
    assert main(["update", "put", str(file), *at]) == 2
    assert "UTF-8" in capsys.readouterr().err and instance_text("2016-12.en").text.source.endswith("More.\n")


def test_a_file_of_a_working_folder_is_compiled_and_named_and_never_issued(
    told: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at, file = ["--home", str(told.home)], tmp_path / "2016-12.en.md"
    for text, state in ((SHORT, "has the same text"), (SHORT + "More.\n", "text differs")):
        file.write_text(text, encoding="utf-8")
        main(["update", "check", str(file), *at])
        told_ = capsys.readouterr().err
        assert f"Compiled from the file {file}" in told_ and state in told_
    assert main(["update", "issue", str(file), *at]) == 2
    assert "update put" in capsys.readouterr().err
    assert main(["update", "check", str(tmp_path / "none.md"), *at]) == 2
    assert "There is no file" in capsys.readouterr().err
    main(["update", "check", "2016-12.en", *at])
    assert "Compiled from" not in capsys.readouterr().err


def test_a_draft_is_refreshed_in_its_file_and_a_text_in_the_instance(
    told: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at, before = ["--home", str(told.home)], head()
    (tmp_path / "2016-12.en.md").write_bytes(SHORT.replace("\n", "\r\n").encode())
    assert main(["update", "refresh", str(tmp_path / "2016-12.en.md"), *at]) == 0
    assert draft_text(tmp_path / "2016-12.en.md").source == SHORT and head() == before
    assert main(["update", "refresh", "2016-12.en", *at]) == 0
    assert head() == before, "nothing changed, so no act"
