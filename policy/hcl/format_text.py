"""What `format` puts in place of its verbs: `%s`, `%d`, `%v`, `%q`, `%t`, `%x` and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy.hcl.conversion import doubt, opaque, reject, to_bool, to_number, to_text
from policy.hcl.encoded_text import json_text
from policy.hcl.values import certain

if TYPE_CHECKING:
    from policy.hcl.values import Value

VERB = re.compile(r"%(?:%|([-+ #0]*)([0-9]*)(\.[0-9]+)?([a-zA-Z]))")
WIDEST = 1000


def formatted(template: str, arguments: list[Value]) -> list[Value]:
    """Return the parts that `format` joins; an unknown argument of `%s` and `%v` stays.

    Raises:
        RejectedError: The arguments do not fit the verbs.
        DoubtError: A verb is not modelled for its argument.
    """
    parts: list[Value] = []
    at = used = 0
    for found in VERB.finditer(template):
        parts.append(template[at : found.start()])
        at = found.end()
        if found.group() == "%%":
            parts.append("%")
            continue
        if used >= len(arguments):
            reject("`format` has too few arguments")
        parts.append(_shown(found, arguments[used]))
        used += 1
    rest = template[at:]
    if used != len(arguments):
        reject("`format` has too many arguments")
    if any(isinstance(part, str) and "%" in part and part != "%" for part in (*parts[::2], rest)):
        doubt("a verb of `format` is not modelled")
    return [*parts, rest]


def _shown(found: re.Match[str], value: Value) -> Value:
    flags, width, precision, verb = found.groups()
    wide = int(width) if width and len(width) < 5 else 0
    if wide > WIDEST or (width and not wide):
        doubt("such a wide verb of `format` is not modelled")
    if verb in "sv" and not (flags or width or precision) and opaque(value):
        return to_text(value)
    if not certain(value) or value is None:
        doubt("an argument of `format` is not known")
    text = _verb(verb, flags, precision, value)
    if not text.isascii() and wide:
        doubt("the width of text beyond ASCII is not modelled")
    if "-" in flags:
        return text.ljust(wide)
    if "0" in flags and verb in "dfxXbo":
        sign = text[0] if text[:1] in {"-", "+"} else ""
        return sign + text[len(sign) :].rjust(wide - len(sign), "0")
    return text.rjust(wide)


def _verb(verb: str, flags: str, precision: str | None, value: Value) -> str:
    if set(flags) - set("-0+" if verb in "df" else "-0" if verb in "xXbo" else "-"):
        doubt("this flag of `format` is not modelled")
    if precision and verb != "f":
        doubt("this precision of `format` is not modelled")
    if verb in {"v", "q"}:
        plain = isinstance(value, str) and verb == "v"
        if verb == "q":
            value = to_text(value)
        if isinstance(value, str) and not plain and not value.isascii():
            doubt("quoting text beyond ASCII is not modelled")
        return str(value) if plain else json_text(value)
    if verb == "s":
        text = to_text(value)
        return text if isinstance(text, str) else reject("it is no string")
    if verb == "t":
        return str(to_text(to_bool(value)))
    number = to_number(value)
    if verb == "f" and isinstance(number, int | float) and abs(number) < 2**50:
        digits = int((precision or ".6")[1:4])
        text = f"{number:.{digits}f}"
        return f"+{text}" if "+" in flags and number >= 0 else text
    if (
        not isinstance(number, int)
        or verb not in "dxXbo"
        or (verb != "d" and isinstance(value, str))
    ):
        doubt("this verb of `format` is not modelled")
    text = format(number, verb)
    return f"+{text}" if "+" in flags and number >= 0 else text
