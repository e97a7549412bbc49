"""The keys that encrypt logs, buckets, notifications and volumes."""

from cdktf_cdktf_provider_aws.iam_service_linked_role import IamServiceLinkedRole
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.provider import AwsProvider

from modules.base.conditions import ACCOUNT_ID, NAME
from modules.base.iam import allow
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.kms import USE, key, use_through
from modules.base.module import Module


class EncryptionInputs(Inputs):
    """What the keys must know."""

    name: str = variable("Prefix of every resource's name.", NAME)
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region of everything but CloudFront's own resources.")


class EncryptionOutputs(Outputs):
    """The keys, and the role that may launch instances whose volumes they encrypt."""

    log_key_arn: str = output(
        "Key for log groups named `/<name>/...` and for `/aws/imagebuilder/<name>`."
    )
    global_log_key_arn: str = output("Key for the log group `aws-waf-logs-<name>` in us-east-1.")
    storage_key_arn: str = output("Key for buckets, also those that CloudFront reads.")
    notification_key_arn: str = output("Key for SNS topics.")
    volume_key_arn: str = output("Key for the instances' volumes.")
    autoscaling_role_arn: str = output(
        "Service-linked role that the Auto Scaling group must have: no other launches instances "
        "with the volumes' key."
    )


class Encryption(Module[EncryptionInputs, EncryptionOutputs]):
    """Customer-managed KMS keys, one for each purpose, each open to that purpose alone.

    A key's policy names the AWS services that use it, and for which resources of this account.
    The account's administrators manage the keys; what a key has encrypted they read only through
    the service that stores it. Keys rotate every year and wait 30 days when deleted.
    """

    aliases = ("us_east_1",)

    def resources(self, inputs: EncryptionInputs) -> EncryptionOutputs:
        """Five keys, and the role that two of them trust."""
        autoscaling = self._autoscaling_role(inputs)
        return EncryptionOutputs(
            log_key_arn=self._log_key(inputs).arn,
            global_log_key_arn=self._global_log_key(inputs).arn,
            storage_key_arn=self._storage_key(inputs).arn,
            notification_key_arn=self._notification_key(inputs, autoscaling).arn,
            volume_key_arn=self._volume_key(inputs, autoscaling).arn,
            autoscaling_role_arn=autoscaling.arn,
        )

    def _autoscaling_role(self, inputs: EncryptionInputs) -> IamServiceLinkedRole:
        # Auto Scaling encrypts volumes as its service-linked role, which the key's policy must
        # name: a principal of `root` would ask that role's IAM policy, which AWS owns and which
        # says nothing of our keys. But KMS refuses a policy that names a role not yet made. The
        # account's own role, AWSServiceRoleForAutoScaling, is missing in a fresh account and
        # cannot be made where it exists. A role with a suffix is made here, before the keys, and
        # opens them to this group instead of to every group of the account.
        return IamServiceLinkedRole(
            self,
            "aws_iam_service_linked_role.autoscaling",
            aws_service_name="autoscaling.amazonaws.com",
            custom_suffix=inputs.name,
            description="Launches the instances whose volumes the volumes' key encrypts",
        )

    def _log_key(self, inputs: EncryptionInputs) -> KmsKey:
        region, account = inputs.region, inputs.account_id
        groups = [
            f"arn:aws:logs:{region}:{account}:log-group:{name}"
            for name in (f"/{inputs.name}/*", f"/aws/imagebuilder/{inputs.name}")
        ]
        statement = allow(
            USE,
            ["*"],
            principal={"Service": f"logs.{region}.amazonaws.com"},
            condition={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
        )
        return key(
            self,
            "logs",
            alias=f"{inputs.name}-logs",
            description="Log groups",
            account_id=account,
            statements=[statement],
        )

    def _global_log_key(self, inputs: EncryptionInputs) -> KmsKey:
        group = f"arn:aws:logs:us-east-1:{inputs.account_id}:log-group:aws-waf-logs-{inputs.name}"
        statement = allow(
            USE,
            ["*"],
            principal={"Service": "logs.us-east-1.amazonaws.com"},
            condition={"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": group}},
        )
        return key(
            self,
            "global_logs",
            alias=f"{inputs.name}-global-logs",
            description="Log group of the web ACL",
            account_id=inputs.account_id,
            statements=[statement],
            provider=AwsProvider(self, "provider.us_east_1", alias="us_east_1"),
        )

    def _storage_key(self, inputs: EncryptionInputs) -> KmsKey:
        # The one distribution's id would close a circle: it needs the bucket, which needs the key.
        distributions = f"arn:aws:cloudfront::{inputs.account_id}:distribution/*"
        read_by_cloudfront = allow(
            ["kms:Decrypt"],
            ["*"],
            principal={"Service": "cloudfront.amazonaws.com"},
            condition={"ArnLike": {"aws:SourceArn": distributions}},
        )
        delivered_logs = allow(
            USE,
            ["*"],
            principal={"Service": "delivery.logs.amazonaws.com"},
            condition={"StringEquals": {"aws:SourceAccount": inputs.account_id}},
        )
        return key(
            self,
            "storage",
            alias=f"{inputs.name}-storage",
            description="Buckets",
            account_id=inputs.account_id,
            statements=[
                use_through("s3", inputs.region, inputs.account_id),
                read_by_cloudfront,
                delivered_logs,
            ],
        )

    def _notification_key(
        self, inputs: EncryptionInputs, autoscaling: IamServiceLinkedRole
    ) -> KmsKey:
        # Who publishes to an encrypted topic makes a data key and reads it back. CloudWatch and
        # Budgets come as services, Auto Scaling as its role. EventBridge is left out: nothing
        # here needs it, and its requests name no source account that could be asked for.
        publish = ["kms:Decrypt", "kms:GenerateDataKey*"]
        services = allow(
            publish,
            ["*"],
            principal={"Service": ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"]},
            condition={"StringEquals": {"aws:SourceAccount": inputs.account_id}},
        )
        return key(
            self,
            "notifications",
            alias=f"{inputs.name}-notifications",
            description="SNS topics",
            account_id=inputs.account_id,
            statements=[
                use_through("sns", inputs.region, inputs.account_id),
                services,
                allow(publish, ["*"], principal={"AWS": autoscaling.arn}),
            ],
        )

    def _volume_key(self, inputs: EncryptionInputs, autoscaling: IamServiceLinkedRole) -> KmsKey:
        # EC2 goes on using the key for as long as a volume is attached: by a grant.
        grant = allow(
            ["kms:CreateGrant"],
            ["*"],
            principal={"AWS": autoscaling.arn},
            condition={"Bool": {"kms:GrantIsForAWSResource": "true"}},
        )
        return key(
            self,
            "volumes",
            alias=f"{inputs.name}-volumes",
            description="Volumes of the instances",
            account_id=inputs.account_id,
            statements=[
                use_through("ec2", inputs.region, inputs.account_id),
                allow(USE, ["*"], principal={"AWS": autoscaling.arn}),
                grant,
            ],
        )
