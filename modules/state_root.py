"""What Terraform is run on once for each account: the state's bucket."""

from modules.base.interface import Outputs, output, variable
from modules.base.root import Root
from modules.state import State, StateInputs


class StateRootInputs(StateInputs):
    """What the bucket must know, and the tags of all that belongs to it."""

    project: str = variable("Tag `project` of every resource.")
    environment: str = variable("Tag `environment` of every resource.")
    owner: str = variable("Tag `owner` of every resource.")


class StateRootOutputs(Outputs):
    """What the environments' backend settings name."""

    bucket_name: str = output("The backend's `bucket`.")
    key_arn: str = output("The backend's `kms_key_id`, as is the key's alias.")


class StateRoot(Root[StateRootInputs, StateRootOutputs]):
    """The state's bucket, with a state of its own.

    A bucket cannot hold a state before it exists. So `make apply ROOT=state` keeps the state in a
    file at first, and moves it into the bucket that it made; `make destroy` takes it out again
    before. Without those commands: an override beside this root, `backend_override.tf` with
    `terraform { backend "local" {} }`, and `terraform init -migrate-state` once it has gone.
    """

    def resources(self, inputs: StateRootInputs) -> StateRootOutputs:
        """The one module."""
        self.call(State, inputs)
        state = self.outputs(State)
        return StateRootOutputs(bucket_name=state.bucket_name, key_arn=state.key_arn)
