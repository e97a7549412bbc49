"""Compares the table with a schema and rewrites what is generated from it.

    terraform providers schema -json > schema.json
    python -m policy.types schema.json

Prints every type that the table lacks (`+`) and every one the schema lacks (`-`). Ends with 1 where
there is one, with 2 where the file is no schema.
"""

import json
import sys
from pathlib import Path

from policy.types.schema import as_lines, attribute_paths, aws_schemas, block_shapes
from policy.types.table import FOLDER, listed


def main(arguments: list[str]) -> int:
    """Do what the module says; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("Expected one argument: the file `terraform providers schema` wrote.\n")
        return 2
    try:
        schemas = aws_schemas(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        sys.stderr.write(f"{arguments[0]} cannot be used: {error}\n")
        return 2
    generated = {"attributes": attribute_paths(schemas), "blocks": block_shapes(schemas)}
    for name, content in generated.items():
        (FOLDER / f"{name}.json").write_text(as_lines(content), encoding="utf-8")
    offered = set(schemas["resource_schemas"])
    tabled = {type_ for type_ in listed() if type_.startswith("aws_")}
    for type_ in sorted(offered ^ tabled):
        sys.stdout.write(f"{'+' if type_ in offered else '-'} {type_}\n")
    return 0 if offered == tabled else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
