"""What a base model is asked: it only continues text, so it is shown translations to continue."""

import re

ASKED = re.compile(
    r"Translate the following (?:(?P<source>[\w -]+) )?text into (?P<target>[\w -]+):\n\n\n"
    r"(?P<text>.*)",
    re.DOTALL,
)
"""How ui/app/translation/prompt.js ends its instructions: the languages by their English names, the
first one only if it is known; then the text. No term of a glossary holds a line's end, so the first
place that reads so is the instructions'."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "Arabic": ("صباح الخير.", "أين المحطة؟", "يبدأ الاجتماع غدا في الساعة التاسعة."),
    "English": (
        "Good morning.",
        "Where is the station?",
        "The meeting starts tomorrow at nine o'clock.",
    ),
    "French": ("Bonjour.", "Où est la gare ?", "La réunion commence demain à neuf heures."),
    "German": (
        "Guten Morgen.",
        "Wo ist der Bahnhof?",
        "Die Besprechung beginnt morgen um neun Uhr.",
    ),
    "Japanese": ("おはようございます。", "駅はどこですか?", "会議は明日の九時に始まります。"),
    "Korean": ("좋은 아침입니다.", "역이 어디에 있습니까?", "회의는 내일 아홉 시에 시작합니다."),
    "Russian": ("Доброе утро.", "Где вокзал?", "Совещание начинается завтра в девять часов."),
    "Simplified Chinese": ("早上好。", "车站在哪里?", "会议明天九点开始。"),
    "Spanish": (
        "Buenos días.",
        "¿Dónde está la estación?",
        "La reunión empieza mañana a las nueve.",
    ),
    "Traditional Chinese": ("早上好。", "車站在哪裡?", "會議明天九點開始。"),
}
"""The same three sentences in the languages that `make up` is tried with most."""

STAND_INS = ("English", "French", "German", "Spanish")
"""What is shown for a language without examples, or one that the model is to recognise."""


def continuable(prompt: str) -> tuple[str, tuple[str, ...]]:
    """The prompt as a base model can continue it, and what ends its answer.

    A request for a translation becomes examples with the text at their end, on one line, as the
    line's end is what ends the translation. Any other prompt stays as it is.
    """
    asked = ASKED.search(prompt)
    if asked is None:
        return prompt, ()
    source, target = asked["source"] or "Text", asked["target"]
    shown = "".join(
        f"{a}: {EXAMPLES[a][number]}\n{b}: {EXAMPLES[b][number]}\n"
        for number, (a, b) in enumerate(_pairs(source, target))
    )
    return f"{shown}{source}: {' '.join(asked['text'].split())}\n{target}:", ("\n",)


def _pairs(source: str, target: str) -> list[tuple[str, str]]:
    """The languages of each example, which differ: what repeats would be taken for the task."""
    others = [name for name in STAND_INS if name not in {source, target}]
    shown = source if source in EXAMPLES else others.pop(0)
    if target in EXAMPLES:
        return [(shown, target)] * 3
    return [(shown, other) for other in others[:3]]
