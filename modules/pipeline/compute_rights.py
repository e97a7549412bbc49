"""What the apply role may change of the load balancer, the group of instances and their images."""

from typing import Any

from modules.base.iam import allow
from modules.pipeline.belonging import Belonging

_BALANCING = [
    "elasticloadbalancing:AddTags",
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:CreateTargetGroup",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DeleteTargetGroup",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyListenerAttributes",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    "elasticloadbalancing:RemoveTags",
    "elasticloadbalancing:SetIpAddressType",
    "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:SetSubnets",
]

_SCALING = [
    "autoscaling:AttachLoadBalancerTargetGroups",
    "autoscaling:AttachTrafficSources",
    "autoscaling:CancelInstanceRefresh",
    "autoscaling:CreateAutoScalingGroup",
    "autoscaling:CreateOrUpdateTags",
    "autoscaling:DeleteAutoScalingGroup",
    "autoscaling:DeleteLifecycleHook",
    "autoscaling:DeleteNotificationConfiguration",
    "autoscaling:DeletePolicy",
    "autoscaling:DeleteScheduledAction",
    "autoscaling:DeleteTags",
    "autoscaling:DeleteWarmPool",
    "autoscaling:DetachLoadBalancerTargetGroups",
    "autoscaling:DetachTrafficSources",
    "autoscaling:DisableMetricsCollection",
    "autoscaling:EnableMetricsCollection",
    "autoscaling:PutLifecycleHook",
    "autoscaling:PutNotificationConfiguration",
    "autoscaling:PutScalingPolicy",
    "autoscaling:PutScheduledUpdateGroupAction",
    "autoscaling:PutWarmPool",
    "autoscaling:ResumeProcesses",
    "autoscaling:SetInstanceProtection",
    "autoscaling:StartInstanceRefresh",
    "autoscaling:SuspendProcesses",
    "autoscaling:UpdateAutoScalingGroup",
]

_IMAGES = {
    "component": "Component",
    "distribution-configuration": "DistributionConfiguration",
    "image-pipeline": "ImagePipeline",
    "image-recipe": "ImageRecipe",
    "infrastructure-configuration": "InfrastructureConfiguration",
    "lifecycle-policy": "LifecyclePolicy",
}
"""What makes golden images: the kind in an ARN, and in an action."""

_UNCHANGEABLE = ("Component", "ImageRecipe")
"""Of these Image Builder knows no update, only other versions."""


def compute_rights(mine: Belonging) -> list[dict[str, Any]]:
    """The statements, all of them by name."""
    name = mine.inputs.name
    balancers = [
        *(
            mine.arn("elasticloadbalancing", f"{kind}/app/{name}/*")
            for kind in ("listener", "loadbalancer")
        ),
        mine.arn("elasticloadbalancing", f"targetgroup/{name}/*"),
    ]
    group = mine.arn("autoscaling", f"autoScalingGroup:*:autoScalingGroupName/{name}")
    images = [mine.arn("imagebuilder", f"{kind}/{name}*") for kind in _IMAGES]
    making = [
        *(
            f"imagebuilder:{verb}{kind}"
            for verb in ("Create", "Delete")
            for kind in _IMAGES.values()
        ),
        *(f"imagebuilder:Update{kind}" for kind in _IMAGES.values() if kind not in _UNCHANGEABLE),
        "imagebuilder:TagResource",
        "imagebuilder:UntagResource",
    ]
    return [
        allow(_BALANCING, balancers),
        allow(_SCALING, [group]),
        allow(sorted(making), images),
    ]
