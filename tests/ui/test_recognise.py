"""Which language a text is in, where that is plain, and silence where it is not."""

import pytest

from tests.ui.node import call

RECOGNISE = "ui/app/text/recognise.js"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello", "en"),
        ("Hello, how are you? We will meet on Friday.", "en"),
        ("Sehr geehrte Damen und Herren", "de"),
        ("Merci beaucoup pour votre message", "fr"),
        ("Hola, ¿qué tal?", "es"),
        ("Obrigado pelo seu e-mail", "pt-BR"),
        ("Goedemorgen, hoe gaat het met u?", "nl"),
        ("Привет, как дела?", "ru"),
        ("Привіт, як справи?", "uk"),
        ("مرحبا كيف حالك", "ar"),
        ("سلام، این کتاب من است", "fa"),
        ("我们明天早上九点在办公室开会", "zh-Hans"),
        ("我們明天早上九點在辦公室開會", "zh-Hant"),
        ("今日は天気がいいですね", "ja"),
        ("안녕하세요", "ko"),
        ("שלום", "he"),
    ],
)
def test_a_greeting_or_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert call(RECOGNISE, "recognise", text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 + 30 = 42",
        "Test",
        "Hallo",  # German, Dutch
        "https://www.example.com/the/of/and",
        "Hej, hvordan går det? Jeg er ikke hjemme",  # Danish, Norwegian
        "Moien, wéi geet et dir? Ech schaffen hei",
        "😀👍",
        "\ud83d",
    ],
)
def test_where_it_is_not_plain_nothing_is_said(text: str) -> None:
    assert call(RECOGNISE, "recognise", text) is None


def test_a_long_text_is_judged_by_more_than_its_beginning() -> None:
    english = "This is what we have for you, and that is all of it. "
    german = "Das ist alles, was wir für Sie haben, und mehr ist es nicht. "

    assert call(RECOGNISE, "recognise", english * 5 + german * 200) == "de"
