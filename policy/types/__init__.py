"""Which resource types may stand in a plan, and what of them the provider's schema says.

The table (`entry`, `conditions`) is written by hand in the text files beside this one, for the AWS
provider 5.100.0 and the providers that make nothing in AWS. What can be read off the schema
(`group_attributes`, `subnet_attributes`, `nested_blocks`) is generated into two JSON files:

    terraform providers schema -json > schema.json
    python -m policy.types schema.json
"""

from policy.types.attributes import (
    group_attributes,
    nested_blocks,
    subnet_attributes,
)
from policy.types.table import (
    PROVIDERS,
    Condition,
    TypeEntry,
    conditions,
    entry,
    target_attributes,
)

__all__ = [
    "PROVIDERS",
    "Condition",
    "TypeEntry",
    "conditions",
    "entry",
    "group_attributes",
    "nested_blocks",
    "subnet_attributes",
    "target_attributes",
]
