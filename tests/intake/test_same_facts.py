"""The same fact by two files is counted once; told otherwise, it is asked."""

from __future__ import annotations

import pytest

from tests.intake.conftest import OWNER, table
from tests.intake.test_arrivals import keep
from toguna.collect.store import models
from toguna.instance.api import Instance
from toguna.intake import api as intake
from toguna.kernel.api import Refused

HEAD = "Jour de distribution;Commune / Lieu;Type de kit;Femmes;Hommes"


def taken(
    *rows: str, channel: str = "upload", name: str = "décembre 2016.csv", same_fact: str = ""
) -> intake.ArrivalPreview:
    """The file taken in; what it was seen as before."""
    one = intake.arrive(table(HEAD, *rows), name, OWNER, organisation="amss", form_id="kits", channel=channel)  # type: ignore[arg-type]
    if not intake.understand(one.id, OWNER).is_kept:
        keep(one)
    seen = intake.preview_arrival(one.id, OWNER, same_fact=same_fact)  # type: ignore[arg-type]
    intake.take_arrival(seen, OWNER)
    return seen


def persons() -> int:
    """The submissions that count."""
    return models.Submission.objects.filter(superseded=None).count()


def test_the_same_fact_is_counted_once(home: Instance) -> None:
    taken("05/12/2016;Gao;Kit scolaire;3;4")
    seen = taken("2016-12-07;GAO;school;3;4", "2016-12-07;Kidal;school;1;1", channel="pull", name="export 2016-12.csv")
    assert (seen.counts["unchanged"], seen.counts["new"]) == (1, 1)
    assert [problem.id for problem in seen.problems if problem.id == "intake.same_fact"] == ["intake.same_fact"]
    assert persons() == 2


def test_told_otherwise_it_is_asked_and_nothing_is_taken_in(home: Instance) -> None:
    taken("05/12/2016;Gao;Kit scolaire;3;4")
    with pytest.raises(Refused) as refused:
        taken("2016-12-07;Gao;school;3;5", channel="pull", name="export 2016-12.csv")
    assert [problem.id for problem in refused.value.problems] == ["intake.two_channels"]
    assert "women 3; men 4 / women 3; men 5" in refused.value.problems[0].written()
    assert persons() == 1


def test_the_newer_file_corrects_the_earlier_one(home: Instance) -> None:
    taken("05/12/2016;Gao;Kit scolaire;3;4")
    taken("05/12/2016;Gao;Kit scolaire;3;5", name="décembre 2016 v2.csv", same_fact="newer")
    assert (persons(), models.Submission.objects.count()) == (1, 2)


def test_further_facts_are_taken_in_beside(home: Instance) -> None:
    taken("05/12/2016;Gao;Kit scolaire;3;4")
    taken("20/12/2016;Gao;Kit scolaire;9;9", name="décembre 2016 suite.csv", same_fact="further")
    assert persons() == 2


def test_another_month_place_or_kit_is_another_fact(home: Instance) -> None:
    taken("05/12/2016;Gao;Kit scolaire;3;4")
    seen = taken(
        "25/11/2016;Gao;Kit scolaire;3;4",
        "05/12/2016;Kidal;Kit scolaire;3;4",
        "05/12/2016;Gao;Kit d'hygiène;3;4",
        name="autre.csv",
    )
    assert (seen.counts["new"], seen.counts["unchanged"]) == (3, 0)
    assert persons() == 4


MONTHLY = "Activité;Lieu;Groupe de population;Femmes;Hommes"


def test_what_a_return_by_another_channel_would_change_is_asked(home: Instance) -> None:
    def monthly(row: str, channel: str, same_fact: str = "") -> intake.ArrivalPreview:
        one = intake.arrive(
            table(MONTHLY, row),
            f"{channel} décembre 2016.csv",
            OWNER,
            organisation="amss",
            form_id="monthly",
            channel=channel,  # type: ignore[arg-type]
        )
        if not intake.understand(one.id, OWNER).is_kept:
            keep(one)
        seen = intake.preview_arrival(one.id, OWNER, same_fact=same_fact)  # type: ignore[arg-type]
        intake.take_arrival(seen, OWNER)
        return seen

    monthly("hygiene;Gao;REF;3;4", "mail")
    with pytest.raises(Refused) as refused:
        monthly("hygiene;Gao;REF;3;5", "pull")
    assert [problem.id for problem in refused.value.problems] == ["intake.two_channels"]
    monthly("hygiene;Gao;REF;3;5", "pull", "newer")
    assert persons() == 1
