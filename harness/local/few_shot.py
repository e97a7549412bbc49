"""What a base model is asked: it only continues text, so it is shown translations to continue."""

import re

ASKED = re.compile(
    r"Translate the following (?P<source>\w+) text into (?P<target>\w+):\s*(?P<text>.*)", re.DOTALL
)
"""How ui/app.js ends its instructions: both languages, then the text."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "Arabic": ("صباح الخير.", "أين المحطة؟", "يبدأ الاجتماع غدا في الساعة التاسعة."),
    "Chinese": ("早上好。", "车站在哪里?", "会议明天九点开始。"),
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
    "Spanish": (
        "Buenos días.",
        "¿Dónde está la estación?",
        "La reunión empieza mañana a las nueve.",
    ),
}
"""The same three sentences in each of the page's languages."""


def continuable(prompt: str) -> tuple[str, tuple[str, ...]]:
    """The prompt as a base model can continue it, and what ends its answer.

    A request for a translation becomes examples with the text at their end, on one line, as the
    line's end is what ends the translation. Any other prompt stays as it is.
    """
    asked = ASKED.search(prompt)
    if asked is None or not {asked["source"], asked["target"]} <= EXAMPLES.keys():
        return prompt, ()
    source, target = asked["source"], asked["target"]
    pairs = zip(EXAMPLES[source], EXAMPLES[target], strict=True)
    shown = "".join(f"{source}: {a}\n{target}: {b}\n" for a, b in pairs)
    return f"{shown}{source}: {' '.join(asked['text'].split())}\n{target}:", ("\n",)
