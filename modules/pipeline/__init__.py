"""Who GitLab's jobs are in AWS, and what they may do there."""

from collections.abc import Mapping, Sequence
from typing import Any

from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment

from modules.base.iam import policy
from modules.base.module import Module
from modules.pipeline.belonging import PATH, Belonging
from modules.pipeline.boundary import ceiling, stack_boundary
from modules.pipeline.compute_rights import compute_rights
from modules.pipeline.identity_rights import identity_rights
from modules.pipeline.interface import PipelineInputs, PipelineOutputs
from modules.pipeline.network_rights import network_rights
from modules.pipeline.operation_rights import operation_rights
from modules.pipeline.page_rights import page_rights
from modules.pipeline.reading_rights import reading_rights, state_rights

SESSION_SECONDS = 3600
"""How long a session lasts; the AWS SDK takes the role anew while the job's token holds."""


class Pipeline(Module[PipelineInputs, PipelineOutputs]):
    """The roles of GitLab's jobs: one that plans, one that applies, and what neither may do.

    A job proves who it is by a token of GitLab's (OpenID Connect); no key is stored anywhere. A
    role can be taken by jobs of one project on one branch (`sub`), whose token was asked for this
    very role (`aud`: `<name>-plan`, `<name>-apply`). AWS sees no more of GitLab's claims: that
    only those who may deploy start the job that applies, GitLab's protected environment decides.

    - The plan role reads the stack's resources and its state, and locks the state.
    - The apply role changes what has the stack's name or tags, in its region and CloudFront's.
      Roles it can make only with the boundary that this module makes too, and hand only to the
      services that the stack uses. Its own roles and policies, GitLab's trust, and earlier
      states it cannot touch.
    """

    def resources(self, inputs: PipelineInputs) -> PipelineOutputs:
        """GitLab's trust, the boundaries, and two roles with their policies."""
        mine = Belonging.of(self, inputs)
        purposes = ("plan", "apply")
        self._gitlab = IamOpenidConnectProvider(
            self,
            "aws_iam_openid_connect_provider.gitlab",
            url=f"https://{mine.issuer}",
            client_id_list=[f"{inputs.name}-{purpose}" for purpose in purposes],
        )
        boundary = self._policy(mine, "boundary", stack_boundary(mine))
        self._ceiling = self._policy(mine, "ceiling", ceiling(mine))
        reading = self._policy(mine, "read", reading_rights(mine))
        locking = self._policy(mine, "plan-state", state_rights(mine, writing=False))
        changing = {
            "network": network_rights(mine),
            "compute": compute_rights(mine),
            "page": page_rights(mine),
            "operation": operation_rights(mine),
            "identity": identity_rights(mine),
            "apply-state": state_rights(mine, writing=True),
        }
        changes = [self._policy(mine, name, rights) for name, rights in changing.items()]
        plan = self._role(mine, "plan", [reading, locking])
        apply = self._role(mine, "apply", [reading, *changes])
        return PipelineOutputs(
            plan_role_arn=plan.arn, apply_role_arn=apply.arn, boundary_arn=boundary.arn
        )

    def _role(self, mine: Belonging, purpose: str, policies: Sequence[IamPolicy]) -> IamRole:
        """A role for one purpose, taken with tokens that were asked for it alone."""
        name = f"{mine.inputs.name}-{purpose}"
        role = IamRole(
            self,
            f"aws_iam_role.{purpose}",
            name=name,
            path=f"/{PATH}/",
            description=f"GitLab's jobs that {purpose}",
            assume_role_policy=policy(
                {
                    "Effect": "Allow",
                    "Action": "sts:AssumeRoleWithWebIdentity",
                    "Principal": {"Federated": mine.provider},
                    "Condition": {"StringEquals": mine.token(self, purpose)},
                }
            ),
            max_session_duration=SESSION_SECONDS,
            permissions_boundary=mine.policy("ceiling"),
            depends_on=[self._gitlab, self._ceiling],
        )
        for each in policies:
            attached = each.node.id.partition(".")[2]
            IamRolePolicyAttachment(
                self,
                f"aws_iam_role_policy_attachment.{purpose}_{attached}",
                role=role.name,
                # By name: so the plan shows the gate which policy it is.
                policy_arn=mine.policy(attached.replace("_", "-")),
                depends_on=[each],
            )
        return role

    def _policy(
        self, mine: Belonging, name: str, statements: Sequence[Mapping[str, Any]]
    ) -> IamPolicy:
        """A policy of its own, since what a role holds inline is bounded to 10,240 characters."""
        return IamPolicy(
            self,
            f"aws_iam_policy.{name.replace('-', '_')}",
            name=f"{mine.inputs.name}-{name}",
            path=f"/{PATH}/",
            policy=policy(*statements),
        )
