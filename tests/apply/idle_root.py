"""A translator of two resources that need no provider: one is made at once, one when it may be.

Its state lies in the emulated S3 as any other's, so that its lock is the real one.
"""

import json
import os
from pathlib import Path

OUTPUTS = ("api_url", "distribution_id", "ui_url")
"""What `make apply ENV=local` reads."""

HOLD = "while [ -e {hold} ]; do sleep 0.1; done"

root = Path(os.environ["CDKTF_OUTDIR"]) / "stacks" / "translator"
root.mkdir(parents=True)
slow = {"provisioner": [{"local-exec": {"command": HOLD.format(hold=Path("hold").resolve())}}]}
document = {
    "terraform": {"backend": {"s3": {"encrypt": True, "use_lockfile": True}}},
    "resource": {
        "terraform_data": {"first": {}, "slow": {**slow, "depends_on": ["terraform_data.first"]}}
    },
    "output": {name: {"value": name} for name in OUTPUTS},
}
(root / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
