"""What leads where, and the drawings of it."""

import subprocess
import sys
import time

import pytest

from roleplay.scenarios.graph import (
    as_dot,
    as_mermaid,
    as_tree,
    edges_of,
    graph_of,
    loops,
    shadowed,
    trapped,
    unreachable,
)
from roleplay.scenarios.model import Scenario


def pairs(scenario: Scenario) -> set[tuple[str, str]]:
    return {(edge.start, edge.end) for edge in edges_of(scenario) if not edge.shadowed}


def test_edges_of_a_control(quiet_hour, changed):
    assert pairs(changed(quiet_hour)) == {("calm", "news"), ("calm", "unfinished"), ("news", "unfinished")}


def test_the_onset_is_an_edge_without_a_row(one_sheet_more, changed):
    (onset,) = [edge for edge in edges_of(changed(one_sheet_more)) if edge.onset]

    assert (onset.start, onset.end, onset.row, onset.label) == ("calm", "withdrawal.marker", None, "onset")


def test_a_row_that_is_never_taken_is_no_way(quiet_hour, changed):
    scenario = changed(quiet_hour, ("any: [own]", "types: [A]"))

    assert shadowed(scenario) == {"calm": {0: "never"}}
    assert unreachable(scenario) == ("news",)
    assert ("calm", "news") not in graph_of(scenario).edges()
    assert ("calm", "news") in graph_of(scenario, shadowed=True).edges()


def test_graph_carries_rows_labels_and_kinds(quiet_hour, changed):
    graph = graph_of(changed(quiet_hour))

    assert graph.nodes["unfinished"]["ending"]
    assert not graph.nodes["news"]["ending"]
    assert graph.edges["calm", "news", 0] == {"row": 0, "label": "own", "onset": False, "shadowed": False}


def test_graph_refuses_what_is_not_written_instead_of_inventing_it(quiet_hour, changed):
    with pytest.raises(KeyError, match="nowhere"):
        graph_of(changed(quiet_hour, ("to: news", "to: nowhere")))


def test_an_ending_for_the_time_being_up_is_reached(quiet_hour, changed):
    assert unreachable(changed(quiet_hour, ("- {to: unfinished}\nendings", "- {to: calm}\nendings"))) == ()


def test_trapped_states_are_those_from_which_no_ending_can_be_reached(quiet_hour, changed):
    scenario = changed(quiet_hour, ("- {to: unfinished}\nendings", "- {to: news}\nendings"))

    assert trapped(scenario) == ("news",)


RESTING = (
    "resolution: 3}",
    'resolution: 3, says: [{line: "And?"}], transitions: [{when: {any: [own]}, to: news}, {to: unfinished}]}',
)


def test_a_resting_point_leads_on(quiet_hour, changed):
    scenario = changed(quiet_hour, RESTING)

    assert ("unfinished", "news") in pairs(scenario)
    assert loops(scenario) == (frozenset({"news", "unfinished"}),)


def test_an_ending_that_says_nothing_more_leads_nowhere(quiet_hour, changed):
    silent = (RESTING[0], RESTING[1].replace('says: [{line: "And?"}], ', ""))

    assert ("unfinished", "news") not in pairs(changed(quiet_hour, silent))


def test_return_leads_back_to_each_place_from_which_the_safety_branch_is_entered(quiet_hour, changed):
    scenario = changed(
        quiet_hour,
        ("any: [own]}, to: news", "any: [own]}, to: news}\n      - {when: {any: [ask_safety]}, to: safety.asked"),
        ("endings:", '  safety.asked: {says: [{line: "No."}], transitions: [{to: return}]}\nendings:'),
    )

    assert {end for start, end in pairs(scenario) if start == "safety.asked"} == {"calm"}


def test_the_tree_names_each_place_once_with_its_ways_out(quiet_hour, changed):
    assert as_tree(changed(quiet_hour)) == (
        "calm\n"
        "  -> news  [own]\n"
        "  -> unfinished  [otherwise]\n"
        "news\n"
        "  -> unfinished  [otherwise]\n"
        "unfinished (ending, resolution 3)\n"
    )


def test_mermaid(quiet_hour, changed):
    assert as_mermaid(changed(quiet_hour)) == (
        "stateDiagram-v2\n"
        "  [*] --> s0\n"
        '  state "calm" as s0\n'
        '  state "news" as s1\n'
        '  state "unfinished" as s2\n'
        "  s0 --> s1: own\n"
        "  s0 --> s2: otherwise\n"
        "  s1 --> s2: otherwise\n"
        "  s2 --> [*]\n"
    )


def test_dot(one_sheet_more, changed):
    drawing = as_dot(changed(one_sheet_more))

    assert drawing.startswith("digraph scenario {\n")
    assert '"calm" -> "withdrawal.marker" [label="onset", style=bold];' in drawing
    assert '"withdrawal.left" [shape=doublecircle];' in drawing
    assert drawing.count("{") == drawing.count("}")


def chain(length: int, scenario: Scenario) -> Scenario:
    """`calm`, then `length` states, each leading to the next and to one further on, then the ending."""
    calm, news = scenario.states["calm"], scenario.states["news"]
    states = {"calm": calm.model_copy(update={"transitions": _to(scenario, "n0", "n0")})}
    for number in range(length):
        then = f"n{number + 1}" if number + 1 < length else "unfinished"
        states[f"n{number}"] = news.model_copy(update={"transitions": _to(scenario, f"n{number * 7 % length}", then)})
    return scenario.model_copy(update={"states": states})


def _to(scenario: Scenario, first: str, then: str) -> tuple[object, ...]:
    own, otherwise = scenario.states["calm"].transitions
    return own.model_copy(update={"to": first}), otherwise.model_copy(update={"to": then})


def test_ten_thousand_states_are_walked_in_a_few_seconds(quiet_hour, changed):
    long = chain(10_000, changed(quiet_hour))
    before = time.perf_counter()

    assert unreachable(long) == ()
    assert trapped(long) == ()
    assert time.perf_counter() - before < 10


def test_reading_a_scenario_does_not_import_networkx(quiet_hour):
    program = (
        "import sys\n"
        "from roleplay.scenarios.load import problems_in\n"
        f"assert problems_in({quiet_hour!r}) == ()\n"
        "sys.exit('networkx' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
