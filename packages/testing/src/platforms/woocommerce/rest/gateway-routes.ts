import type { WooGateway } from '../options.ts';
import type { Site } from '../site.ts';
import { links, type View } from '../views/format.ts';
import { route, type Route } from './call.ts';
import { Refused } from './refused.ts';

/** `/payment_gateways`: how buyers can pay, and who pays back by itself. From WooCommerce source 10.0.2; not recorded. */
export function gatewayRoutes(): readonly Route[] {
  return [
    route('payment_gateways', {
      GET: {
        deed: 'list',
        answer: ({ site }) => ({ body: site.settings.gateways.map((_, index) => view(site, index)), isList: true }),
      },
    }),
    route('payment_gateways/:word', {
      GET: {
        deed: 'view',
        answer({ site, at }) {
          const index = site.settings.gateways.findIndex(({ id }) => id === at['word']);
          if (index >= 0) return { body: view(site, index) };
          throw new Refused(404, 'woocommerce_rest_payment_gateway_invalid', 'Resource does not exist.');
        },
      },
    }),
  ];
}

function view(site: Site, index: number): View {
  const gateway: WooGateway | undefined = site.settings.gateways[index];
  if (!gateway) return {};
  const { id, title, enabled, refunds } = gateway;
  return {
    id,
    title,
    description: '',
    order: index,
    enabled,
    method_title: title,
    method_description: '',
    method_supports: refunds === 'no' ? ['products'] : ['products', 'refunds'],
    settings: {},
    needs_setup: false,
    post_install_scripts: [],
    settings_url: `${site.home}/wp-admin/admin.php?page=wc-settings&tab=checkout&section=${id}`,
    connection_url: null,
    setup_help_text: null,
    required_settings_keys: [],
    _links: links(site, `payment_gateways/${id}`, 'payment_gateways', {}, ['GET', 'POST', 'PUT', 'PATCH']),
  };
}
