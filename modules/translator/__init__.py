"""The translator: the root that wires the modules into one environment."""

from pathlib import Path

from cdktf import TerraformLocal

from envs.schema import Environment
from modules.base.expressions import strings, value
from modules.base.interface import Outputs, output
from modules.base.root import Root
from modules.dns import Dns, DnsInputs
from modules.encryption import Encryption, EncryptionInputs
from modules.frontend import Frontend, FrontendInputs, Page
from modules.image import Image
from modules.inference import Inference
from modules.load_balancer import LoadBalancer, LoadBalancerInputs
from modules.network import Network, NetworkInputs
from modules.observability import Observability, ObservabilityInputs, Watched
from modules.pipeline.belonging import PATH as PIPELINE_PATH
from modules.translator.machines import call_golden_image, call_instances
from modules.translator.settings import inputs_from

UI = Path(__file__).parents[2] / "ui"


class TranslatorOutputs(Outputs):
    """What an operator asks for first."""

    ui_url: str = output("Where people translate.")
    api_url: str = output("Where the page sends its texts.")
    autoscaling_group_name: str = output("The group of instances.")
    dashboard_name: str = output("The CloudWatch dashboard.")
    distribution_id: str = output("The CloudFront distribution, for invalidations.")
    image_parameter_name: str = output(
        "The parameter with the newest golden image's id, for image_id; null without golden_image."
    )
    image_pipeline_arn: str = output(
        "The pipeline that makes golden images; null without golden_image."
    )
    load_balancer_dns_name: str = output("The load balancer's own name.")
    topic_arn: str = output("The SNS topic of all alarms.")
    ui_bucket_name: str = output("The bucket of the page's files.")
    vpc_id: str = output("The VPC.")


class Translator(Root[Environment, TranslatorOutputs]):
    """The whole translator of one environment.

    Its variables are the settings of `envs/schema.py`, and every environment is the same
    configuration with another variable file.
    """

    inputs_type = inputs_from(Environment, Environment.cross_checks)
    files = {**Root.files, "ui": UI}  # noqa: RUF012 - declared ClassVar by the base class

    def resources(self, inputs: Environment) -> TranslatorOutputs:
        """Each module, called with settings and with what other modules give."""
        self._name = f"{inputs.project}-{inputs.environment}"
        api_domain_name = TerraformLocal(
            self,
            "local.api_domain_name",
            '${coalesce(var.api_domain_name, "api.${var.domain_name}")}',
        ).as_string
        TerraformLocal(
            self,
            "local.ipv6",
            '${anytrue([for range in var.vpn_cidrs : strcontains(range, ":")])}',
        )
        # By name: the boundary stands in another state, and no data source asks AWS for it.
        boundary = f"policy/{PIPELINE_PATH}/${{var.project}}-${{var.environment}}-boundary"
        TerraformLocal(
            self,
            "local.permissions_boundary_arn",
            f'${{var.gitlab == null ? null : "arn:aws:iam::${{var.account_id}}:{boundary}"}}',
        )
        self._foundation(inputs)
        self._page(inputs, api_domain_name)
        self._api(inputs)
        call_instances(self, inputs, self._name)
        call_golden_image(self, inputs, self._name)
        self._watch(inputs)
        frontend, network = self.outputs(Frontend), self.outputs(Network)
        return TranslatorOutputs(
            ui_url=f"https://{inputs.domain_name}",
            api_url=f"https://{api_domain_name}",
            autoscaling_group_name=self.outputs(Inference).autoscaling_group_name,
            dashboard_name=self.outputs(Observability).dashboard_name,
            distribution_id=frontend.distribution_id,
            image_parameter_name=self.outputs_or_null(Image).parameter_name,
            image_pipeline_arn=self.outputs_or_null(Image).pipeline_arn,
            load_balancer_dns_name=self.outputs(LoadBalancer).dns_name,
            topic_arn=self.outputs(Observability).topic_arn,
            ui_bucket_name=frontend.bucket_name,
            vpc_id=network.vpc_id,
        )

    def _foundation(self, inputs: Environment) -> None:
        """The keys and the network."""
        self.call(
            Encryption,
            EncryptionInputs(name=self._name, account_id=inputs.account_id, region=inputs.region),
        )
        self.call(
            Network,
            NetworkInputs(
                name=self._name,
                account_id=inputs.account_id,
                region=inputs.region,
                zones=inputs.zones,
                vpc_cidr=inputs.vpc_cidr,
                ipv6=value("local.ipv6"),
                nat_gateways=inputs.nat_gateways,
                interface_endpoints=strings("var.interface_endpoints"),
                vpn_cidrs=inputs.vpn_cidrs,
                # An internal load balancer is reached, and answers, through the gateway alone.
                route_public_vpn_cidrs=inputs.load_balancer_internal,
                transit_gateway_id=inputs.transit_gateway_id,
                vpn_gateway=inputs.vpn_gateway_enabled,
                log_retention_days=inputs.log_retention_days,
                log_key_arn=self.outputs(Encryption).log_key_arn,
                permissions_boundary_arn="${local.permissions_boundary_arn}",
            ),
        )

    def _page(self, inputs: Environment, api_domain_name: str) -> None:
        """The names, their certificates, and the page behind CloudFront."""
        frontend, balancer = self.outputs(Frontend), self.outputs(LoadBalancer)
        keys, dns = self.outputs(Encryption), self.outputs(Dns)
        self.call(
            Dns,
            DnsInputs(
                name=self._name,
                hosted_zone_id=inputs.hosted_zone_id,
                domain_name=inputs.domain_name,
                api_domain_name=api_domain_name,
                distribution_domain_name=frontend.distribution_domain_name,
                distribution_zone_id=frontend.distribution_zone_id,
                load_balancer_dns_name=balancer.dns_name,
                load_balancer_zone_id=balancer.zone_id,
                ipv6=value("local.ipv6"),
            ),
        )
        self.call(
            Frontend,
            FrontendInputs(
                name=self._name,
                account_id=inputs.account_id,
                domain_name=inputs.domain_name,
                certificate_arn=dns.ui_certificate_arn,
                ui_directory="${path.root}/ui",
                page=Page(
                    api_url=f"https://{api_domain_name}",
                    model=inputs.model,
                    context_length_tokens=inputs.context_length_tokens,
                ),
                ui_allowed_cidrs=inputs.ui_allowed_cidrs,
                price_class=inputs.price_class,
                storage_key_arn=keys.storage_key_arn,
                global_log_key_arn=keys.global_log_key_arn,
                log_retention_days=inputs.log_retention_days,
                deletion_protection=inputs.deletion_protection,
            ),
        )

    def _api(self, inputs: Environment) -> None:
        """The load balancer: in the public subnets, unless it is internal."""
        network = self.outputs(Network)
        self.call(
            LoadBalancer,
            LoadBalancerInputs(
                name=self._name,
                account_id=inputs.account_id,
                region=inputs.region,
                vpc_id=network.vpc_id,
                subnet_ids=strings(
                    "var.load_balancer_internal ? module.network.private_subnet_ids "
                    ": module.network.public_subnet_ids"
                ),
                vpn_cidrs=inputs.vpn_cidrs,
                internal=inputs.load_balancer_internal,
                ipv6=value("local.ipv6"),
                certificate_arn=self.outputs(Dns).api_certificate_arn,
                instance_security_group_id=self.outputs(Inference).security_group_id,
                idle_timeout_seconds=inputs.idle_timeout_seconds,
                deregistration_delay_seconds=inputs.deregistration_delay_seconds,
                log_retention_days=inputs.log_retention_days,
                deletion_protection=inputs.deletion_protection,
            ),
        )

    def _watch(self, inputs: Environment) -> None:
        """Logs, alarms, dashboard and budget."""
        balancer, frontend = self.outputs(LoadBalancer), self.outputs(Frontend)
        keys = self.outputs(Encryption)
        self.call(
            Observability,
            ObservabilityInputs(
                name=self._name,
                account_id=inputs.account_id,
                region=inputs.region,
                project=inputs.project,
                log_key_arn=keys.log_key_arn,
                notification_key_arn=keys.notification_key_arn,
                log_retention_days=inputs.log_retention_days,
                watched=Watched(
                    autoscaling_group_name=self.outputs(Inference).autoscaling_group_name,
                    load_balancer_arn_suffix=balancer.arn_suffix,
                    target_group_arn_suffix=balancer.target_group_arn_suffix,
                    distribution_id=frontend.distribution_id,
                    web_acl_name=frontend.web_acl_name,
                ),
                nat_gateway_ids=self.outputs(Network).nat_gateway_ids,
                alarm_email=inputs.alarm_email,
                monthly_budget_usd=inputs.monthly_budget_usd,
            ),
        )
