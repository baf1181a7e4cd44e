"""From words to scenarios: what an override reaches, dated levers, files of the users, where results go."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from experiments.composition import composed
from experiments.configuration import request_of
from experiments.general import General
from experiments.library import Library, rules
from experiments.names import keys, roots
from experiments.new import scenario_text
from experiments.output import default_folder
from experiments.overrides import Words, understood
from experiments.request import Request
from scenarios.scenario import Scenario, canonical
from sim.errors import InputError
from sim.measures.cross_serving import CrossServing
from sim.parts import parts
from sim.policy import Setting

LIBRARY = Library()
WEEK_26 = date(2018, 7, 2)


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def asked(verb: str, *words: str, library: Library = LIBRARY) -> Request:
    return request_of(verb, words, library)


def one(*words: str) -> Scenario:
    [scenario] = asked("run", *words).scenarios
    return scenario


def setting(scenario: Scenario, measure: str) -> Setting | None:
    return next((one for one in scenario.policy.settings if one.measure == measure), None)


@pytest.mark.parametrize("name", LIBRARY.scenarios)
def test_every_scenario_of_ours_is_composed_by_hydra_as_its_page_shows_it(name: str) -> None:
    file = LIBRARY.scenario(name)
    settings = composed(file, Words(), LIBRARY)
    shown = dict(rules(file, LIBRARY))

    assert settings["place"]["key"] == file.place
    place = shown.pop("place", {})
    assert {key: settings["place"][key] for key in place} == place
    assert {key: settings[key] for key in parts("measure") if key in settings} == shown


def test_the_four_scenarios_hold_the_two_measures_from_week_26() -> None:
    held = {name: {one.measure for one in asked("run", name).scenarios[0].policy.settings} for name in LIBRARY.scenarios}

    assert held["status_quo"] == set()
    assert held["cross_serving_with_joint_meeting"] == held["cross_serving"] | held["joint_meeting"]
    assert all(one.since == WEEK_26 for one in one_policy("cross_serving_with_joint_meeting"))


def one_policy(name: str) -> tuple[Setting, ...]:
    return one(name).policy.settings


def test_defaults_are_those_declared() -> None:
    request, default = asked("compare", "status_quo", "joint_meeting"), General()

    assert (request.seed, request.replicates, request.resume) == (
        default.seed,
        default.replicates,
        default.resume,
    )
    assert request.scenarios[0].start.isoformat() == default.start
    assert request.scenarios[0].weeks == default.weeks
    assert (request.executor.kind, request.executor.workers, request.executor.threads) == (
        "processes",
        None,
        1,
    )
    assert (request.events, asked("run").events) == ("decisions", "all")


def test_settings_of_a_command() -> None:
    request = asked(
        "compare",
        "scenarios=[status_quo,joint_meeting]",
        "start=2019-07-01",
        "weeks=52",
        "seed=4294967295",
        "replicates=3",
        "executor=serial",
        "executor.workers=2",
        "threads=4",
        "events=none",
        "resume=true",
    )

    assert [scenario.name for scenario in request.scenarios] == ["status_quo", "joint_meeting"]
    assert {(one.start, one.weeks) for one in request.scenarios} == {(date(2019, 7, 1), 52)}
    assert (request.seed, request.replicates, request.resume, request.events) == (2**32 - 1, 3, True, "none")
    assert (request.executor.kind, request.executor.workers, request.executor.threads) == ("serial", 2, 4)


def test_numbers_of_mechanisms_agents_and_places() -> None:
    scenario = one(
        "service.adjustment=0.2",
        "residents_committee.hours_per_staff=6",
        "place.backing=0",
        "place.households=300",
    )

    assert scenario.mechanisms["service"].adjustment == 0.2
    assert scenario.agents["residents_committee"].hours_per_staff == 6
    assert type(scenario.agents["residents_committee"].hours_per_staff) is float
    assert canonical(scenario) == canonical(
        one(
            "service.adjustment=2e-1",
            "residents_committee.hours_per_staff=6.0",
            "place.backing=0.0",
            "place.households=300",
        )
    )
    assert {estate.households for estate in scenario.place.estates()} == {300}


def test_policies_combine_and_replace_those_of_the_scenario() -> None:
    assert {one.measure for one in one_policy_of("policy=[cross_serving,joint_meeting]")} == {
        "cross_serving",
        "joint_meeting",
    }
    assert {one.measure for one in one_policy_of("policy=joint_meeting", "cross_serving")} == {"joint_meeting"}
    assert one_policy_of("cross_serving", "policy=[]") == ()


def one_policy_of(*words: str) -> tuple[Setting, ...]:
    return one(*words).policy.settings


def test_a_place_replaces_the_scenarios_in_each() -> None:
    request = asked("compare", "status_quo", "cross_serving", "place=four_estates_with_committees")

    assert {type(scenario.place).__name__ for scenario in request.scenarios} == {"FourEstatesWithCommittees"}


def test_a_lever_takes_values_by_date() -> None:
    held = setting(one("joint_meeting", "joint_meeting.interval_weeks={2019-07-01: 4, 2018-01-01: 12}"), "joint_meeting")

    assert held is not None
    assert held.levers["interval_weeks"] == ((date(2018, 1, 1), 12), (date(2019, 7, 1), 4))
    assert held.since == WEEK_26


def test_a_single_value_replaces_a_whole_schedule(tmp_path: Path) -> None:
    file = tmp_path / "dated.yaml"
    file.write_text("joint_meeting:\n  since: 2018-07-02\n  interval_weeks: {2018-07-02: 12, 2020-01-06: 4}\n", "utf-8")
    dated, single = (setting(one(str(file), *words), "joint_meeting") for words in ((), ("joint_meeting.interval_weeks=8",)))

    assert dated is not None and len(dated.levers["interval_weeks"]) == 2
    assert single is not None and [value for _, value in single.levers["interval_weeks"]] == [8]
    assert single.since == WEEK_26


def test_values_by_date_replace_a_schedule_too(tmp_path: Path) -> None:
    file = tmp_path / "dated.yaml"
    file.write_text("joint_meeting:\n  interval_weeks: {2018-07-02: 12, 2020-01-06: 4}\n", "utf-8")
    held = setting(one(str(file), "joint_meeting.interval_weeks={2019-01-07: 6}"), "joint_meeting")

    assert held is not None and held.levers["interval_weeks"] == ((date(2019, 1, 7), 6),)


def test_run_switches_a_missing_measure_on_and_says_so() -> None:
    request = asked("run", "status_quo", "joint_meeting.interval_weeks=4")
    held = setting(request.scenarios[0], "joint_meeting")

    assert held is not None and held.since is None
    assert "joint_meeting" in request.notes[0].en and "status_quo" in request.notes[0].zh


def test_a_measure_that_is_there_is_not_said_to_be_switched_on() -> None:
    assert asked("run", "joint_meeting", "joint_meeting.interval_weeks=4").notes == ()


def test_compare_leaves_a_scenario_without_the_measure_as_it_is_and_says_so() -> None:
    request = asked("compare", "status_quo", "joint_meeting", "joint_meeting.interval_weeks=4")
    base, other = request.scenarios
    held = setting(other, "joint_meeting")

    assert base.policy.settings == ()
    assert held is not None and held.levers["interval_weeks"][0][1] == 4
    assert [note.en for note in request.notes] == ["status_quo has no joint_meeting and is left as it is"]


def test_the_note_stands_once_however_many_levers_are_set() -> None:
    words = ("cross_serving.party_share=0.1", "cross_serving.residents_committee_share=0.3")

    assert len(asked("compare", "status_quo", "cross_serving", *words).notes) == 1


@pytest.mark.parametrize("word", ["joint_meeting.interval_weeks=4", "~joint_meeting", "joint_meeting=null"])
def test_an_override_that_reaches_no_scenario_is_refused(word: str) -> None:
    with pytest.raises(InputError, match="reaches no scenario"):
        asked("compare", "status_quo", "cross_serving", word)


def test_a_measure_is_left_out_with_a_tilde() -> None:
    request = asked("compare", "status_quo", "cross_serving", "cross_serving_with_joint_meeting", "~joint_meeting")

    assert [len(one.policy.settings) for one in request.scenarios] == [0, 1, 1]


def test_a_number_of_one_place_reaches_the_scenarios_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="reaches no scenario"):
        asked("run", "place.file=none.xlsx")


def test_a_place_without_the_number_is_refused_before_its_table_is_read() -> None:
    with pytest.raises(InputError, match="place.households"):
        asked("run", "place=table", "place.file=none.xlsx", "place.households=30")


def test_when_and_where_of_a_measure() -> None:
    held = setting(
        one(
            "joint_meeting",
            "joint_meeting.since=2019-07-01",
            "joint_meeting.until=2020-07-06",
            "joint_meeting.where=[work_unit,resettlement]",
        ),
        "joint_meeting",
    )

    assert held is not None
    assert (held.since, held.until) == (date(2019, 7, 1), date(2020, 7, 6))
    assert held.where == ("work_unit", "resettlement")


def test_a_measure_that_no_week_sees_is_told() -> None:
    assert "never in force" in asked("run", "joint_meeting", "weeks=26").notes[0].en
    assert asked("run", "joint_meeting", "weeks=27").notes == ()


def test_shares_above_one_together_do_not_go_together() -> None:
    assert CrossServing(0.7, 0.4).problem() is not None
    assert CrossServing(0.6, 0.4).problem() is None


@pytest.mark.parametrize("name", ["我们街道.yaml", "with blank (1) #~.yaml", "a=b.yaml", "a,b.yml", "joint_meeting_2.yaml"])
def test_a_scenario_of_the_users_may_have_any_file_name(name: str, tmp_path: Path) -> None:
    file = tmp_path / "自己的 方案" / name
    file.parent.mkdir()
    file.write_text("defaults:\n- /policy: [joint_meeting]\ntitle: {zh: 我们}\nweeks: 12\n", "utf-8")

    for word in (str(file), f"scenario={file}"):
        scenario = one(word)
        assert (scenario.name, scenario.weeks) == (file.stem, 12)
        assert setting(scenario, "joint_meeting") is not None
        assert scenario.story is not None and scenario.story.title.en == "我们"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_scenarios_file_may_be_in_any_of_the_usual_encodings(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("title: 我们街道的方案\r\nweeks: 12\r\n".encode(encoding))

    assert one(str(file)).story.title.zh == "我们街道的方案"  # type: ignore[union-attr]


def test_a_folder_of_scenarios_and_policies(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "often.yaml").write_text("joint_meeting: {interval_weeks: 2}\n", "utf-8")
    (tmp_path / "常开会.yaml").write_text("defaults: [/policy: often]\n", "utf-8")
    library = Library(tmp_path)
    [scenario] = request_of("run", ["常开会"], library).scenarios

    assert "常开会" in library.scenarios and "often" in library.policies
    assert scenario.policy.settings[0].levers["interval_weeks"][0][1] == 2


def test_a_new_scenarios_file_comes_to_the_same(tmp_path: Path) -> None:
    for name in LIBRARY.scenarios:
        for lang in ("zh", "en"):
            file = tmp_path / f"{name}_{lang}.yaml"
            file.write_text(scenario_text(LIBRARY.scenario(name), LIBRARY, lang), "utf-8")  # type: ignore[arg-type]
            assert canonical(one(str(file))) == canonical(one(name))
            assert one(str(file)).story == one(name).story


def test_paths_are_taken_letter_for_letter() -> None:
    name = "我的 结果 (1) #~[x]{y}, null"

    assert asked("run", f"output={name}").output == Path(name)
    assert asked("run", "output=2018").output == Path("2018")
    file = understood([f"place.file={name}.xlsx"], LIBRARY).overrides[0]
    assert file.value == f"{name}.xlsx"


def test_a_list_that_a_shell_split_is_put_together() -> None:
    request = asked("compare", "scenarios=[status_quo", "joint_meeting]", "weeks=52")

    assert [scenario.name for scenario in request.scenarios] == ["status_quo", "joint_meeting"]


def test_results_go_to_a_folder_that_is_not_taken() -> None:
    first = asked("compare", "status_quo", "joint_meeting").output
    assert first == Path("results/compare/status_quo_vs_joint_meeting")

    first.mkdir(parents=True)
    assert asked("compare", "status_quo", "joint_meeting").output == first.with_name(f"{first.name}-2")
    assert asked("compare", "status_quo", "joint_meeting", "resume=true").output == first
    first.with_name(f"{first.name}-2").mkdir()
    assert asked("compare", "status_quo", "joint_meeting").output == first.with_name(f"{first.name}-3")
    assert asked("compare", "status_quo", "joint_meeting", "resume=true").output == first.with_name(f"{first.name}-2")


def test_a_folders_name_never_grows_too_long_for_a_system() -> None:
    names = ["很长的方案名称" * 10, *(f"scenario_{number}" for number in range(20))]

    assert len(default_folder("compare", names).name.encode()) < 250


def test_the_words_that_are_kept_name_the_scenarios_first() -> None:
    words = asked("compare", "weeks=52", "scenarios=[status_quo,joint_meeting]").words

    assert words == ("compare", "status_quo", "joint_meeting", "weeks=52")


def test_no_key_means_two_things() -> None:
    assert len(roots()) == len(set(roots()))
    assert len(keys()) == len(set(keys()))


def test_naming_and_checking_load_nothing_heavy() -> None:
    code = (
        "import sys; from experiments.library import Library; from experiments.overrides import understood\n"
        "library = Library(); [library.scenario(name) for name in library.scenarios]\n"
        "words = 'status_quo', 'service.adjustment=0.2', 'place=table', 'policy=[joint_meeting]'\n"
        "understood(words, library)\n"
        "heavy = 'mesa', 'numba', 'pandas', 'scipy', 'matplotlib', 'hydra'\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[1])

    assert done.stdout.strip() == "[]", done.stderr
