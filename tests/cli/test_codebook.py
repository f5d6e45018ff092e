"""`roleplay codebook`."""

import json

from roleplay.scoring.codes import Harm, Marker, Strategy


def test_every_code_is_listed(run):
    words = set(run("codebook").stdout.split())

    assert {*Strategy, *Harm, *Marker} <= words


def test_one_entry_is_told_whole_with_its_sources(run):
    told = run("codebook", "R05").stdout

    for expected in ("own_contribution", "Examples", "False friends", "blame_shifting_apology", "Eubanks"):
        assert expected in told
    assert "not by clinicians" in told


def test_a_name_may_be_written_as_people_write_it(run):
    assert run("codebook", "own contribution").stdout == run("codebook", "r05").stdout


def test_entries_can_be_had_by_machines(run):
    assert json.loads(run("codebook", "pressing", "--json").stdout)["slug"] == "pressing"
    assert "own_contribution" in json.loads(run("codebook", "--json").stdout)["strategies"]


def test_entries_can_be_searched(run):
    assert "over_apology" in run("codebook", "--search", "apology").stdout
    assert "Nothing" in run("codebook", "--search", "zebra").stderr


def test_a_code_and_a_search_together_are_wrong_use(run):
    assert run("codebook", "R05", "--search", "sorry").exit_code == 2
