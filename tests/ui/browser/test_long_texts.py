"""What is too long for one go: nothing of it is cut silently, nor lost where it is joined."""

import re

from playwright.sync_api import expect

from tests.ui.browser import answers
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.translator import Translator, said

SENTENCES = (
    "Tomorrow the house by the sea is sold. ",
    "Wer kommt, bringt Brot & Käse mit!  ",
    "👩‍👩‍👧 e\u0301t cetera… \t",
    "これは長い文章です。次の文。",
    "Visit https://example.com/a?b=c — {name}, %s.\n",
    "\n\n",
    "- an item\n- another\n",
)


def text_of(characters: int) -> str:
    """A text of many scripts, that has no two paragraphs alike."""
    made = ""
    while len(made) < characters:
        count = made.count("\n")
        made += f"{count}. " + "".join(SENTENCES[count % 3 : count % 3 + 4 + count % 4])
    return made[:characters].rstrip() + "."


def content(translator: Translator) -> str:
    """The translation's very characters."""
    return translator.result.evaluate("(field) => field.textContent")


def test_30000_characters_are_split_translated_in_order_and_joined_without_loss(
    translator: Translator, api: ScriptedApi
) -> None:
    text = f"  \n{text_of(30_000)} \n\n"
    api.play(answers.translation(piece=4000))
    translator.choose("source", "English")
    translator.write(text)
    button = translator.by_id("translate")
    expect(button).to_have_text(re.compile(r"^Translate in \d+ parts$"))
    parts = int(re.sub(r"\D", "", button.inner_text()))
    expect(translator.by_id("advice")).to_have_text(str(said("count.over.other", count=parts)))
    button.click()
    expect(translator.by_id("part")).to_have_text(re.compile(rf"Part \d+ of {parts}"))
    translator.done()

    assert content(translator) == text
    assert len(api.asked) == parts > 3
    sent = [asked.text for asked in api.asked]
    assert re.sub(r"\s", "", "".join(sent)) == re.sub(r"\s", "", text)
    assert all(len(asked.prompt) <= 3 * 4096 for asked in api.asked), "the guard would refuse it"


def test_a_part_that_fails_is_taken_up_again_and_the_finished_ones_are_kept(
    translator: Translator, api: ScriptedApi
) -> None:
    text = text_of(12_000)
    translator.write(text)
    api.play(
        answers.translation(piece=4000),
        answers.broken({"response": "Halb", "done": False}),
        answers.translation(piece=4000),
    )
    translator.by_id("translate").click()
    translator.fails("broken")
    expect(translator.by_id("note")).to_have_text(str(said("result.incomplete")))
    assert len(api.asked) == 2, "nothing is resumed unasked"
    translator.by_id("retry").click()
    translator.done()

    assert content(translator) == text
    assert api.asked[1].text == api.asked[2].text
    assert api.asked[0].text not in [asked.text for asked in api.asked[1:]]


def test_a_stopped_translation_can_go_on(translator: Translator, api: ScriptedApi) -> None:
    text = text_of(12_000)
    translator.write(text)
    api.play(answers.translation(piece=4000), answers.silence())
    translator.by_id("translate").click()
    expect(translator.by_id("part")).to_contain_text("Part 2")
    translator.by_id("stop").click()
    expect(translator.by_id("note")).to_have_text(str(said("result.incomplete")))
    api.play(answers.translation(piece=4000))
    translator.by_id("continue").click()
    translator.done()

    assert content(translator) == text


def test_what_the_api_calls_too_long_is_divided_further(
    translator: Translator, api: ScriptedApi
) -> None:
    translator.watch.expect("status of 400")
    text = text_of(3000)
    translator.write(text)
    api.play(
        answers.refusal(400, "the prompt must have no more than 1000 characters"),
        answers.translation(piece=4000),
    )
    translator.translate()
    translator.fails("too-long")
    expect(translator.by_id("retry")).to_have_text(str(said("retry.parts")))
    translator.by_id("retry").click()
    translator.done()

    assert content(translator) == text
    assert len(api.asked) > 2


def test_a_text_of_a_hundred_thousand_characters_can_be_edited_and_sent(
    translator: Translator, api: ScriptedApi
) -> None:
    api.play(answers.silence())
    translator.write(text_of(100_000))
    expect(translator.by_id("translate")).to_contain_text("parts")
    before = translator.by_id("count").inner_text()
    translator.text.press("End")
    translator.text.press_sequentially("abc")
    expect(translator.by_id("count")).not_to_have_text(before)
    translator.text.press("Control+Enter")
    expect(translator.by_id("part")).to_contain_text("Part 1")
    translator.by_id("stop").click()
    translator.done()
