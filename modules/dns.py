"""The names of the UI and of the API: their certificates and their records."""

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.acm_certificate_validation import AcmCertificateValidation
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route53_record import Route53Record

from modules.base.conditions import HOST_NAME, NAME, Condition, matches
from modules.base.expressions import count_if, for_each, strings
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.module import Module

COMMON_NAME = Condition("length(value) <= 64", "must be short enough for a certificate: 64.")
ZONE = matches("^[A-Z0-9]{1,32}$", "a Route 53 zone's id")


class DnsInputs(Inputs):
    """What the names must know."""

    name: str = variable("Prefix of every resource's name.", NAME)
    hosted_zone_id: str = variable("Public Route 53 zone that holds both names.", ZONE)
    domain_name: str = variable("Host name of the UI.", HOST_NAME, COMMON_NAME)
    api_domain_name: str = variable("Host name of the API.", HOST_NAME, COMMON_NAME)
    distribution_domain_name: str = variable("CloudFront's own name of the UI's distribution.")
    distribution_zone_id: str = variable("Route 53 zone of CloudFront's own names.", ZONE)
    load_balancer_dns_name: str = variable("The load balancer's own name.")
    load_balancer_zone_id: str = variable("Route 53 zone of the load balancer's name.", ZONE)
    ipv6: bool = variable("Whether the load balancer has IPv6 addresses.", default=False)


class DnsOutputs(Outputs):
    """What the names tell."""

    ui_certificate_arn: str = output("Certificate of the UI in us-east-1, once it is issued.")
    api_certificate_arn: str = output("Certificate of the API in its region, once it is issued.")


class Dns(Module[DnsInputs, DnsOutputs]):
    """Certificates and records of the UI and the API in a hosted zone that exists already.

    CloudFront takes its certificate from us-east-1 alone, the load balancer from its own region:
    hence two, each validated by a record in the zone and renewed by AWS for as long as that
    record stands. The UI answers over IPv6 always, the API where the load balancer does.

    There is no CAA record: it would bind every name of the zone's owner, whose decision it is.
    A zone that has one must name `amazon.com` in it.
    """

    aliases = ("us_east_1",)

    def resources(self, inputs: DnsInputs) -> DnsOutputs:
        """Both certificates, then both names."""
        us_east_1 = AwsProvider(self, "provider.us_east_1", alias="us_east_1")
        ui = self._certificate(inputs, "ui", inputs.domain_name, us_east_1)
        api = self._certificate(inputs, "api", inputs.api_domain_name, None)
        ui_target = {
            "name": inputs.distribution_domain_name,
            "zone_id": inputs.distribution_zone_id,
            # Route 53 cannot ask for CloudFront's health.
            "evaluate_target_health": False,
        }
        api_target = {
            "name": inputs.load_balancer_dns_name,
            "zone_id": inputs.load_balancer_zone_id,
            "evaluate_target_health": True,
        }
        zone, host, api_host = inputs.hosted_zone_id, inputs.domain_name, inputs.api_domain_name
        for key, name, kind, target in (
            ("ui", host, "A", ui_target),
            ("ui_ipv6", host, "AAAA", ui_target),
            ("api", api_host, "A", api_target),
            ("api_ipv6", api_host, "AAAA", api_target),
        ):
            Route53Record(
                self,
                f"aws_route53_record.{key}",
                count=count_if("var.ipv6") if key == "api_ipv6" else None,
                zone_id=zone,
                name=name,
                type=kind,
                alias=target,
            )
        return DnsOutputs(
            ui_certificate_arn=ui.certificate_arn, api_certificate_arn=api.certificate_arn
        )

    def _certificate(
        self, inputs: DnsInputs, key: str, host: str, provider: AwsProvider | None
    ) -> AcmCertificateValidation:
        """A certificate and the proof that the host is ours; who uses it waits for that proof."""
        certificate = AcmCertificate(
            self,
            f"aws_acm_certificate.{key}",
            domain_name=host,
            key_algorithm="RSA_2048",
            validation_method="DNS",
            # One in use cannot be deleted: the next one takes its place first.
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
            provider=provider,
            tags={"Name": f"{inputs.name}-{key}"},
        )
        options = f"aws_acm_certificate.{key}.domain_validation_options"
        Route53Record(
            self,
            f"aws_route53_record.{key}_validation",
            # The record's own name is known only after apply; the host names it at plan time.
            for_each=for_each(f"{{for option in {options} : option.domain_name => option}}"),
            zone_id=inputs.hosted_zone_id,
            name="${each.value.resource_record_name}",
            type="${each.value.resource_record_type}",
            records=["${each.value.resource_record_value}"],
            ttl=300,
            # ACM asks the same record of an account for every certificate of one host, so that
            # a certificate's successor finds the record of its predecessor.
            allow_overwrite=True,
        )
        return AcmCertificateValidation(
            self,
            f"aws_acm_certificate_validation.{key}",
            certificate_arn=certificate.arn,
            validation_record_fqdns=strings(
                f"[for record in aws_route53_record.{key}_validation : record.fqdn]"
            ),
            # Minutes are usual. Longer means that the zone is not the one the world asks.
            timeouts={"create": "20m"},
            provider=provider,
        )
