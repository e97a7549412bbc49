"""What Terraform is run on once for each account: the state's bucket."""

from modules.base.conditions import ACCOUNT_ID
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.root import Root
from modules.state import BUCKET_NAME, KEY_ALIAS, RETENTION, State, StateInputs


class StateRootInputs(Inputs):
    """An account, a bucket, and the tags of both."""

    project: str = variable("Tag `project` of every resource.")
    environment: str = variable("Tag `environment` of every resource.")
    owner: str = variable("Tag `owner` of every resource.")
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region of the bucket.")
    bucket_name: str = variable(
        "Name of the bucket, unique in all of AWS: let it contain the account's id.", BUCKET_NAME
    )
    key_alias: str = variable(
        "Name of the KMS key of the state, without `alias/`.", KEY_ALIAS, default="translator-state"
    )
    noncurrent_version_days: int = variable(
        "Days for which a replaced or deleted state can be had back.", RETENTION, default=365
    )
    deletion_protection: bool = variable(
        "Whether Terraform refuses to destroy the bucket. Once on, only "
        "`terraform state rm` of the protection switches it off.",
        default=True,
    )


class StateRootOutputs(Outputs):
    """What the environments' backend settings name."""

    bucket_name: str = output("The backend's `bucket`.")
    key_arn: str = output("The backend's `kms_key_id`, as is the key's alias.")


class StateRoot(Root[StateRootInputs, StateRootOutputs]):
    """The state's bucket, with a state of its own.

    A bucket cannot hold a state before it exists. So the first run keeps its state in a file: an
    override beside this root, `backend_override.tf` with `terraform { backend "local" {} }`. Once
    the bucket is there, the override goes and `terraform init -migrate-state` moves that state
    into the bucket too.
    """

    def resources(self, inputs: StateRootInputs) -> StateRootOutputs:
        """The one module."""
        self.call(
            State,
            StateInputs(
                bucket_name=inputs.bucket_name,
                account_id=inputs.account_id,
                region=inputs.region,
                key_alias=inputs.key_alias,
                noncurrent_version_days=inputs.noncurrent_version_days,
                deletion_protection=inputs.deletion_protection,
            ),
        )
        state = self.outputs(State)
        return StateRootOutputs(bucket_name=state.bucket_name, key_arn=state.key_arn)
