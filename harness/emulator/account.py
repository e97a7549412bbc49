"""What the emulated account has before anything is applied, as a real one must have.

A hosted zone that the names are recorded in, and the bucket that Terraform's state lies in.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

from moto.route53.models import HostedZoneIdentifier, route53_backends
from moto.s3.models import s3_backends
from moto.utilities.id_generator import moto_id_manager

ACCOUNT = "123456789012"
"""moto's account for every caller that names none."""


def furnish(zone_id: str, zone: str, bucket: str, region: str) -> None:
    """Make the zone under the id that the variable file pins, and the bucket, versioned."""
    moto_id_manager.set_custom_id(HostedZoneIdentifier(ACCOUNT, zone, None), zone_id)
    route53_backends[ACCOUNT]["aws"].create_hosted_zone(zone, private_zone=False)
    s3_backends[ACCOUNT]["aws"].create_bucket(bucket, region)
    s3_backends[ACCOUNT]["aws"].put_bucket_versioning(bucket, "Enabled")
