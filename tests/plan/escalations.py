"""What would make either of the pipeline's roles mightier, or reach beyond its environment."""

from tests.plan.iam_decision import Request
from tests.plan.iam_requests import ACCOUNT, CONTEXT, NAME, STATE, TAGS, iam_arn

UNBOUNDED = {key: value for key, value in CONTEXT.items() if key != "iam:PermissionsBoundary"}
ESCALATIONS = {
    "a role without the boundary": Request(
        "iam:CreateRole", iam_arn("role", f"{NAME}-x"), UNBOUNDED
    ),
    "rights for a role without it": Request(
        "iam:PutRolePolicy", iam_arn("role", f"{NAME}-x"), UNBOUNDED
    ),
    "the boundary off": Request(
        "iam:DeleteRolePermissionsBoundary", iam_arn("role", f"{NAME}-instance"), CONTEXT
    ),
    "AWS's own policies": Request(
        "iam:AttachRolePolicy", iam_arn("role", f"{NAME}-instance"), CONTEXT
    ),
    "rights for itself": Request(
        "iam:PutRolePolicy", iam_arn("role", f"pipeline/{NAME}-apply"), CONTEXT
    ),
    "another trust": Request(
        "iam:UpdateAssumeRolePolicy", iam_arn("role", f"pipeline/{NAME}-apply"), CONTEXT
    ),
    "itself to an instance": Request(
        "iam:PassRole", iam_arn("role", f"pipeline/{NAME}-apply"), CONTEXT
    ),
    "another stack's role to an instance": Request(
        "iam:PassRole", iam_arn("role", "administrator"), CONTEXT
    ),
    "a role to another service": Request(
        "iam:PassRole",
        iam_arn("role", f"{NAME}-instance"),
        CONTEXT | {"iam:PassedToService": "lambda.amazonaws.com"},
    ),
    "a wider boundary": Request(
        "iam:CreatePolicyVersion", iam_arn("policy", f"pipeline/{NAME}-boundary"), CONTEXT
    ),
    "a user": Request("iam:CreateUser", iam_arn("user", f"{NAME}-x"), CONTEXT),
    "an access key": Request("iam:CreateAccessKey", iam_arn("user", f"{NAME}-x"), CONTEXT),
    "another audience": Request(
        "iam:AddClientIDToOpenIDConnectProvider",
        iam_arn("oidc-provider", "gitlab.example.com"),
        CONTEXT,
    ),
    "the state's history": Request("s3:DeleteObjectVersion", f"arn:aws:s3:::{STATE}", CONTEXT),
    "the state's versioning": Request(
        "s3:PutBucketVersioning", "arn:aws:s3:::translator-state-111122223333", CONTEXT
    ),
    "another environment's state": Request(
        "s3:GetObject", f"arn:aws:s3:::{STATE.replace('/prod/', '/dev/')}", CONTEXT
    ),
    "its own roles' state": Request(
        "s3:PutObject", f"arn:aws:s3:::{STATE.replace('/prod/', '/pipeline_root/prod/')}", CONTEXT
    ),
    "another's network": Request(
        "ec2:DeleteVpc",
        f"arn:aws:ec2:eu-west-1:{ACCOUNT}:vpc/vpc-1",
        CONTEXT | {"aws:ResourceTag/project": "other", "aws:ResourceTag/environment": "prod"},
    ),
    "another's group as its own": Request(
        "ec2:CreateTags",
        f"arn:aws:ec2:eu-west-1:{ACCOUNT}:security-group/sg-1",
        CONTEXT
        | {f"aws:RequestTag/{key}": value for key, value in TAGS.items()}
        | {"aws:ResourceTag/project": "other"},
    ),
    "another region": Request(
        "ec2:CreateVpc",
        f"arn:aws:ec2:us-west-2:{ACCOUNT}:vpc/vpc-1",
        CONTEXT | {f"aws:RequestTag/{key}": value for key, value in TAGS.items()},
    ),
    "another name": Request(
        "route53:ChangeResourceRecordSets",
        "arn:aws:route53:::hostedzone/Z0123456789PRODUCTION",
        CONTEXT | {"route53:ChangeResourceRecordSetsNormalizedRecordNames": ["www.example.com"]},
    ),
    "a secret": Request(
        "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:x"
    ),
}
"""Each refused to both of them, whatever their policies say."""
