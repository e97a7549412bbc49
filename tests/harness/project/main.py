"""Stands in for the synth: two stacks whose resources need no provider."""

import json
import os
from pathlib import Path

from modules.size import SIZE

STACKS = Path(os.environ["CDKTF_OUTDIR"]) / "stacks"
BOX = {"terraform_data": {"box": {"count": SIZE, "input": "${var.owner}"}}}
OWNER = {"owner": {"type": "string"}}
ROOT = {
    "terraform": {"backend": {"local": {"path": "../../../../state.tfstate"}}},
    "variable": OWNER | {"region": {"type": "string"}},
    "module": {"network": {"source": "../network", "owner": "${var.owner}"}},
    "resource": BOX,
    "output": {"ui_url": {"value": "https://translator.example.com"}},
}

with Path("runs.log").open("a") as file:
    file.write("run\n")
for name, stack in {"network": {"variable": OWNER, "resource": BOX}, "translator": ROOT}.items():
    (STACKS / name).mkdir(parents=True)
    (STACKS / name / "cdk.tf.json").write_text(json.dumps(stack))
