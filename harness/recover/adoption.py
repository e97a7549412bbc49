"""The import blocks that make the next plan adopt what was found."""

import json
from collections.abc import Mapping

from harness.workspace import Workspace
from harness.written import write


def write_imports(workspace: Workspace, ids: Mapping[str, str]) -> None:
    """Write an import block for each address, beside the root and for the next synth of it.

    They lie in the workspace and not in the repository, as they are of one account and one day.
    """
    if not ids:
        discard_imports(workspace)
        return
    blocks = [{"to": address, "id": ids[address]} for address in sorted(ids)]
    text = json.dumps({"import": blocks}, indent=2) + "\n"
    for path in (workspace.imports, workspace.root / workspace.imports.name):
        write(path, text)


def discard_imports(workspace: Workspace) -> None:
    """Remove them: the state holds what they adopted, or it is looked for anew."""
    for path in (workspace.imports, workspace.root / workspace.imports.name):
        path.unlink(missing_ok=True)
