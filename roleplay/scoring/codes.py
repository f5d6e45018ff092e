"""The closed word lists of the field: strategies, harms, moves, markers, recognition, bands.

Slugs are what YAML, JSON and the code use; definitions live in `codebook.yaml`.
"""

from enum import StrEnum


class Strategy(StrEnum):
    """What a reply does towards repair (R00..R13, the probe ladder, and plain acts)."""

    ATTEND = "attend_validate_curious"
    CLARIFY = "clarify_misunderstanding"
    CHANGE = "change_task_goal"
    RATIONALE = "give_rationale"
    INVITE = "invite_feelings_about_therapy"
    OWN = "own_contribution"
    DISCLOSE = "self_disclose_process"
    LINK_DYAD = "link_pattern_dyad"
    LINK_OUTSIDE = "link_pattern_outside"
    VALIDATE = "validate_defensive_posture"
    REDIRECT = "redirect"
    NEED = "explore_need"
    OBSTACLES = "clarify_obstacles"
    ALTERNATIVES = "discuss_alternatives"
    NORMALISE = "normalise_dissatisfaction"
    SMALL_THING = "ask_small_thing"
    DISCREPANCY = "name_discrepancy"
    ANSWER = "answer_plainly"
    LIMIT = "set_limit"
    SAFETY = "ask_safety"
    HOLD = "hold"


class Harm(StrEnum):
    """What a reply does that strains the alliance further (X01..X20)."""

    DEFENSIVENESS = "defensiveness"
    REASSURANCE = "premature_reassurance"
    COUNTER_INTERPRETATION = "counter_interpretation"
    QUESTIONING = "excessive_questioning"
    ADVICE = "advice"
    BLAME_SHIFTING = "blame_shifting_apology"
    PRESSING = "pressing"
    TOPIC_CHANGE = "avoidant_topic_change"
    FALSE_EMPATHY = "false_empathy"
    HOSTILITY = "hostility"
    OVER_APOLOGY = "over_apology"
    COLLUSION = "collusion"
    MIXED_MESSAGE = "mixed_message"
    CONTROL = "control"
    LABELLING = "labelling"
    MINIMISING = "minimising"
    IGNORING = "ignoring"
    MIND_READING = "mind_reading"
    CULTURAL_DISMISSAL = "cultural_dismissal"
    SAFETY_NEGLECT = "safety_neglect"


SITUATIONAL_HARMS = frozenset({Harm.IGNORING, Harm.SAFETY_NEGLECT})
"""Harms that no words show by themselves: the grade gives them, never the coder."""

RENEGOTIATION = frozenset(
    {Strategy.CLARIFY, Strategy.CHANGE, Strategy.RATIONALE, Strategy.OBSTACLES, Strategy.ALTERNATIVES}
)
"""Strategies about task and goal; done together with the patient, or decided for them."""


class Move(StrEnum):
    """The class of a reply, which transitions test."""

    ATTEND = "attend"
    VALIDATE = "validate"
    INVITE = "invite"
    OWN = "own"
    RENEGOTIATE_TOGETHER = "renegotiate_together"
    RENEGOTIATE_ALONE = "renegotiate_alone"
    DISCLOSE = "disclose"
    LINK = "link"
    EXPLORE_NEED = "explore_need"
    REDIRECT = "redirect"
    ANSWER = "answer"
    LIMIT = "limit"
    ASK_SAFETY = "ask_safety"
    HOLD = "hold"
    MISS = "miss"
    SOOTHE = "soothe"
    PRESS = "press"
    DEFEND = "defend"
    ADVISE = "advise"
    ATTACK = "attack"
    UNSAFE = "unsafe"
    CONTINUE = "continue"


class Marker(StrEnum):
    """An observable sign of strain in a patient's turn (names after the 3RS, definitions our own)."""

    DENIAL = "denial"
    MINIMAL_RESPONSE = "minimal_response"
    ABSTRACT_COMMUNICATION = "abstract_communication"
    AVOIDANT_STORYTELLING = "avoidant_storytelling_topic_shift"
    DEFERENTIAL_APPEASING = "deferential_appeasing"
    CONTENT_AFFECT_SPLIT = "content_affect_split"
    SELF_CRITICISM = "self_criticism_hopelessness"
    COMPLAINT_THERAPIST = "complaint_therapist"
    REJECTS_INTERVENTION = "rejects_intervention"
    COMPLAINT_ACTIVITIES = "complaint_activities"
    COMPLAINT_PARAMETERS = "complaint_parameters"
    COMPLAINT_PROGRESS = "complaint_progress"
    DEFENDS_SELF = "defends_self"
    CONTROL_PRESSURE = "control_pressure"


class Family(StrEnum):
    """What kind of strain a scenario is about. `none` is a control: nothing to repair."""

    WITHDRAWAL = "withdrawal"
    CONFRONTATION = "confrontation"
    SILENT = "silent_dissatisfaction"
    NONE = "none"


class MarkKind(StrEnum):
    """What a trainee may say they noticed, and what kind a line's rupture is."""

    WITHDRAWAL = "withdrawal"
    CONFRONTATION = "confrontation"
    HIDDEN = "hidden"
    MIXED = "mixed"


class About(StrEnum):
    """What a rupture is about."""

    TASK = "task"
    GOAL = "goal"
    BOND = "bond"
    FRAME = "frame"


class PatientType(StrEnum):
    """How readily ruptures come and mend. An untested hypothesis (Zilcha-Mano & Muran 2024)."""

    A = "A"
    B = "B"
    C = "C"
    NONE = "none"


class Struggle(StrEnum):
    """Which need is hard to hold: one's own position, closeness, or both."""

    SELF_DEFINITION = "self_definition"
    RELATEDNESS = "relatedness"
    MIXED = "mixed"


class Strain(StrEnum):
    """Where the alliance stands: this line carries a rupture, one is open, or there is none."""

    FRESH = "fresh"
    OPEN = "open"
    NONE = "none"


class RecognitionKind(StrEnum):
    """How a reply shows that strain was noticed."""

    EXPLICIT = "explicit"
    IMPLICIT = "implicit"
    GENERIC = "generic"
    NONE = "none"
    MISATTRIBUTED = "misattributed"


class Band(StrEnum):
    """The word before the number."""

    HARMFUL = "harmful"
    NOT_YET = "not_yet"
    EMERGING = "emerging"
    SOLID = "solid"
    STRONG = "strong"


class Urge(StrEnum):
    """The pull a trainee may note before replying. Private, never scored."""

    EXPLAIN = "explain"
    FIX = "fix"
    SOOTHE = "soothe"
    ARGUE = "argue"
    RETREAT = "retreat"
    PLEASE = "please"
    PROBE = "probe"
    PUNISH = "punish"
    JOKE = "joke"
    GO_BLANK = "go blank"
